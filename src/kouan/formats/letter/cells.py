"""Where the text of a cell stands in the parts of an office document, and what takes its place."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import quote, unquote

from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAB, BREAK, HYPHEN = "\t", "\n", "\u2011"
"""What elements between runs stand for: they stay where they are."""
_BETWEEN = re.compile(f"[{TAB}{BREAK}{HYPHEN}]")
_BLANKS = re.compile(r"[\t\r\n]+")
_SPECIAL = re.compile(r"[\[\]():;,.<>@]")
_NOWHERE = "about:blank"
_SAFE = ":/?#[]@!$&'()*+,;=~-._"


class Spot(NamedTuple):
    """A text in a part.

    Attributes:
        part: its name in the package.
        start, end: bytes that the text takes; of a comment or instruction all of it.
        kind: TEXT, ATTRIBUTE, COMMENT or INSTRUCTION.
        text: what it says.
        quote: around an attribute.
        link: it is the target of a relationship, a URI.
    """

    part: str
    start: int
    end: int
    kind: Kind
    text: str
    quote: str = '"'
    link: bool = False


Patch = tuple[str, int, int, bytes]
"""A part, bytes of it, and what takes their place."""


class Cell(Protocol):
    """One value of a table."""

    @property
    def text(self) -> str:
        """What it says."""

    def patches(self, new: str) -> Iterator[Patch]:
        """Yield what changes in the parts for it to say something else."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the reader says itself, such as the name of a part; nothing in the file."""

    text: str

    def patches(self, new: str) -> Iterator[Patch]:  # noqa: ARG002 - as every cell
        """Yield nothing."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Same:
    """One text that stands in several places."""

    spots: tuple[Spot, ...]

    @property
    def text(self) -> str:
        """What each of them says."""
        return self.spots[0].text

    def patches(self, new: str) -> Iterator[Patch]:
        """Yield the new text for each place."""
        for spot in self.spots:
            yield patch(spot, new)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text that stands as it is.

    Attributes:
        escaped: it is written with percent signs (RFC 2231).
        bare: an address without brackets, which it needs when it is none any more.
        phrase: a name without quotes, which it needs when it has signs that structure the field (RFC 5322 3.2.3).
    """

    part: str
    start: int
    end: int
    text: str
    escaped: bool = False
    bare: bool = False
    phrase: bool = False

    def patches(self, new: str) -> Iterator[Patch]:
        """Yield the new text on one line."""
        line = _BLANKS.sub(" ", new)
        line = f"<{line}>" if self.bare and line and "@" not in line else line
        line = f'"{line}"' if self.phrase and _SPECIAL.search(line) else line
        yield self.part, self.start, self.end, (quote(line, safe="") if self.escaped else line).encode()


@dataclass(frozen=True, slots=True)
class Joined:
    """Runs of one or more paragraphs, and what stands between them.

    A changed text is spread over the runs that it differs from: between two tabs or breaks, the first of them takes
    what is new and the others lose what it replaces. Where tabs or breaks went, the first run takes all.
    """

    pieces: tuple[Spot | str, ...]

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def patches(self, new: str) -> Iterator[Patch]:
        """Yield what changes in the runs."""
        segments = _segments(self.pieces)
        texts = _BETWEEN.split(new)
        if len(texts) != len(segments) or any(text and not runs for text, runs in zip(texts, segments, strict=False)):
            segments = [list(itertools.chain(*segments))]
            texts = [_BLANKS.sub(" ", new)]
        for runs, text in zip(segments, texts, strict=True):
            yield from _spread(runs, text)


def left(cell: Cell, new: str) -> str:
    """Return what is read of a cell once it was made to say something else: a comment goes as a whole."""
    gone = isinstance(cell, Same) and cell.spots[0].kind in {Kind.COMMENT, Kind.INSTRUCTION} and new != cell.text
    return "" if gone else new


def patch(spot: Spot, new: str) -> Patch:
    """Return what makes a place say something else."""
    if spot.kind in (Kind.COMMENT, Kind.INSTRUCTION):
        return spot.part, spot.start, spot.end, b""
    if spot.link:
        new = quote(new, safe=_SAFE) if new else _NOWHERE
    return spot.part, spot.start, spot.end, encode(new, spot.kind, spot.quote).encode()


def target_of(raw: str) -> str:
    """Return what a link says in characters (`%40` is an @); nothing for the one that leads nowhere."""
    return "" if raw == _NOWHERE else unquote(raw)


def run_text(raw: bytes) -> str:
    """Return the text between the tags of a run, white space as it is shown."""
    return _BETWEEN.sub(lambda found: HYPHEN if found[0] == HYPHEN else " ", decode(raw.decode(), Kind.TEXT))


def _segments(pieces: Sequence[Spot | str]) -> list[list[Spot]]:
    segments: list[list[Spot]] = [[]]
    for piece in pieces:
        if not isinstance(piece, str):
            segments[-1].append(piece)
        else:
            segments += [[] for _ in piece]
    return segments


def _spread(runs: Sequence[Spot], new: str) -> Iterator[Patch]:
    old = "".join(run.text for run in runs)
    if old == new or not runs:
        return
    start = len(_common(old, new))
    end = len(_common(old[start:][::-1], new[start:][::-1]))
    stop, middle = len(old) - end, new[start : len(new) - end]
    at, given = 0, False
    for number, run in enumerate(runs):
        here, at = at, at + len(run.text)
        takes = not given and (start < at or number == len(runs) - 1)
        if not takes and not (here < stop and at > start):
            continue
        before, after = run.text[: max(0, start - here)], run.text[max(0, stop - here) :] if stop < at else ""
        given = given or takes
        text = before + (middle if takes else "") + after
        if text != run.text:
            yield patch(run, text)


def _common(one: str, other: str) -> str:
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other))] if same is None else one[:same]
