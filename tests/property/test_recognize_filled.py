"""Rows that hold something are told by how they begin as they are by their normal form."""

from __future__ import annotations

import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.recognize.filled import filled_rows
from kouan.recognize.keys import code_rows
from kouan.recognize.lexicon import load_lexicon

_LEXICON = load_lexicon()
_WORDS = _LEXICON.words["missing"]
_AROUND = (
    "",
    " ",
    "\u200b",
    "\u0301",
    "\u3000",
    "\ufeff",
    "\u00ad",
    "\uff0d",
    "无",
    "张",
    "7",
    "nA",
    "-",
    "\n",
    "?",
    "￥",
)
pieces = st.sampled_from((*_WORDS, *(word.upper() for word in _WORDS), *_AROUND)) | st.text(max_size=3)
cells = st.none() | st.lists(pieces, max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(cells, max_size=12), st.integers(0, 5))
def test_rows_that_hold_something(values: list[str | None], start: int) -> None:
    for type_ in (pa.string(), pa.large_string()):
        column = pa.array(values, type_).slice(start)
        expected = [code_rows(column.slice(row, 1), _LEXICON).index[0] >= 0 for row in range(len(column))]
        assert filled_rows(column, _LEXICON).tolist() == expected


@pytest.mark.parametrize("form", ["{}", "{}a", "{}\u0301", "{}\u3099", "{}张", "a{}", "无{}", "-{}", "张{}"])
def test_every_character_there_is(form: str) -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}]
    column = pa.array([form.format(letter) for letter in letters])
    assert (filled_rows(column, _LEXICON) == (code_rows(column, _LEXICON).index >= 0)).all()


def test_other_columns() -> None:
    for values in ([1, None, 3], [["a", "b"], [], None, ["无"]], [None, None], [], [True, None]):
        column = pa.array(values)
        assert filled_rows(column, _LEXICON).tolist() == (code_rows(column, _LEXICON).index >= 0).tolist()
    column = pa.array(["无", "张", None, "a", "无"]).dictionary_encode()
    assert filled_rows(column, _LEXICON).tolist() == [False, True, False, True, False]
