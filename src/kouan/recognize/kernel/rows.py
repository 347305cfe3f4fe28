"""A column of cells: how many hold each identifier, as a whole or inside longer text."""

from __future__ import annotations

from typing import Any

from kouan.recognize.identifier import CONFIRMED, DIGITS, LONGEST
from kouan.recognize.kernel.cell import scan_cell
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.plain import FEWEST_NUMERALS, make_plain, may_differ
from kouan.recognize.kernel.tables import ALNUM, FOREIGN, HIGH, KINDS, SPOKEN, bits_of
from kouan.recognize.kernel.words import ROOM, STEP, all_high, any_foreign, of_digits, seven

WHOLE, INSIDE = 0, 2
"""First of two counts each: suspected, confirmed."""
_AT = 64
_TEXT = 24
"""Bytes from which a cell of more than one run is a text in which numbers stand beside their words."""
_BLANK = bytes(byte in b" \t\r\n\x0b\x0c" for byte in range(256))


def count_rows(
    data: Any,
    offsets: Any,
    weights: Any,
    missing: Any,
    today: int,
    wanted: int,
    hits: Any,
    work: Any,
    read: Any,
    plain: Any,
    plain_read: Any,
    origin: Any,
    counts: Any,
) -> int:
    """Add up, over the rows of a string array, the cells in which each identifier stands.

    What is written by one name is read by another, so that readers are compiled for one type only.

    Args:
        data: UTF-8 bytes of all rows.
        offsets: n + 1 bounds of the rows.
        weights: cells that each row stands for; 0 leaves it out.
        missing: words that say nothing: their lengths as bits, then of each its length and bytes in small letters.
        today: the legal day as YYYYMMDD.
        wanted: bits of the identifiers looked for.
        hits, work, read: as in `scan_cell`.
        plain, plain_read: room for the plain form of the longest row.
        origin: room for one number more than that.
        counts: is added to: by identifier and [whole suspected, whole confirmed, inside suspected, inside confirmed].

    Returns:
        Cells that hold nothing: blank, or one of the missing words.
    """
    nothing = 0
    for row in range(len(offsets) - 1):
        weight = weights[row]
        if weight == 0:
            continue
        lo, hi = trimmed(data, offsets[row], offsets[row + 1])
        if is_missing(data, lo, hi, missing):
            nothing += weight
            continue
        kinds, source = kinds_of(data, lo, hi), data
        if foreign(kinds, hi - lo) and may_differ(data, lo, hi, kinds):
            lo, hi = trimmed(plain_read, 0, make_plain(data, lo, hi, plain, origin))
            kinds, source = kinds_of(plain_read, lo, hi), plain_read
        single = kinds & ~ALNUM == 0 and hi - lo <= LONGEST  # one run: most set nothing off
        if single and bits_of(kinds, source, lo, hi, lo, hi) & wanted == 0:
            continue
        if kinds & DIGITS or (kinds & ALNUM and has_at(source, lo, hi)):
            count_cell(source, lo, hi, kinds, weight, today, wanted, hits, work, read, counts)
    return nothing


def count_cell(
    data: Any,
    lo: int,
    hi: int,
    kinds: int,
    weight: int,
    today: int,
    wanted: int,
    hits: Any,
    work: Any,
    read: Any,
    counts: Any,
) -> None:
    """Add one cell: of each identifier its best hit."""
    sure, weak = 0, 0  # bits of identifiers seen
    asked = wanted | SPOKEN if hi - lo >= _TEXT and kinds & ~ALNUM else wanted
    at = lo
    while at < hi:
        count, at = scan_cell(data, lo, hi, kinds, today, asked, hits, work, read, at)
        for place in range(count):
            packed, key = hits[place], hits[HITS + place]
            bit = 1 << key
            kind = WHOLE if packed >> 2 & 0x7FFFFFFF == lo and packed >> 33 == hi else INSIDE
            if kind == WHOLE and wanted & bit == 0:
                continue
            if packed & 3 == CONFIRMED and not sure & bit:
                sure |= bit
                counts[key, kind + 1] += weight
                if weak & bit:
                    counts[key, INSIDE] -= weight
            elif packed & 3 != CONFIRMED and not (sure | weak) & bit:
                weak |= bit
                counts[key, kind] += weight


