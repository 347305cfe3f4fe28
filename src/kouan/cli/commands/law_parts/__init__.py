"""The parts of `kouan law`, one file each with `ABOUT`, `add(parser, lang)` and `run(arguments, settings)`.

Parts are read whenever the parser is built: they import the rooms that they need inside `run`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.model.text import Text

PARTS = (
    "list",
    "show",
    "diff",
    "check",
    "test",
    "import-list",
    "clock",
)
"""Names of the parts in the order of the help; `import-x` is the module `import_x`."""


class Part(Protocol):
    """One part of `kouan law`."""

    ABOUT: Text

    def add(self, parser: argparse.ArgumentParser, lang: str) -> None:
        """Add the part's own arguments, their help in `lang`."""

    def run(self, arguments: argparse.Namespace, settings: Settings) -> int:
        """Run the part and return the exit status."""


def part_of(name: str) -> Part:
    """Return a part by its name on the command line."""
    return cast("Part", import_module(f"{__name__}.{name.replace('-', '_')}"))
