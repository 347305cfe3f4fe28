"""Articles as lawyers write them: `O16:7`, `PIPL 39`, `7(1)(2)`, `《个人信息保护法》第三十九条`, a provision's id."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.law.catalogue import Entry
    from kouan.model.pack import Instrument

Path = tuple[str, ...]
"""An article split: kind (empty for articles), article, paragraph, item; `*` where one has no paragraph."""

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[零〇一二两三四五六七八九十百千0-9]+"
_CHINESE = re.compile(rf"第({_NUMBER})条(?:第({_NUMBER})款)?(?:第?[（(]?({_NUMBER})[）)]?项)?\Z")
_MEASURE = re.compile(rf"第({_NUMBER})项\Z")
_QUESTION = re.compile(rf"第({_NUMBER})问\Z")
_ANNEX = re.compile(rf"附件({_NUMBER})\Z")
_CODE = re.compile(r"(?:art\.? ?)?([0-9]+)((?:\([0-9]+\)){0,2})\Z", re.IGNORECASE)
_ITEM = re.compile(r"(?:art\.? ?)?([0-9]+) item ([0-9]+)\Z", re.IGNORECASE)
_NAMED = re.compile(r"(measure |annex |Q)([0-9]+)\Z", re.IGNORECASE)
_FULL = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for: an instrument (any if None) and a place in it (the whole if empty)."""

    instrument: str | None
    path: Path


def number_of(text: str) -> int:
    """Return a whole number written in Chinese (三十九, 一百零三) or in digits."""
    if text.isdigit() and text.isascii():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char] if char in _DIGITS else int(char)
    return total + digit


def path_of(article: str) -> Path | None:
    """Return an article's parts, or None of what is no article; 7(1)(2) and 第七条第一款第二项 are the same."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", article)).strip()
    if named := _NAMED.match(text):
        return (named[1].strip().lower(), named[2])
    for kind, pattern in (("measure", _MEASURE), ("q", _QUESTION), ("annex", _ANNEX)):
        if found := pattern.match(text.replace(" ", "")):
            return (kind, str(number_of(found[1])))
    if item := _ITEM.match(text):
        return ("", item[1], "*", item[2])
    if code := _CODE.match(text):
        return ("", code[1], *re.findall("[0-9]+", code[2]))
    if chinese := _CHINESE.match(text.replace(" ", "")):
        numbers = [str(number_of(part)) if part else "" for part in chinese.groups()]
        tail = [numbers[1] or "*", numbers[2]] if numbers[2] else [numbers[1]] if numbers[1] else []
        return ("", numbers[0], *tail)
    return None


def touches(one: Path, other: Path) -> bool:
    """Whether one place lies in the other: Art 7 and Art 7(1)(2), item 2 of whatever paragraph."""
    return all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=False))


def bare_title(title: str) -> str:
    """Return a title without brackets of titles, spaces and the country's name, for comparison."""
    text = unicodedata.normalize("NFKC", title).replace(_FULL, "")
    return re.sub(r"[\s《》〈〉#*]", "", text)


def parse_wanted(text: str, instruments: Mapping[str, Instrument]) -> Wanted | None:
    """Return the instrument and place that a reader means, or None where the text is no citation.

    Raises:
        KouanError: K-LAW-060 of an instrument that no pack cites.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if titled := re.match(r"《(.+)》(.*)\Z", text):
        return _placed(_by_title(titled[1], instruments, where=text), titled[2], where=text)
    head, sign, rest = text.partition(":")
    if sign:
        return _placed(_by_key(head, instruments, where=text), rest, where=text)
    if (path := path_of(text)) is not None:
        return Wanted(None, path)
    for key in sorted(instruments, key=len, reverse=True):
        if text.upper().startswith(key.upper()) and text[len(key) :][:1] in ("", " ", "第", "("):
            return _placed(key, text[len(key) :], where=text)
    head, sign, rest = text.partition("第")
    if sign and head:
        return _placed(_by_title(head, instruments, where=text), sign + rest, where=text)
    return None


def cited_by(wanted: Wanted, found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that lie in the place asked for, or in which it lies."""
    return tuple(
        one
        for one in found
        if wanted.instrument in (None, one.key)
        and (not wanted.path or ((path := path_of(one.article)) is not None and touches(path, wanted.path)))
    )


def _placed(key: str, rest: str, *, where: str) -> Wanted:
    rest = rest.strip()
    if not rest:
        return Wanted(key, ())
    path = path_of(rest)
    if path is None:
        raise messages.NO_ARTICLE.at(where, name=rest)
    return Wanted(key, path)


def _by_key(name: str, instruments: Mapping[str, Instrument], *, where: str) -> str:
    for key in instruments:
        if key.upper() == name.strip().upper():
            return key
    raise messages.NO_INSTRUMENT.at(where, name=name, guess=_guess(name, instruments))


def _by_title(name: str, instruments: Mapping[str, Instrument], *, where: str) -> str:
    """Return the key of the instrument with this title; the longest title that contains the words comes last."""
    bare = bare_title(name)
    near = [key for key, one in instruments.items() if bare and bare in bare_title(one.title.zh)]
    if not near:
        raise messages.NO_INSTRUMENT.at(where, name=name, guess=_guess(name, instruments))
    return min(near, key=lambda key: len(instruments[key].title.zh))


def _guess(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.upper(), list(known), n=1)
    return f" ({near[0]}?)" if near else ""
