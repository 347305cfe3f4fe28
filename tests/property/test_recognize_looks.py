"""Texts of keys are brought into their normal form alike by one look at their bytes and by going over all of them."""

from __future__ import annotations

import sys
import unicodedata
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.recognize import keys
from kouan.recognize.cells import ODD, shape_of, view
from kouan.recognize.kernel.looks import UNSURE, look_rows
from kouan.recognize.kernel.start import _folded, looks_of
from kouan.recognize.keys import code_rows
from kouan.recognize.lexicon import load_lexicon

_LEXICON = load_lexicon()
_WORDS = _LEXICON.words["missing"]
_AROUND = (" ", "\u200b", "\u0301", "\u3000", "\x1f", "\uff11", "无", "张", "7", "nA", "x" * 9, "\n", "＿")
pieces = st.sampled_from((*_WORDS, *(word.upper() for word in _WORDS), *_AROUND)) | st.text(max_size=3)
cells = st.none() | st.lists(pieces, max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(cells, max_size=12), st.integers(0, 5))
def test_normal_forms(values: list[str | None], start: int) -> None:
    column = pa.array(values, pa.string()).slice(start)
    found = {}
    for compiled in (False, True):
        with patch.object(keys, "is_compiled", return_value=compiled):
            coded = code_rows(column, _LEXICON)
        index = coded.index.tolist()
        found[compiled] = [coded.text[at].as_py() if at >= 0 else None for at in index]
    assert found[True] == found[False]


@settings(max_examples=150, deadline=None)
@given(st.lists(cells.filter(bool), max_size=12))
def test_looks_compiled_are_those_of_the_plain_run(values: list[str]) -> None:
    text = pa.array(values, pa.string())
    data, offsets = view(text)
    plain = [0] * len(values)
    seen = look_rows(data.tobytes(), offsets.tolist(), _folded(_WORDS).tolist(), plain)
    looks, all_seen = looks_of(text, _WORDS)
    assert looks.tolist() == plain
    assert all_seen == seen


@pytest.mark.parametrize("form", ["{}", "a{}", "abcdefgh{}ijklmnop"])
def test_every_character_that_the_normal_form_may_change_is_seen(form: str) -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}]
    text = pa.array([form.format(letter) for letter in letters])
    looks, _ = looks_of(text, _WORDS)
    assert (((shape_of(text) & ODD) == 0) | (looks == UNSURE)).all()
    blank = np.array([value != value.strip() for value in text.to_pylist()])
    assert (~blank | (looks == UNSURE)).all()


def test_what_stands_under_nulls_is_not_read() -> None:
    hidden = pa.array(["ab", "张三", "c"])
    column = pa.Array.from_buffers(pa.string(), 3, [pa.py_buffer(b"\x05"), *hidden.buffers()[1:]])
    for compiled in (False, True):
        with patch.object(keys, "is_compiled", return_value=compiled):
            coded = code_rows(column, _LEXICON)
        assert coded.index.tolist()[1] == -1
        assert "张三" not in coded.text.to_pylist()
