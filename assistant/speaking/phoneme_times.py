"""When the first stressed vowel of a text begins, asked of espeak-ng itself.

pyttsx3 does not pass on the phoneme events of espeak-ng, and the library cannot be initialised
twice in a process. So this is a process of its own, beside the one that renders the same text with
the same library. It reads and answers one JSON object a line::

    -> {"text": "seven", "voice": "en-us", "words_per_minute": 165}
    <- {"vowel_s": 0.089}                 or null, when it cannot be told

The functions, events and numbers are those of espeak-ng's public header ``speak_lib.h``.
"""

import ctypes
import json
import sys
from itertools import takewhile
from typing import Any

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _DO_NOT_EXIT = 0x0001, 0x8000
_RATE = 1
_BY_CHARACTER = 1
_UTF8, _END_PAUSE = 0x0001, 0x1000
_LIST_TERMINATED, _PHONEME = 0, 7
_STRESS = "'"
_NO_PHONEME = " _,|;:" + _STRESS


class _Event(ctypes.Structure):
    """``espeak_EVENT``, the union at its end read as the name of a phoneme."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class PhonemeTimes:
    """espeak-ng, speaking to nobody."""

    def __init__(self) -> None:
        """Load the library.

        Raises:
            OSError: there is none.
        """
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        options = _PHONEME_EVENTS | _DO_NOT_EXIT
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, options)
        if self._rate <= 0:
            raise OSError("espeak-ng finds no data")
        self._phonemes: list[tuple[str, float]] = []
        self._callback = _CALLBACK(self._collect)  # kept: the library has only a pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def vowel_s(self, text: str, voice: str, words_per_minute: int) -> float | None:
        """Seconds from the first sample of the utterance to its first stressed vowel."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            return None
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        encoded = text.encode()
        self._phonemes.clear()
        self._library.espeak_Synth(
            encoded, len(encoded) + 1, 0, _BY_CHARACTER, 0, _UTF8 | _END_PAUSE, None, None
        )
        remainder = ctypes.c_char_p(encoded)
        spelt = self._library.espeak_TextToPhonemes(ctypes.byref(remainder), _UTF8, 0)
        return first_stressed(spelt.decode(), self._phonemes)

    def _collect(self, _samples: object, _number: int, events: Any) -> int:
        index = 0
        while (event := events[index]).type != _LIST_TERMINATED:
            if event.type == _PHONEME:
                self._phonemes.append((event.name.decode(), event.sample / self._rate))
            index += 1
        return 0


def first_stressed(spelt: str, phonemes: list[tuple[str, float]]) -> float | None:
    """The time of the first phoneme that follows a stress mark, None when they do not agree.

    Args:
        spelt: the phonemes of a text in one string with stress marks, as in ``s'Ev@n``.
        phonemes: the same phonemes one by one, each with its time; pauses begin with ``_``.
    """
    for name, at_s in phonemes:
        if name.startswith("_"):
            continue
        marks = "".join(takewhile(_NO_PHONEME.__contains__, spelt))
        spelt = spelt.removeprefix(marks)
        if _STRESS in marks:
            return at_s
        if not spelt.startswith(name):
            return None
        spelt = spelt.removeprefix(name)
    return None


def main() -> None:
    """Answer on standard output until standard input ends."""
    times = PhonemeTimes()
    for line in sys.stdin:
        request = json.loads(line)
        vowel_s = times.vowel_s(request["text"], request["voice"], request["words_per_minute"])
        sys.stdout.write(json.dumps({"vowel_s": vowel_s}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
