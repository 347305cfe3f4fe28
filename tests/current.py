"""Generated files are current: `python -m tests.current` fails on a difference, `--write` writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kouan.model.kinds import KINDS, schema_of

ROOT = Path(__file__).parent.parent


def expected() -> dict[Path, str]:
    """Return every generated file and what it should hold."""
    return {
        ROOT / "schemas" / f"{kind}.json": json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
        for kind in KINDS
    }


def main(arguments: list[str]) -> int:
    """Compare or write; returns 1 when something is out of date."""
    stale = [path for path, text in expected().items() if not path.is_file() or path.read_text("utf-8") != text]
    strange = sorted(set((ROOT / "schemas").glob("*.json")) - set(expected()))
    if "--write" in arguments:
        for path, text in expected().items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        for path in strange:
            path.unlink()
        return 0
    for path in [*stale, *strange]:
        sys.stderr.write(f"out of date: {path.relative_to(ROOT)} (python -m tests.current --write)\n")
    return 1 if stale or strange else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
