"""The inbox: everything that happens, in order, from any thread."""

from threading import Thread

from assistant.dialogue.events import DeadlinePassed, Started
from assistant.runtime.inbox import Inbox


def test_events_come_in_the_order_in_which_they_were_posted() -> None:
    inbox = Inbox()
    events = [DeadlinePassed(str(number)) for number in range(5)]
    for event in events:
        inbox.post(event)

    assert inbox.take(0) == events
    assert inbox.take(0) == []


def test_a_post_from_another_thread_ends_the_wait() -> None:
    inbox = Inbox()
    poster = Thread(target=inbox.post, args=(Started(),))
    poster.start()

    assert inbox.take(10) == [Started()]
    poster.join()


def test_a_wake_up_ends_the_wait_and_is_no_event() -> None:
    inbox = Inbox()
    inbox.wake()

    assert inbox.take(10) == []


def test_a_deadline_that_has_passed_is_no_reason_to_wait() -> None:
    assert Inbox().take(-1.0) == []