def foreign(kinds: int, size: int) -> bool:
    """Tell whether a cell may hold characters with a plain form, or Chinese numerals enough for a number."""
    return kinds & FOREIGN != 0 or (kinds & HIGH != 0 and size >= 3 * FEWEST_NUMERALS)


def kinds_of(data: Any, lo: int, hi: int) -> int:
    """Return the kinds of all bytes of a cell."""
    kinds, at = 0, lo
    while at + ROOM <= hi:
        word = seven(data, at)
        if of_digits(word):
            kinds |= DIGITS
        elif all_high(word) and not any_foreign(word):
            kinds |= HIGH
        else:
            for place in range(at, at + STEP):
                kinds |= KINDS[data[place]]
        at += STEP
    for place in range(at, hi):
        kinds |= KINDS[data[place]]
    return kinds


def has_at(data: Any, lo: int, hi: int) -> bool:
    """Tell whether `@` stands in a cell."""
    for at in range(lo, hi):
        if data[at] == _AT:
            return True
    return False


def trimmed(data: Any, lo: int, hi: int) -> tuple[int, int]:
    """Return the bounds of a cell without outer blanks."""
    while lo < hi and _BLANK[data[lo]]:
        lo += 1
    while hi > lo and _BLANK[data[hi - 1]]:
        hi -= 1
    return lo, hi


def is_missing(data: Any, lo: int, hi: int, words: Any) -> bool:
    """Tell whether a cell is blank or one of some short words, whatever their case."""
    if hi - lo > 62 or not words[0] >> (hi - lo) & 1:
        return False
    at = 1
    while at < len(words):
        length = words[at]
        if length == hi - lo:
            same = True
            for place in range(length):
                byte = data[lo + place]
                if words[at + 1 + place] != byte and not (65 <= byte <= 90 and words[at + 1 + place] == byte + 32):
                    same = False
                    break
            if same:
                return True
        at += 1 + length
    return lo == hi


def number_rows(
    data: Any,
    offsets: Any,
    today: int,
    wanted: int,
    least: int,
    digits: int,
    modulus: int,
    hits: Any,
    work: Any,
    read: Any,
    plain: Any,
    plain_read: Any,
    origin: Any,
    values: Any,
) -> None:
    """Write the number of each row that is one identifier as a whole.

    Args:
        data, offsets, today, hits, work, read, plain, plain_read, origin: as in `count_rows`.
        wanted: bit of the identifier.
        least: grade from which it counts.
        digits: how many of the first digits make the number (at most 18).
        modulus: the number is taken modulo this, to leave out a prefix.
        values: of each row; left as it is where the row is none.
    """
    for row in range(len(offsets) - 1):
        lo, hi = trimmed(data, offsets[row], offsets[row + 1])
        kinds, source = kinds_of(data, lo, hi), data
        if foreign(kinds, hi - lo) and may_differ(data, lo, hi, kinds):
            lo, hi = trimmed(plain_read, 0, make_plain(data, lo, hi, plain, origin))
            kinds, source = kinds_of(plain_read, lo, hi), plain_read
        if kinds & DIGITS == 0:
            continue
        count, _ = scan_cell(source, lo, hi, kinds, today, wanted, hits, work, read, lo)
        if count == 0 or hits[0] & 3 < least or hits[0] >> 2 & 0x7FFFFFFF != lo or hits[0] >> 33 != hi:
            continue
        value, taken = 0, 0
        for at in range(lo, hi):
            if KINDS[source[at]] == DIGITS and taken < digits:
                value = value * 10 + (source[at] - 48)
                taken += 1
        values[row] = value % modulus
