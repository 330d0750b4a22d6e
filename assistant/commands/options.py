"""Options that several commands share."""

import argparse
from pathlib import Path


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Let the folder of the log be named."""
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="folder of the log, instead of your own"
    )
