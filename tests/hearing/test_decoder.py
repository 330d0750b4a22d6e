"""Decoders that take each other's place."""

import weakref

from assistant.hearing.decoder import Decoder
from assistant.hearing.models import embedded_model, find_model


def test_one_that_is_replaced_has_ended_before_memory_is_given_back() -> None:
    model = find_model(embedded_model())
    first = Decoder(model.path, model, ["stop"])
    ended = weakref.ref(first._decoder)
    second = first.another()
    assert ended() is None
    assert second.known(frozenset({"stop"})) == {"stop"}
