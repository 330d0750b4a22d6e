"""What reaches the terminal or the journal: our own words, and never what people said."""

import contextlib
import faulthandler
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TextIO, TypeAlias

NAME = "workout-assistant"
PACKAGE = "assistant"

_ExceptionInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
_PRIORITIES = (
    (logging.CRITICAL, 2),
    (logging.ERROR, 3),
    (logging.WARNING, 4),
    (logging.INFO, 6),
    (logging.DEBUG, 7),
)
"""Levels of logging, and those of syslog."""


@contextlib.contextmanager
def own_words_only() -> Iterator[TextIO]:
    """Keep what C libraries print out of standard error; gives the standard error that is left.

    ALSA, PortAudio and Kaldi write their diagnostics past Python, in the middle of whatever is on
    the screen. What matters of them comes back as a return value or a count. Should one of them
    end the process, its Python stack is still shown.
    """
    sys.stderr.flush()
    before, fd = sys.stderr, os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    ours = os.fdopen(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    sys.stderr = ours
    faulthandler.enable(ours)
    try:
        yield ours
    finally:
        faulthandler.disable()
        ours.flush()
        sys.stderr = before
        os.dup2(fd, 2)
        ours.close()


def log_for_journald(stream: TextIO) -> None:
    """Write log lines as journald takes them from a service, each with its level in front."""
    _log_to(stream, _ForJournald("%(message)s"), logging.INFO)


def log_for_people(stream: TextIO, *, in_detail: bool) -> None:
    """Write warnings as one line each, or, for whoever looks for an error, everything."""
    _log_to(
        stream,
        logging.Formatter("%(levelname)s %(name)s: %(message)s")
        if in_detail
        else _OneLine(f"{NAME}: %(message)s"),
        logging.DEBUG if in_detail else logging.WARNING,
    )


def _log_to(stream: TextIO, form: logging.Formatter, level: int) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries log what they are given, and a reminder's name is nobody's business.
    root.setLevel(logging.WARNING)
    logging.getLogger(PACKAGE).setLevel(level)


class _OneLine(logging.Formatter):
    """The message without the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None})
        return super().format(bare)


class _ForJournald(logging.Formatter):
    """Each line of a message, its priority in front; a traceback shows code, never values."""

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802  (overridden)
        kind, _, trace = ei
        name = kind.__name__ if kind is not None else "no error"
        return "".join([*traceback.format_tb(trace), name])

    def format(self, record: logging.LogRecord) -> str:
        priority = next((number for level, number in _PRIORITIES if record.levelno >= level), 7)
        text = super().format(record)
        return "\n".join(f"<{priority}>{line}" for line in text.splitlines())
