"""Printing: a console that knows CJK width, paragraphs with a hanging indent, and JSON for machines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape

from kouan.model.canonical import readable_json
from kouan.model.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

_WIDE = 100
_NARROW = 40
# Line-breaking rules of Chinese typography (GB/T 15834): the first do not end a line, the second do not begin one.
_NOT_LAST = "（《“‘【(["
_NOT_FIRST = "，。、；：？！）》”’…,.;:?!)]"


def console() -> Console:
    """Return a console on standard output, at most 100 columns wide so that lines can be read."""
    width = Console().width if sys.stdout.isatty() else _WIDE
    return Console(highlight=False, width=max(_NARROW, min(width, _WIDE)))


def plain(text: object) -> str:
    """Return text that came from outside, with markup and control characters made harmless."""
    return escape(shown(str(text)))


def say(out: Console, text: str, *, lead: str = "", style: str | None = None) -> None:
    """Print one paragraph with a hanging indent as wide as `lead`, broken where Chinese and English may be broken."""
    indent = " " * cell_len(lead)
    for number, line in enumerate(_lines(text, out.width - len(indent))):
        out.print(plain((indent if number else lead) + line), style=style, soft_wrap=True)


def print_json(value: BaseModel | dict[str, Any] | list[Any]) -> None:
    """Print one JSON value and nothing else."""
    data = value if isinstance(value, dict | list) else value.model_dump(mode="json")
    sys.stdout.write(readable_json(data))


def _lines(text: str, width: int) -> Iterator[str]:
    line, room = "", width
    for piece in _pieces(text):
        size = cell_len(piece)
        if size > room and line and piece[0] not in _NOT_FIRST:
            yield line.rstrip()
            line, room, piece = "", width, piece.lstrip()  # noqa: PLW2901 - the break swallows the space
            size = cell_len(piece)
        line += piece
        room -= size
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield wide characters one by one, words with the space before them, and opening marks with what follows."""
    run = ""
    for char in text:
        if run and run[-1] in _NOT_LAST:
            run += char
        elif char in _NOT_LAST or cell_len(char) > 1 or char == " " or (run and cell_len(run[-1]) > 1):
            if run:
                yield run
            run = char
        else:
            run += char
    if run:
        yield run
