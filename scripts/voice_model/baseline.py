"""Pocketsphinx with its US-English model, to compare with, within the same sentences."""

from typing import Final

import pocketsphinx

from assistant.language.sentences import Sentences
from assistant.language.wordgraph import word_graph

_NAME: Final = "sentences"


class PocketsphinxHearing:
    """Hears whole sentences only; it has no word for speech outside them."""

    def __init__(self, sentences: Sentences) -> None:
        self._decoder = pocketsphinx.Decoder(lm=None, loglevel="FATAL")
        graph = word_graph(sentences)
        steps = [
            (origin, step.to, 1.0 / len(leaving), *([step.word] if step.word else []))
            for origin, leaving in enumerate(graph.steps)
            for step in leaving
            if not step.word or self._decoder.lookup_word(step.word)
        ]
        fsg = self._decoder.create_fsg(_NAME, 0, graph.final, steps)
        self._decoder.add_fsg(_NAME, fsg)
        self._decoder.activate_search(_NAME)

    def hear(self, pcm: bytes) -> str:
        """The words, empty where no sentence fits."""
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return found.hypstr if found else ""
