"""Drawings are told by their first bytes, and no table is taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kouan.formats.detect import detect
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from pathlib import Path

_HEADS = {
    "DWG": b"AC1032\x00\x00\x00\x00\x00\x02\x01",
    "DXF": b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n",
    "STEP": b"ISO-10303-21;\nHEADER;\n",
    "STL": b"solid part\n  facet normal 0 0 1\n",
    "Gerber": b"G04 a board*\n%FSLAX26Y26*%\n%MOMM*%\n",
}


@pytest.mark.parametrize("name", _HEADS)
def test_a_drawing_is_named_as_what_it_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(_HEADS[name])
    with pytest.raises(KouanError) as refused:
        detect(path)
    assert refused.value.code == "K-FMT-005"
    assert f"图纸或设计文件（{name}）" in refused.value.what.zh


@pytest.mark.parametrize("head", [b"AC1032,b\n1,2\n", b"0\n1\n2\n", b"solid,liquid\n1,2\n", b"G04,G05\n1,2\n"])
def test_a_table_is_no_drawing(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(head)
    assert detect(path) == "csv"
