"""The inventory as a workbook and as a page: what stands in them, and what never does."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from kouan.cli.inventory_out import check_out, write_inventory
from kouan.dossier.inventory_page import render_inventory
from kouan.dossier.inventory_workbook import ITEM_COLUMNS, inventory_workbook
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from tests.recognizing import given, look, mobile_of, ric_of

MADE = dt.datetime(2026, 11, 22, 1, 2, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def inventory():
    table = pa.table(
        {
            "身份证号": [ric_of(n) for n in range(30)],
            "手机": [mobile_of(n) for n in range(30)],
            "=cmd|' /C calc'!A0": ["x"] * 30,
            "<script>alert(1)</script>": ["y"] * 30,
        }
    )
    return look(given({"members": table}))


def _planted():
    return [ric_of(3), mobile_of(4)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbook_holds_each_item_with_its_origin_and_no_formula(inventory, lang):
    data = inventory_workbook(inventory, lang=lang)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == [column.of(lang) for column in ITEM_COLUMNS]
    assert [row[3] for row in rows[1:]] == [item.name for item in inventory.items]
    assert rows[1][2] == "members"
    assert ("公民身份号码 30/0" if lang == "zh" else "resident identity number 30/0") in rows[1][15]
    assert len(book.sheet_names) == 3
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "<f>" not in text
    assert not [value for value in _planted() if value in text]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_is_whole_inert_and_masked(inventory, lang):
    page = render_inventory(inventory, lang=lang, title="会员", made_at=MADE, tool="kouan 0")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "公民身份号码" in page
    assert "members" in page
    assert not [value for value in _planted() if value in page]


@pytest.mark.parametrize("ending", [".json", ".xlsx", ".html", ".csv"])
def test_ending_says_the_format(inventory, ending, tmp_path):
    out = tmp_path / f"清单{ending}"
    check_out(out, force=False)
    write_inventory(out, inventory, lang="zh", title="会员", made_at=MADE)
    assert out.stat().st_size > 500
    if ending == ".json":
        assert read_document(out, Inventory, kind="inventory") == inventory
    with pytest.raises(KouanError, match="K-CLI-004"):
        check_out(out, force=False)
    check_out(out, force=True)


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(KouanError, match="K-CLI-032"):
        check_out(tmp_path / "inventory.pdf", force=False)
