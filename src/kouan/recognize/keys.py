"""Subject keys in one normal form: exact where they are short, a keyed hash where they are long (DESIGN 4.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.persons import HASH_BYTES, by_kind, person_hashes
from kouan.recognize.cells import are_words, as_text, is_list_of_text, kind_of, normal, shape_of
from kouan.recognize.days import UNKNOWN, age_under14, as_number, read_days, under14
from kouan.recognize.identifier import CONFIRMED, SUSPECTED
from kouan.recognize.identifiers import BY_ID
from kouan.recognize.kernel.looks import NOTHING, UNSURE
from kouan.recognize.kernel.start import is_compiled, looks_of, numbers_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.time import LegalDay
    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]
    States = npt.NDArray[np.int8]

LONGEST = 64
_PROBED = 1024
"""First rows of a batch that tell whether most rows of a column have a text of their own."""
_AS_NUMBER = {"ric": (CONFIRMED, 17, 10**17), "mobile": (SUSPECTED, 18, 10**11)}
"""Grade from which a cell is one, digits of it that count (the check digit may be an X), and what cuts a prefix off."""
DOCUMENT = "doc:"
"""Begin of the kind of a key that is the number of a document, before the identifier that it must be."""
_LONGEST_NUMBER = 18
_OF_A_LIFE = {"cn.hkmo_permit": 9}
"""Characters that stay when a document is renewed."""
REFERENCE = "/ref"
"""End of the kind of a key that may be written as a reference to a record: `Patient/7` and `urn:uuid:7` are `7`."""
_REFERRING = r"(?i)^(?:urn:(?:uuid|oid):|(?:https?://\S+/)?[a-z]+/)"


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of a part of a column by their texts.

    Attributes:
        index: of each row's text, -1 where the row holds nothing.
        text: texts in normal form; where most rows have one of their own, equal ones are not put together.
        further: values beyond the first of a row, where a column holds the values that repeat inside a record.
        numbers: by kind, what `_numbers` and `days` found, once they have looked.
    """

    index: Ints
    text: Any
    further: int = 0
    numbers: dict[str, tuple[Ints, Any]] = field(default_factory=dict, repr=False)

    def days(self) -> tuple[Ints, Ints]:
        """Return first and last possible day of each text (see `read_days`)."""
        if "days" not in self.numbers:
            self.numbers["days"] = read_days(self.text, shape_of(self.text))
        return self.numbers["days"]

    def spread(self, values: Ints, valid: Bools) -> Any:
        """Return one value per row as an Arrow array, null where the row has none that is valid."""
        known = np.append(valid, False)[self.index]
        return pa.array(np.append(values, 0)[self.index], mask=~known)


def code_rows(column: Any, lexicon: Lexicon) -> Coded:
    """Return the rows of a column (`pa.Array` of any type) by their distinct texts."""
    if kind_of(column.type) == "other":
        return Coded(np.full(len(column), -1, np.int64), pa.array([], pa.string()))
    further = 0
    if is_list_of_text(column.type):  # of values that repeat in a record, the first stands for its person
        lengths = pc.list_value_length(column).fill_null(0)
        further = int(np.maximum(np.asarray(lengths, np.int64) - 1, 0).sum())
        some = pc.greater(lengths, 0)
        column = pc.list_element(pc.if_else(some, column, pa.scalar([None], column.type)), 0)
    values, index = _apart(column) if _is_mostly_distinct(column) else _together(column)
    text, empty = _normal(as_text(values), lexicon.words["missing"])
    if empty is not None:
        index[np.append(empty, True)[index]] = -1
    return Coded(index, text, further)


def _normal(text: Any, words: tuple[str, ...]) -> tuple[Any, Bools | None]:
    """Return a string array in normal form without nulls, and which rows hold nothing; None where that is no other row.

    Most columns are in normal form already: compiled, one look at their bytes says so.
    """
    text = _without_nulls(text)
    if not is_compiled(text.nbytes):
        text, _ = normal(pc.utf8_trim_whitespace(text))
        return text, are_words(text, words)
    looks, seen = looks_of(text, words)
    if not seen:
        return text, None
    empty = looks == NOTHING
    if seen & UNSURE:
        unsure = looks == UNSURE
        mask = pa.array(unsure)
        part, _ = normal(pc.utf8_trim_whitespace(text.filter(mask)))
        empty[unsure] = are_words(part, words)
        text = pc.replace_with_mask(text, mask, part)
    return text, empty


def _without_nulls(text: Any) -> Any:
    """Return a string array with empty texts for nulls: the same bytes where nulls have none."""
    if not text.null_count:
        return text
    _, offsets, data = text.buffers()
    marks = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1]
    if data is None or (np.diff(marks) * np.asarray(text.is_null())).any():
        return text.fill_null("")
    return pa.Array.from_buffers(pa.string(), len(text), [None, offsets, data], 0, text.offset)


