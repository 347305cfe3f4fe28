"""Names of persons in Latin letters: by titles and labels, given names, pinyin, initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.fold import places, small
from kouan.recognize.prose.gate import Gate, gate_of
from kouan.recognize.prose.lists import any_of
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import (
    CONTEXT_EN,
    GIVEN_EN,
    NO_NAME_EN,
    PINYIN,
    PINYIN_AMONG_WORDS,
    TITLES_EN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"(?:[A-Z]\.|[A-Z][A-Za-z'’\-]*)"
_PARTICLES = "(?:(?:van|von|de|der|da|di|bin|al|la|le) ){0,2}"
_VERBS = "was|is|had|has|did|reported|experienced|developed|took|received|presented|died|said|denied|recovered"
_CAPITAL = re.compile(r"[A-Z][A-Za-z]*")
_TITLE_EN = re.compile(
    rf"(?:{'|'.join(TITLES_EN)})(?:\. ?| )"
    rf"(?P<name>{_PARTICLES}{_WORD}(?: {_PARTICLES}{_WORD}){{0,2}})"
)
_CONTEXT_EN = re.compile(
    rf"(?i:{'|'.join(CONTEXT_EN)})(?:,| is| was| named| called| name| known as|:|'s name is| \(){{0,3}} ?"
    r"(?P<name>[A-Z][a-z'’\-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’\-]+){1,2})(?![A-Za-z0-9_])"
    rf"|(?i:{'|'.join(CONTEXT_EN)})[,:]? (?P<said>{any_of(GIVEN_EN)})\b"
    rf"|(?i:{'|'.join(CONTEXT_EN)}) (?P<alone>[A-Z][a-z'’\-]+)(?= (?:{_VERBS})\b)"
)
_NAMED_EN = re.compile(
    rf"(?i:name ?[:=]|named|name is|called|signed(?: by)?[: ]|reported by)\s?(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
)
_GIVEN_EN = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)? (?P<last>[A-Z][a-z'’\-]+)(?![A-Za-z0-9_])")
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|ong|eng|ing|iao|ian|uan|uai|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiouvü]))"
)
_SPELT = rf"(?=[A-Z])(?i:{_SYLLABLE}-?{_SYLLABLE}?-?{_SYLLABLE}?)"
"""A given name in pinyin: one to three syllables."""
_PINYIN = re.compile(
    rf"[A-Z][A-Za-z]+(?:, (?P<spelt>{_SPELT})(?![A-Za-z])| (?P<last>[A-Z][A-Za-z]{{1,11}}(?:-[A-Z]?[a-z]{{1,6}})?)\b)"
)
_PINYIN_FIRST = re.compile(rf"[A-Z][a-z]+,? (?P<last>{_SPELT})(?![A-Za-z])")
_INITIALS = re.compile(
    r"(?i:patient|subject|pt|reporter|participant|患者|受试者|病人|报告人)[:( ]{0,3}"
    r"(?P<name>(?:[A-Z]\.[ \-]?){1,3}[A-Z]\.?)(?![A-Za-z])"
)
_ALL_INITIALS = re.compile(
    r"(?i:initials?(?: of)?\s?(?:[:=(]|are|were|is)?|缩写|首字母)\s?[:(]?\s?"
    r"(?P<name>[A-Z](?:[ .\-]{0,2}[A-Z]){1,3}\.?)(?![A-Za-z])"
)
_GIVEN = frozenset(GIVEN_EN)
_TITLES = frozenset(TITLES_EN)
_FAMILY = frozenset(PINYIN) | frozenset(name.upper() for name in PINYIN)
_FAMILY_AMONG_WORDS = frozenset(PINYIN_AMONG_WORDS)
_PINYIN_LAST = re.compile(rf"{_SPELT} (?P<last>{any_of((*PINYIN, *PINYIN_AMONG_WORDS))})(?![A-Za-z'\-])")
_LETTER_EN = re.compile(
    r"(?:Dear|Hi|Hello|egards|incerely|ours (?:truly|faithfully)|ishes|heers|hanks)"
    r",?[ \n]{1,3}(?P<name>[A-Z][a-z'’\-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’\-]+){0,2})(?=[,\n.!:;]|$)"
)
_LETTERS = ("Dear ", "Hi ", "Hello ", "egards", "incerely", "ours truly", "ours faithfully", "ishes", "heers", "hanks")
_ROLE_EN = re.compile(
    r"\b(?:from|to|cc|contact|attn|attention|recipient|sender|author|investigator|physician|reviewer|surgeon"
    r"|ana?esthetist|approved by|prepared by|witness|guardian|next of kin|emergency contact|present|attendees"
    r"|manager|employee|tenant)\s?$",
    re.IGNORECASE,
)
_NAMED_ROLE = re.compile(
    r": ?(?P<name>[A-Z][a-z'’\-]+(?: [A-Z]\.)?(?: (?:(?:van|von|de|der) )?[A-Z][A-Za-z'’\-]+){1,2})"
    r"(?=\s*(?:[,\n.;<(|]|$))"
)
_ROLE = 20
"""Characters before a colon in which a role stands."""
_PERSONS = ("patient", "subject", "pt", "reporter", "participant", "患者", "受试者", "病人", "报告人")
_ANCHORED = (
    (CONTEXT_EN, _CONTEXT_EN, "context", False),
    (("name", "called", "signed", "reported by"), _NAMED_EN, "label", True),
    (_PERSONS, _INITIALS, "initials", False),
    (("initial", "缩写", "首字母"), _ALL_INITIALS, "initials", False),
)
_NO_LAST = NO_NAME_EN - {"He"}
_CAPITALS, _LETTERED = Gate("[A-Z]"), gate_of((*_LETTERS, ":"))
_ANCHORS = gate_of(word for words, *_ in _ANCHORED for word in words)
_EPONYMS = frozenset({"Wort", "Syndrome", "Disease", "Test", "Sign", "Score", "Scale", "Method", "Catheter", "Splint"})


def find_names_en(text: str) -> Iterator[Span]:
    """Yield the names of persons in Latin letters of a plain text."""
    if not _CAPITALS(text):
        return
    for one in _CAPITAL.finditer(text):
        yield from _capital(text, one)
    if _LETTERED(text):
        yield from _lettered(text)
    low = small(text)
    if not _ANCHORS(low):
        return
    for words, pattern, why, sure in _ANCHORED:
        for at in places(low, words):
            if at and text[at].isascii() and text[at - 1].isalnum() and text[at - 1].isascii():
                continue
            found = pattern.match(text, at)
            if found:
                yield from _words(found.start(found.lastgroup or 0), found[found.lastgroup or 0], why, sure=sure)


def _lettered(text: str) -> Iterator[Span]:
    """Yield the names of letters and forms: Dear Ann, Regards, Ann; From: Ann Li."""
    for at in places(text, _LETTERS):
        found = _LETTER_EN.match(text, at)
        if found and found["name"] not in _TITLES:
            yield from _words(found.start("name"), found["name"], "letter", sure=False)
    for at in places(text, (":",)):
        found = _NAMED_ROLE.match(text, at)
        if found and _ROLE_EN.search(text, max(0, at - _ROLE), at):
            yield from _words(found.start("name"), found["name"], "label", sure=True)


def _capital(text: str, one: re.Match[str]) -> Iterator[Span]:
    """Yield the name that a capitalised word stands in front of, or begins."""
    word = one[0]
    if word in _TITLES:
        found = _TITLE_EN.match(text, one.start())
        if found:
            yield from _words(found.start("name"), found["name"], "title", sure=True)
    among = _PINYIN_FIRST if word in _FAMILY_AMONG_WORDS else _PINYIN_LAST
    pattern = _GIVEN_EN if word in _GIVEN else _PINYIN if word in _FAMILY else among
    found = pattern.match(text, one.start()) or _PINYIN_LAST.match(text, one.start())
    last = found[found.lastgroup or 0] if found else ""
    no_name = _NO_LAST if pattern is _PINYIN_LAST else NO_NAME_EN
    if found and word not in NO_NAME_EN and last not in _EPONYMS and last not in no_name:
        yield Span(*found.span(), "name", why="given" if pattern is _GIVEN_EN else "pinyin")


def _words(start: int, name: str, why: str, *, sure: bool) -> Iterator[Span]:
    """Yield a name without the words at its ends that are none."""
    words = name.split(" ")
    while words and words[-1].rstrip(".") in NO_NAME_EN:
        words.pop()
    if words and words[0].rstrip(".") not in NO_NAME_EN:
        tier = Tier.CONFIRMED if sure else Tier.SUSPECTED
        yield Span(start, start + len(" ".join(words).rstrip(".")), "name", tier=tier, why=why)
