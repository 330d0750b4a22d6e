"""A sound card made of software inside a machine; each line of input is something to do to it.

``python -m scripts.faults.card FOLDER``; a line is the name of a method of ``VirtualSoundCard``
without arguments, and is answered with ``ok`` when it has been done.
"""

import sys
from pathlib import Path

from tests.soundcard import VirtualSoundCard


def main() -> None:
    """Obey until the input ends."""
    folder = Path(sys.argv[1])
    card = VirtualSoundCard(folder)
    for line in sys.stdin:
        getattr(card, line.strip())()
        folder.chmod(0o755)  # the server has made it its own, and the coach is another user
        print("ok", flush=True)
    card.kill()


if __name__ == "__main__":
    main()
