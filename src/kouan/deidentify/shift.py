"""Dates moved by a number of days of their subject, so that intervals stay (PHUSE rule for --DTC, 2015)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import Paired, as_text, pick
from kouan.deidentify.references import subject_of_reference
from kouan.deidentify.shift_plain import move_plain
from kouan.engine.persons import HASH_BYTES, person_hashes, spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

KIND = "date_shift"
DAYS = 365
MOST_DAYS = 3650

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = rf"(?i:{'|'.join(_MONTHS)})"
_YEAR = r"(?P<y>(?:18|19|20|21)\d\d)"
_ZONE = r"(?:Z|[+-]\d\d(?::?\d\d)?)"
_TIME = rf"(?P<time>[T\s][\d:.,+\-Zz时分秒点上下午AaPpMm ]{{1,40}}|{_ZONE})?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}(?P<s>[-/.])(?P<m>\d\d?)(?:(?P=s)(?P<d>\d\d?){_TIME})?",
        rf"{_YEAR}年(?:\s?(?P<m>\d\d?)月(?:\s?(?P<d>\d\d?)日{_TIME})?)?",
        rf"{_YEAR}(?:(?P<m>\d\d)(?:(?P<d>\d\d)(?P<time>(?:\d\d){{0,3}}(?:\.\d{{1,9}})?{_ZONE}?))?)?",
        rf"{_YEAR}(?P<m>\d\d)?(?P<time>{_ZONE})",
        rf"{_YEAR}---(?P<d>\d\d){_TIME}",
        rf"--(?P<m>\d\d)-(?P<d>\d\d){_TIME}",
        rf"(?P<d>\d\d?)(?P<s>[- ]?)(?P<m>{_NAMES})(?P=s){_YEAR}(?P<time>[:T\s][\d:.]{{1,20}})?",
    )
)
_MIDDLE = {"y": 2000, "m": 7, "d": 15}
"""What a missing part is taken for; 2000 has a 29 February, and July has 31 days."""


@dataclass(frozen=True, slots=True)
class Shift(Paired):
    """Moves every date of one subject back by the same whole number of days, the same in all files of a key.

    Always back: a date moved into the future would be refused by its standard (ICH E2B) and show that it was moved.

    Read are `2024-05-03T10:30+08:00` and its beginnings, `2024/5/3`, `2024年5月3日`, `20240503101500.123+0800` and its
    beginnings, `03MAY2024`, SDTM's `2024---15` and `--05-03`, and intervals `a/b` of these. The result is written in
    the manner of the value. A missing month or day is taken as the middle of its range and missing again in the result:
    intervals then hold to the precision. What is no date, and every date without a subject, becomes null.

    Attributes:
        key: of the year's pseudonyms.
        days: dates move back by 1 to `days` days.
        keep_time: whether time of day and zone stay as written.
        midnight: whether whole dates become instants, `2024-05-03T00:00:00Z`, for elements that take nothing shorter;
            all else becomes null. The time says nothing, and neither does the zone.
    """

    key: bytes = field(repr=False)
    days: int = DAYS
    keep_time: bool = True
    midnight: bool = False

    def __call__(self, column: pa.Array, subjects: pa.Array) -> pa.Array:
        """Return the moved dates; `subjects` names the person of each row, by key or reference."""
        moved = self._all(column, subjects)
        if not self.midnight:
            return moved
        whole = pick(pc.match_substring_regex(moved, r"^\d{4}-\d\d-\d\d$"), moved)
        return pc.binary_join_element_wise(whole, "T00:00:00Z", "")

    def _all(self, column: pa.Array, subjects: pa.Array) -> pa.Array:
        texts = spell(as_text(column))
        days = self._offsets(subjects)
        moved, done = move_plain(texts, days, keep_time=self.keep_time)
        has = np.asarray(texts.is_valid(), np.bool_) & (days != 0)
        moved = pc.if_else(pa.array(has), moved, pa.scalar(None, pa.string()))
        rest = has & ~done
        if not rest.any():
            return moved
        pairs = list(zip(texts.filter(pa.array(rest)).to_pylist(), days[rest].tolist(), strict=True))
        seen = {pair: self._moved(*pair) for pair in dict.fromkeys(pairs)}
        return pc.replace_with_mask(moved, pa.array(rest), pa.array([seen[pair] for pair in pairs], pa.string()))

    def _offsets(self, subjects: pa.Array) -> Ints:
        """Return each row's offset in days, 0 where it has no subject."""
        spelt = subject_of_reference(spell(as_text(subjects))).dictionary_encode()
        names = spelt.dictionary.to_pylist()
        digests = person_hashes(self.key, KIND, (name.encode() for name in names))
        offsets = np.zeros(len(names) + 1, np.int64)  # the last is for rows without a subject
        for at, name in enumerate(names):
            if name:
                offsets[at] = -1 - int.from_bytes(digests[at * HASH_BYTES : (at + 1) * HASH_BYTES]) % self.days
        return offsets[np.asarray(spelt.indices.fill_null(len(names)), np.int64)]

    def _moved(self, text: str, days: int) -> str | None:
        whole = self._one(text, days)
        if whole is not None or text.count("/") != 1:
            return whole
        ends = [self._one(part, days) for part in text.split("/")]
        return None if None in ends else "/".join(str(end) for end in ends)

    def _one(self, text: str, days: int) -> str | None:
        for form in _FORMS:
            found = form.fullmatch(text)
            if found:
                return self._written(found, days)
        return None

    def _written(self, found: re.Match[str], days: int) -> str | None:
        parts = found.groupdict()
        try:
            day = dt.date(*(_number(parts.get(name), name) for name in "ymd"))  # a date that is none is refused here
            moved = day + dt.timedelta(days=days)
        except (ValueError, OverflowError):
            return None
        padded = _is_padded([part for name in "md" if (part := parts.get(name)) and part.isdigit()])
        new = {"y": f"{moved.year:04}", "m": _month(parts.get("m"), moved.month, padded=padded)}
        new["d"] = f"{moved.day:02}" if padded else str(moved.day)
        if not self.keep_time:
            new["time"] = ""
        return _replaced(found, {name: value for name, value in new.items() if parts.get(name)})


def _number(part: str | None, name: str) -> int:
    if not part:
        return _MIDDLE[name]
    return int(part) if part.isdigit() else _MONTHS.index(part.title()) + 1


def _is_padded(parts: Sequence[str]) -> bool:
    """Tell whether numbers below ten are written with a zero; `2024/10/12` does not say, and is taken to be."""
    return all(len(part) == 2 for part in parts)  # noqa: PLR2004 - two digits


def _month(part: str | None, month: int, *, padded: bool) -> str:
    if part is None or part.isdigit():
        return f"{month:02}" if padded else str(month)
    name = _MONTHS[month - 1]
    return name.upper() if part.isupper() else name.lower() if part.islower() else name


def _replaced(found: re.Match[str], new: dict[str, str]) -> str:
    text, end, parts = found.string, 0, []
    for name in sorted(new, key=found.start):
        parts += [text[end : found.start(name)], new[name]]
        end = found.end(name)
    return "".join([*parts, text[end:]])
