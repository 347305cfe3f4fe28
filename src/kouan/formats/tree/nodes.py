"""The nodes of one document with the bytes they take: what every scanner gives, in document order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]
    Ids = npt.NDArray[np.int32]


class Kind(IntEnum):
    """What a node is."""

    ELEMENT = 0
    ATTRIBUTE = 1
    TEXT = 2
    COMMENT = 3
    INSTRUCTION = 4
    OBJECT = 5
    ARRAY = 6
    STRING = 7
    NUMBER = 8
    LITERAL = 9


@dataclass(frozen=True, slots=True)
class Nodes:
    """All nodes of one UTF-8 document, by the position of their first byte; a parent stands before its children.

    `start` and `end` bound the whole node, `inner_start` and `inner_end` its value, both as half-open byte ranges:

    - ELEMENT: from `<` of its start tag to past `>` of its end tag; inner between the tags (empty at `end` for `<a/>`).
    - ATTRIBUTE: from its name to past its closing quote; inner between the quotes. `xmlns` declarations are nodes too.
    - TEXT: character data between two tags, without the blanks (space, tab, CR, LF) around it; CDATA sections,
      references and comments inside belong to it. Blank character data makes no node, but a CDATA section or character
      reference always counts as not blank. Inner is the same range.
    - COMMENT, INSTRUCTION: from `<` to past `>`; inner between the delimiters. The XML declaration and the document
      type declaration make no nodes.
    - OBJECT, ARRAY: inner from `{` or `[` to past its end.
    - STRING: inner between the quotes. NUMBER, LITERAL (true, false, null): inner is the value.
    - In an object `start` is the opening quote of the member's name; elsewhere it is the start of the value.

    Attributes:
        kind: Kind of each node.
        parent: index of its parent, -1 for nodes outside the root and for the root.
        name: index into `names` of an element's, attribute's, instruction's or member's name as written; -1 without.
        names: distinct names, as written (qualified in XML; with escapes undone in JSON).
    """

    kind: Bytes
    parent: Ids
    name: Ids
    start: Ints
    end: Ints
    inner_start: Ints
    inner_end: Ints
    names: tuple[str, ...]
