"""`python -m examples OUT [--only NAME] [--small]`: make the example exports."""

from __future__ import annotations

import argparse
from pathlib import Path

from examples.build import EXAMPLES, build


def main() -> int:
    """Make the examples and print where they are."""
    parser = argparse.ArgumentParser(prog="python -m examples", description="Make synthetic example exports.")
    parser.add_argument("out", type=Path, help="folder that takes one folder per example")
    parser.add_argument("--only", action="append", default=[], choices=[one.name for one in EXAMPLES])
    parser.add_argument("--small", action="store_true", help="a hundredth of the rows")
    choice = parser.parse_args()
    made = build(choice.out, only=choice.only, small=choice.small)
    for example in EXAMPLES:
        if not choice.only or example.name in choice.only:
            folder = choice.out / example.name
            print(f"{folder}  {'made' if folder in made else 'already there'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
