"""Bytes are taken for UTF-8 exactly when Python decodes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouan.formats.tree.document import is_utf8


def _decodes(raw):
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.one_of(st.binary(max_size=40), st.text().map(str.encode), st.lists(st.sampled_from(
    [b"a", b"\xed\xa0\x80", b"\xed\x9f\xbf", b"\xc0\x80", b"\xe0\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf0\x9f", b"\x00"]
)).map(b"".join)))  # fmt: skip
def test_utf8_is_what_python_decodes(raw):
    assert is_utf8(raw) is _decodes(raw)


@pytest.mark.parametrize("raw", [b"", b"\x00", b"a" * 100 + b"\xff", "口岸".encode() * 40])
def test_edges(raw):
    assert is_utf8(raw) is _decodes(raw)