def _is_mostly_distinct(column: Any) -> bool:
    """Tell from the first rows whether putting equal texts together would cost more than it saves."""
    if pa.types.is_dictionary(column.type):
        return False
    first = column.slice(0, _PROBED)
    return len(first) == _PROBED and len(first.unique()) > _PROBED // 2


def _apart(column: Any) -> tuple[Any, Ints]:
    """Return the rows' values as they stand, and their places."""
    index = np.arange(len(column), dtype=np.int64)
    if column.null_count:
        index[np.asarray(column.is_null())] = -1
    return column, index


def _together(column: Any) -> tuple[Any, Ints]:
    """Return the distinct values of rows, and where each row's stands; -1 of a null."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    return coded.dictionary, np.asarray(coded.indices.cast(pa.int64()).fill_null(-1), np.int64).copy()


def key_values(kind: str, rows: Coded, *, today: LegalDay, person_key: bytes) -> Any:
    """Return one key per row as an Arrow array, null where there is none.

    Args:
        kind: `ric`, `mobile` and `birth` give int64 (17 digits, subscriber number, YYYYMMDD); `doc:...` gives the
            number where it has the form and the check of that document; other kinds give text, or its keyed hash
            when it is longer than 64 bytes.
        rows: one part of the column.
        today: the legal day.
        person_key: key of the hash.
    """
    if kind.endswith(REFERENCE):
        bare = pc.replace_substring_regex(rows.text, _REFERRING, "")
        local = np.append(np.asarray(pc.starts_with(bare, "#"), np.bool_), False)[rows.index]
        # `#p1` names somebody inside its own document only: the same words elsewhere are somebody else.
        return _bounded(kind, bare, person_key).take(pa.array(rows.index, mask=(rows.index < 0) | local))
    if kind in ("ric", "mobile"):
        return rows.spread(*_numbers(kind, rows, today))
    if kind.startswith(DOCUMENT) and kind.removeprefix(DOCUMENT) in BY_ID:
        return _documents(kind.removeprefix(DOCUMENT), rows, today)
    if kind == "birth":
        first, last = rows.days()
        return rows.spread(first, (first > 0) & (first == last))
    return _bounded(kind, rows.text, person_key).take(pa.array(rows.index, mask=rows.index < 0))


def _numbers(kind: str, rows: Coded, today: LegalDay) -> tuple[Ints, Bools]:
    """Return the whole-cell numbers of resident IDs with a right check digit, or of mobile subscribers."""
    if kind not in rows.numbers:
        least, digits, modulus = _AS_NUMBER[kind]
        compiled = is_compiled(rows.text.nbytes)
        day = as_number(today)
        rows.numbers[kind] = numbers_of(
            rows.text, f"cn.{kind}", least=least, digits=digits, modulus=modulus, today=day, compiled=compiled
        )
    return rows.numbers[kind]


def _documents(identifier: str, rows: Coded, today: LegalDay) -> Any:
    """Return the numbers of documents; a cell that says `applied for` is nobody's number and must join nobody."""
    least = CONFIRMED if BY_ID[identifier].chance < 1 else SUSPECTED
    day, compiled = as_number(today), is_compiled(rows.text.nbytes)
    _, valid = numbers_of(rows.text, identifier, least=least, digits=18, modulus=10**18, today=day, compiled=compiled)
    text = by_kind(identifier, rows.text)
    length = np.asarray(pc.utf8_length(text), np.int64)
    valid &= length <= _LONGEST_NUMBER  # no machine-readable lines
    most = _OF_A_LIFE.get(identifier, _LONGEST_NUMBER)
    if (length[valid] > most).any():
        text = pc.utf8_slice_codeunits(text, 0, most)
    return text.take(pa.array(rows.index, mask=~np.append(valid, False)[rows.index]))


def _bounded(kind: str, text: Any, person_key: bytes) -> Any:
    """Return texts of at most 64 bytes as they are and longer ones as their keyed hash, so that memory is bounded."""
    text = by_kind(kind, text)
    long = np.asarray(pc.binary_length(text), np.int64) > LONGEST
    if not long.any():
        return text
    mask = pa.array(long)
    hashes = person_hashes(person_key, kind, text.filter(mask).cast(pa.binary()).to_pylist()).hex()
    names = ["\0" + hashes[at : at + 2 * HASH_BYTES] for at in range(0, len(hashes), 2 * HASH_BYTES)]
    return pc.replace_with_mask(text, mask, pa.array(names, pa.string()))


def ages(kind: str, rows: Coded, *, today: LegalDay) -> States:
    """Return per row whether its person is under 14 (see `days`), by resident ID, birth date or stated age."""
    if kind == "age":
        state = np.array([age_under14(value) for value in rows.text.to_pylist()], np.int8)
    elif kind == "ric":
        values, valid = _numbers("ric", rows, today)
        birth = values // 1000 % 100_000_000
        state = np.where(valid, under14(birth, birth, today), UNKNOWN)
    else:
        first, last = rows.days()
        state = np.where(first > 0, under14(first, last, today), UNKNOWN)
    states: States = np.append(state, UNKNOWN).astype(np.int8)[rows.index]
    return states
