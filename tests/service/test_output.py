"""What is printed, and what is not."""

import io
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from assistant.service.output import log_for_journald, log_for_people

SAID = "my back hurts"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root, package = logging.getLogger(), logging.getLogger("assistant")
    before = root.handlers[:], root.level, package.level
    yield io.StringIO()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    package.setLevel(before[2])


def fail() -> None:
    raise ValueError(SAID)


def log_failure() -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("assistant.try").exception("it failed\nbadly")


def test_the_journal_gets_each_line_with_its_level(stream: io.StringIO) -> None:
    log_for_journald(stream)
    logging.getLogger("assistant.try").warning("a warning")
    logging.getLogger("assistant.try").info("a notice")
    logging.getLogger("assistant.try").debug("a detail")
    logging.getLogger("apscheduler").info("Added job ice")
    assert stream.getvalue() == "<4>a warning\n<6>a notice\n"


def test_the_journal_gets_tracebacks_without_what_was_said(stream: io.StringIO) -> None:
    log_for_journald(stream)
    log_failure()
    lines = stream.getvalue().splitlines()
    assert lines[:2] == ["<3>it failed", "<3>badly"]
    assert lines[-1] == "<3>ValueError"
    assert any("in fail" in line for line in lines)
    assert all(line.startswith("<3>") and SAID not in line for line in lines)


def test_people_get_a_sentence_and_no_traceback(stream: io.StringIO) -> None:
    log_for_people(stream, in_detail=False)
    log_failure()
    assert stream.getvalue() == "workout-assistant: it failed\nbadly\n"


def test_whoever_looks_for_an_error_gets_everything(stream: io.StringIO) -> None:
    log_for_people(stream, in_detail=True)
    log_failure()
    assert f"ValueError: {SAID}" in stream.getvalue()


def run_python(source: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False
    )


def test_libraries_that_print_past_python_are_not_heard() -> None:
    result = run_python(
        "import os, sys\n"
        "from assistant.service.output import own_words_only\n"
        "with own_words_only() as ours:\n"
        "    os.write(2, b'ALSA lib pcm.c underrun')\n"
        "    print('ours', file=ours)\n"
        "    print('errors', file=sys.stderr)\n"
        "print('after', file=sys.stderr)\n"
        "os.write(2, b'free')\n"
    )
    assert result.stderr == "ours\nerrors\nafter\nfree"


def test_a_library_that_ends_the_process_still_leaves_a_trace() -> None:
    result = run_python(
        "import os\n"
        "from assistant.service.output import own_words_only\n"
        "with own_words_only():\n"
        "    os.abort()\n"
    )
    assert "Fatal Python error: Aborted" in result.stderr
