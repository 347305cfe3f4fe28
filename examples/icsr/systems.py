"""Code systems of ICH E2B(R3) and the small elements that repeat all over its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.icsr import words
from examples.markup import Node, node

if TYPE_CHECKING:
    from examples.markup import Note, Unparsed

ICH = "2.16.840.1.113883.3.989.2.1"
OBSERVATIONS, ORGANIZERS, AUTHORS = f"{ICH}.1.19", f"{ICH}.1.20", f"{ICH}.1.21"
MEDDRA = "2.16.840.1.113883.6.163"
COUNTRIES, SEXES = "1.0.3166.1.2.2", "1.0.5218"
FLAVOURS = frozenset({"NI", "MSK", "UNK", "NA", "ASKU", "NASK"})


def coded(code: str, system: str, shown: str | None = None) -> Node:
    """Return a `code` element."""
    return node("code", code=code, codeSystem=system, displayName=shown)


def choice(code: str, system: str, shown: str | None = None) -> Node:
    """Return a coded `value`."""
    return node("value", xsi_type="CE", code=code, codeSystem=system, displayName=shown)


def term(of: words.Term, *inside: Node) -> Node:
    """Return a `value` with a coded medical term."""
    return node("value", *inside, xsi_type="CE", code=of.code, codeSystem=MEDDRA, codeSystemVersion=words.MEDDRA)


def prose(text: str | Unparsed, language: str | None = None) -> Node:
    """Return a `value` with free text."""
    return node("value", text, xsi_type="ED", language=language)


def flag(value: bool | None) -> Node:  # noqa: FBT001 - it is the value
    """Return a truth `value`; None is written as no information."""
    if value is None:
        return node("value", xsi_type="BL", nullFlavor="NI")
    return node("value", xsi_type="BL", value=str(value).lower())


def quantity(value: str, unit: str) -> Node:
    """Return a `value` with a unit of UCUM."""
    return node("value", xsi_type="PQ", value=value, unit=unit)


def observed(code: Node, *rest: Node | Note | None) -> Node:
    """Return an `observation`."""
    return node("observation", code, *rest, classCode="OBS", moodCode="EVN")


def fact(number: str, name: str, value: Node) -> Node:
    """Return an `observation` with a code of the ICH list and a value."""
    return observed(coded(number, OBSERVATIONS, name), value)


def of_subject(inside: Node) -> Node:
    """Return something that is said of the patient or parent."""
    return node("subjectOf2", inside, typeCode="SBJ")


def group(number: str, name: str, members: list[Node]) -> Node | None:
    """Return an `organizer` of the ICH list, or None when it would be empty."""
    if not members:
        return None
    parts = [node("component", member, typeCode="COMP") for member in members]
    inside = node("organizer", coded(number, ORGANIZERS, name), *parts, classCode="CATEGORY", moodCode="EVN")
    return of_subject(inside)


def when(name: str, value: str | None) -> Node | None:
    """Return a time, or its null flavour, or None."""
    if value is None:
        return None
    return node(name, nullFlavor=value) if value in FLAVOURS else node(name, value=value)


def span(first: str | None, last: str | None = None, *, kind: str | None = "IVL_TS") -> Node:
    """Return an `effectiveTime` from a first to a last time."""
    return node("effectiveTime", when("low", first), when("high", last), xsi_type=kind)


def told(name: str, value: str, withheld: str | None) -> Node:
    """Return an element with text, or with a null flavour in its place."""
    return node(name, nullFlavor=withheld) if withheld else node(name, value)
