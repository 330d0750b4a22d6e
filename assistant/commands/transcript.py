"""The demo's timed transcript: what was said to the coach, what it understood, what it answered."""

from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.commands.screen import Screen, describe
from assistant.complaint import Complaint
from assistant.runtime.timeline import Kind, Record

_SPEAKERS = {Kind.HEARD: "heard", Kind.SAID: "coach", Kind.CUT: "cut", Kind.LEVEL: "level"}


class Transcript:
    """Writes what happens into ``session.txt`` in a folder, and shows it on the screen."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        """Make the folder.

        Raises:
            Complaint: it cannot be made, or not written to.
        """
        self._screen = screen
        self._lines_said = 0
        self._lines_understood = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / "session.txt").open("w", encoding="utf-8")
        except OSError as error:
            raise Complaint(
                f"{folder}: cannot be written to ({error.strerror}); name another folder with --out"
            ) from error
        self.sound = folder / "session.wav"
        """Where the sound of the session belongs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def note_line(self, text: str) -> None:
        """The person begins to say this."""
        self._lines_said += 1
        self._file.write(f"{'':9}  person    {text}\n")

    def show(self, record: Record) -> None:
        """Something has happened."""
        self._screen.show(record)
        if record.kind is Kind.HEARD and record.detail["intent"] is not None:
            self._lines_understood += 1
        if record.kind in _SPEAKERS:
            who = _SPEAKERS[record.kind]
            self._file.write(f"{record.at:9.2f}  {who:<9} {describe(record)}\n")

    def summary(self) -> str:
        """What was understood of what was said, and where the files lie."""
        return (
            f"{self._lines_understood} utterances understood, {self._lines_said} spoken."
            f" The session is in {self.sound} and {self._file.name}."
        )
