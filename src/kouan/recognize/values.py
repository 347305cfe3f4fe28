"""What values look like when they carry no check digit: names, addresses, dates, ages, masks, prose."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.cells import BLANKS, DIGITS, HIGH, LETTERS, ODD, SIGNS, STARS, are_words, as_array, first_bytes
from kouan.recognize.days import as_number, read_age, read_days
from kouan.recognize.masked import masked_kinds

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.time import LegalDay
    from kouan.recognize.cells import Cells
    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]

_REGEXES = {
    "number": r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?$",
    "whole": r"^\d+$",
    "damaged": r"^\d(?:\.\d+)?[eE]\+\d{2}$",
    "masked": r"^[^*•●]{0,16}(?:[*•●]{2,}|[*•●]$|[Xx]{4,})[^*]{0,40}$",
    "han_name": r"^\p{Han}{1,4}(?:·\p{Han}{1,8})*\p{Han}?$",
    "latin_name": r"^[A-Z][A-Za-z'’]{0,24}\.?(?:[ ,\-]{1,2}[A-Z][A-Za-z'’]{0,24}\.?){1,3}$",
    "slashed_name": r"^[A-Z][A-Z'’\-]{0,24}/[A-Z][A-Z'’ \-]{0,40}$",
    "latin_word": r"^[A-Za-z][A-Za-z'’\-]{1,24}$",
    "address": r"(?:省|市|自治[区州]|区|县|镇|乡).{1,20}"
    r"(?:路|街|道|巷|弄|村|里|胡同|大厦|小区|苑).{0,20}(?:\d|号|室|楼|栋|幢|单元)",
    "han_text": r"\p{Han}.*\p{Han}.*\p{Han}.*\p{Han}",
    "words": r"\S\s+\S+\s+\S+\s+\S",
}
_NEEDS = {
    "number": (DIGITS, HIGH),
    "whole": (DIGITS, HIGH | LETTERS),
    "damaged": (DIGITS | LETTERS, HIGH),
    "masked": (STARS, 0),
    "han_name": (HIGH, DIGITS | LETTERS),
    "latin_name": (LETTERS, DIGITS | HIGH),
    "slashed_name": (LETTERS | SIGNS, DIGITS | HIGH),
    "latin_word": (LETTERS, DIGITS | HIGH),
    "address": (HIGH, 0),
    "han_text": (HIGH, 0),
    "words": (BLANKS, 0),
}
"""Kinds of bytes that a cell must hold and must not hold before its regular expression is tried."""
_LEADS = {
    "number": b"+-0123456789",
    "whole": b"0123456789",
    "damaged": b"0123456789",
    "latin_name": b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
"""First bytes without which a regular expression cannot match."""
_OF_DIGITS = ("number", "whole")
"""What digits alone are without a look at them."""
_PROSE = 24
_NAME_MAX = 30
_AGE_MAX = 12  # 20至25周岁


def look(cells: Cells, lexicon: Lexicon, today: LegalDay) -> Counter[str]:
    """Return weighted counts of what the cells of a part of a column look like."""
    if cells.kind in ("bool", "other") or len(cells.text) == 0:
        return _numbers(cells)
    if cells.kind == "date":
        return _weighted(_dates(cells, today), cells.weight)
    flags = _dates(cells, today) | _ages(cells) | {"sex": are_words(cells.text, lexicon.words["sexes"])}
    if cells.kind != "text":
        return _weighted(flags, cells.weight) + _numbers(cells)
    flags |= {name: _match(cells, name) for name in _REGEXES}
    kinds = _masked(cells)
    flags["masked"] = np.logical_or.reduce((flags["masked"], *kinds.values()))
    flags |= kinds
    flags |= _words(cells, lexicon)
    flags |= _people(cells, flags, lexicon)
    flags["prose"] = (flags["han_text"] | flags["words"]) & (_length(cells) >= _PROSE) & ~flags["address"]
    return _weighted(flags, cells.weight)


def _numbers(cells: Cells) -> Counter[str]:
    """Count the cells of a numeric column: each is a number, those kept as text are whole."""
    if cells.kind not in ("integer", "decimal"):
        return Counter()
    return +Counter({"number": cells.total - cells.missing, "whole": int(cells.weight.sum())})


def _weighted(flags: dict[str, Bools], weight: npt.NDArray[np.int64]) -> Counter[str]:
    return Counter({name: int(weight[flag].sum()) for name, flag in flags.items() if flag.any()})


def _match(cells: Cells, name: str) -> Bools:
    needed, banned = _NEEDS[name]
    likely = ((cells.shape & needed) == needed) & ((cells.shape & banned) == 0)
    if name in _LEADS and likely.any():
        likely &= np.isin(first_bytes(cells.text), np.frombuffer(_LEADS[name], np.uint8))
    if name == "han_text":
        likely &= _length(cells) >= _PROSE
    flag = (cells.shape == DIGITS) if name in _OF_DIGITS else np.zeros(len(likely), np.bool_)
    likely &= ~flag
    if likely.any():
        part = cells.text if likely.all() else cells.text.filter(pa.array(likely))
        flag[likely] = np.asarray(pc.match_substring_regex(part, _REGEXES[name]), np.bool_)
    return flag


def _masked(cells: Cells) -> dict[str, Bools]:
    """Tell which cells mask something, by its kind; only signs, an x or a character of several bytes can."""
    likely = (cells.shape & (STARS | SIGNS | ODD)) > 0
    if not likely.any():
        return {}
    found = masked_kinds(cells.text if likely.all() else cells.text.filter(pa.array(likely)))
    return {kind: _spread(flag, likely) for kind, flag in found.items()}


def _spread(flag: Bools, rows: Bools) -> Bools:
    spread = np.zeros(len(rows), np.bool_)
    spread[rows] = flag
    return spread


def _length(cells: Cells) -> npt.NDArray[np.int64]:
    return np.asarray(pc.utf8_length(cells.text), np.int64)


def _dates(cells: Cells, today: LegalDay) -> dict[str, Bools]:
    first, last = read_days(cells.text, cells.shape)
    some = first > 0
    exact = some & (last - first < 10_000)  # noqa: PLR2004 - a bare year is a number as well
    return {
        "date": exact,
        "year": some & ~exact,
        "birth": some & (first > (today.year - 130) * 10_000) & (last <= as_number(today)),
        "future": some & (first > as_number(today)),
    }


def _ages(cells: Cells) -> dict[str, Bools]:
    length = _length(cells)
    short = ((cells.shape & DIGITS) > 0) & (length <= _AGE_MAX) & ((cells.shape != DIGITS) | (length <= 3))  # noqa: PLR2004
    if short.any():
        likely = pc.match_substring_regex(
            cells.text.filter(pa.array(short)), r"^\D{0,3}\d{1,3}(?:\D{1,4}\d{0,3}\D{0,4})?$"
        )
        short[short] = np.asarray(likely, np.bool_)
    flag = np.zeros(len(short), np.bool_)
    flag[short] = [read_age(value) is not None for value in cells.text.filter(pa.array(short)).to_pylist()]
    return {"age": flag}


def _words(cells: Cells, lexicon: Lexicon) -> dict[str, Bools]:
    organisations = "|".join(word.replace(".", r"\.") for word in lexicon.words["organisations"])
    pattern = rf"(?i)(?:^|[ ,])(?:{organisations})(?:$|[ ,])|公司|集团|中心|银行|学校|大学|医院|旗舰店|专营店|店$"
    likely = ((cells.shape & (BLANKS | HIGH)) > 0) & ((cells.shape & DIGITS) == 0)
    organisation = np.zeros(len(likely), np.bool_)
    if likely.any():
        part = cells.text.filter(pa.array(likely))
        organisation[likely] = np.asarray(pc.match_substring_regex(part, pattern), np.bool_)
    return {"organisation": organisation}


def _people(cells: Cells, flags: dict[str, Bools], lexicon: Lexicon) -> dict[str, Bools]:
    """Personal names: a known surname before one to three Han characters, minority names with ·, romanised names."""
    fits = flags["han_name"].copy()
    if fits.any():
        text = cells.text.filter(pa.array(fits))
        length = np.asarray(pc.utf8_length(text), np.int64)
        single = _first(text, 1, lexicon.words["surnames"]) & (length >= 2) & (length <= 4)  # noqa: PLR2004
        double = _first(text, 2, lexicon.words["compound_surnames"]) & (length >= 3)  # noqa: PLR2004
        dotted = np.asarray(pc.match_substring(text, "·"), np.bool_)
        fits[fits] = single | double | dotted
    latin = (flags["latin_name"] | flags["slashed_name"]) & (_length(cells) <= _NAME_MAX)
    return {"surname": fits & ~flags["organisation"], "romanised": latin & ~flags["organisation"]}


def _first(text: Any, count: int, words: tuple[str, ...]) -> Bools:
    return np.asarray(pc.is_in(pc.utf8_slice_codeunits(text, 0, count), as_array(words)), np.bool_)
