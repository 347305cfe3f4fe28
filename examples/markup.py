"""XML written from nested nodes, laid out one element per line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Note:
    """A comment."""

    text: str


@dataclass(frozen=True, slots=True)
class Unparsed:
    """Text in a CDATA section."""

    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name, attributes and what stands in it."""

    name: str
    attributes: dict[str, str]
    children: tuple[Node | Note | Unparsed | str, ...]


def node(name: str, *children: Node | Note | Unparsed | str | None, **attributes: str | None) -> Node:
    """Return an element without the children and attributes that are None; `xsi_type` is written `xsi:type`."""
    named = {key.replace("xsi_", "xsi:"): value for key, value in attributes.items() if value is not None}
    return Node(name, named, tuple(child for child in children if child is not None))


def document(root: Node, before: Iterable[Note]) -> str:
    """Return the text of a document, lines ended with LF."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *(_comment(note) for note in before), *_lines(root, "")]
    return "\n".join(lines) + "\n"


def _lines(one: Node, indent: str) -> Iterator[str]:
    head = one.name + "".join(f" {name}={quoteattr(value)}" for name, value in one.attributes.items())
    if not one.children:
        yield f"{indent}<{head}/>"
    elif all(not isinstance(child, (Node, Note)) for child in one.children):
        yield f"{indent}<{head}>{''.join(map(_text, one.children))}</{one.name}>"
    else:
        yield f"{indent}<{head}>"
        for child in one.children:
            if isinstance(child, Node):
                yield from _lines(child, indent + "\t")
            else:
                yield f"{indent}\t{_text(child)}"
        yield f"{indent}</{one.name}>"


def _text(child: Node | Note | Unparsed | str) -> str:
    if isinstance(child, Unparsed):
        return f"<![CDATA[{child.text}]]>"
    return _comment(child) if isinstance(child, Note) else escape(str(child))


def _comment(note: Note) -> str:
    return f"<!-- {note.text} -->"
