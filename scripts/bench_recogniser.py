"""Accuracy and speed of recogniser and matcher on a list of files.

    scripts/bench_recogniser.py SENTENCES.yaml LABELS.tsv [--noise WAV] [--model M]

Each line of LABELS.tsv holds a sound file and what is said in it, with a tab between; nothing is
said that the sentences have where the text is empty or no sentence. With --noise the whole list is
run again at 24, 18, 12 and 6 dB.
"""

import argparse
from collections import Counter
from pathlib import Path

from assistant.commands.transcribe import Transcriber
from assistant.hearing.recogniser import RATE
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from assistant.sound.wav import read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sentences", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--noise", type=Path)
    parser.add_argument("--model")
    args = parser.parse_args()
    transcriber = Transcriber(args.sentences, args.model)
    matcher = Matcher(load_sentences(args.sentences))
    rows = [line.split("\t") for line in args.labels.read_text().splitlines() if line.strip()]
    noise = read(args.noise, RATE) if args.noise else None
    print(f"{'SNR':>6} {'right':>7} {'wrong':>7} {'missed':>7} {'false':>7} {'speed':>7}")
    for snr_db in (None, 24.0, 18.0, 12.0, 6.0) if noise is not None else (None,):
        counts: Counter[str] = Counter()
        audio = compute = 0.0
        for file, *text in rows:
            heard = transcriber.transcribe(
                args.labels.parent / file, noise if snr_db is not None else None, snr_db
            )
            audio += heard.audio_seconds
            compute += heard.compute_seconds
            wanted = matcher.match(text[0]) if text else None
            counts[_verdict(wanted, heard.match)] += 1
        inside = max(1, counts["right"] + counts["wrong"] + counts["missed"])
        outside = max(1, counts["false"] + counts["rejected"])
        shares = [counts[name] / inside for name in ("right", "wrong", "missed")]
        shares.append(counts["false"] / outside)
        label = "clean" if snr_db is None else f"{snr_db:g} dB"
        print(f"{label:>6} {' '.join(f'{share:7.1%}' for share in shares)} {compute / audio:7.3f}")


def _verdict(wanted: object, heard: object) -> str:
    if wanted is None:
        return "rejected" if heard is None else "false"
    if heard is None:
        return "missed"
    same = (wanted.intent, wanted.slots) == (heard.intent, heard.slots)
    return "right" if same else "wrong"


if __name__ == "__main__":
    main()
