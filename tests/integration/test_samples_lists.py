"""Lists in the shape of the official ones, built from recorded facts, are drafted with the same thresholds and fields."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.formats.printed.read import read_printed
from kouan.model import strictyaml
from kouan.packs.drafting import draft_list
from kouan.packs.drafting.numbers import plain
from tests import printed_lists

WRITERS = {
    "html": printed_lists.write_html,
    "docx": printed_lists.write_docx,
    "xlsx": printed_lists.write_xlsx,
}


@pytest.fixture(scope="module", params=["shanghai", "zhejiang"])
def reference(request, samples):
    path = samples.parent / "reference" / f"negative-list-{request.param}-2024.yaml"
    if not path.is_file():
        pytest.skip(f"beside KOUAN_SAMPLES there is no reference/{path.name}: the list was NOT tried")
    return strictyaml.load(path.read_text("utf-8"), path.name).value


@pytest.mark.parametrize("kind", WRITERS)
def test_a_list_is_drafted_as_it_is_printed(reference, kind, tmp_path):
    path = tmp_path / f"list.{kind}"
    WRITERS[kind](path, printed_lists.printed(reference))
    draft = draft_list(read_printed(path), name="t-1", title=None, start=dt.date(2025, 1, 1))
    assert draft.unread == []
    body = draft.body
    records = [one for one in reference["records"] if one.get("entry_no") and one["table"]]
    sectors = {one["id"]: one["label"]["zh"] for one in body["sectors"]}
    scenarios = {one["id"]: one["label"]["zh"] for one in body["scenarios"]}
    sets = {one["id"]: one for one in body["field_sets"]}
    wanted_sets = {one["id"]: one for one in reference["field_sets"]}
    assert len(body["entries"]) == len(records)
    for entry, record in zip(body["entries"], records, strict=True):
        assert (entry["number"], entry["table"]) == (record["entry_no"], record["table"])
        assert sectors[entry["sector"]] == plain(record["sector_zh"])
        assert entry.get("important", False) == (record["kind"] == "important_data")
        assert entry.get("bands", []) == [_band(one) for one in record.get("any_of", [])]
        assert entry.get("residual", False) == (record.get("applies_to") == "rest")
        named = [name for key in entry.get("fields", []) for name in _names(sets[key]["fields"])]
        expected = [name for key in record.get("field_sets", []) for name in _names(wanted_sets[key]["items"])]
        assert sorted(set(named)) == sorted(set(expected))
        if "场景名称" in reference["list"]["entry_columns_zh"]:
            assert [scenarios[one] for one in entry["scenarios"]] == [plain(one) for one in record["scenario_zh"]]


def _band(one):
    found = {"counter": one["counter"], "at_least": one.get("ge"), "below": one.get("lt")}
    return {key: value for key, value in found.items() if value is not None}


def _names(fields):
    return [plain(one["zh"]) for one in fields]
