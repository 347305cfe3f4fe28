"""The process that Atheris drives for files that people write: one kind, one file after another."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["kouan.deidentify", "kouan.model", "kouan.packs", "kouan.clearance.certifying"]
):
    from bench.fuzz_papers import PAPERS, Room
    from kouan.deidentify.legend import LEGEND
    from kouan.model.errors import KouanError

from bench.fuzz_words import blocks_of, changed, words_of

_MEMORY = "/dev/shm"  # noqa: S108 - in memory


def main() -> None:
    """Use `sys.argv[1]`-like files until libFuzzer stops."""
    paper = PAPERS[sys.argv.pop(1)]
    room = Room(Path(tempfile.mkdtemp(prefix="kouan-fuzz-", dir=_MEMORY if Path(_MEMORY).is_dir() else None)))
    path = room.folder / f"input{paper.suffix}"
    texts = [data.decode() for data in paper.seeds(room)]
    words = words_of(*texts, LEGEND.en)
    blocks = (*blocks_of(LEGEND.en), *(block for text in texts for block in blocks_of(text)))
    for number, text in enumerate(texts):
        (Path(sys.argv[1]) / f"seed-{number}").write_text(text, encoding="utf-8")
    path.write_text(texts[0], encoding="utf-8")
    paper.used(room, path)  # what is made once is made before the clock runs

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            paper.used(room, path)
        except KouanError as error:
            assert not error.code.startswith("K-CLI"), error.code  # noqa: PT017 - no test
            assert error.lines("zh")  # noqa: PT017
            assert error.lines("en")  # noqa: PT017

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)  # noqa: S311 - the same seed, the same change
        if dice.random() < 0.1:  # noqa: PLR2004
            return bytes(atheris.Mutate(data, most))
        return changed(data.decode("utf-8", "replace"), dice, words, blocks).encode("utf-8", "replace")[:most]

    atheris.Setup(sys.argv, one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
