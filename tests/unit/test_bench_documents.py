"""The large files that the benchmark of formats reads: whole, well-formed, made of what they should be."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from bench import documents
from bench.measure import BenchError
from kouan import open_source


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(documents, "SIZE", 20_000)


def test_reports_are_joined_in_one_batch(tmp_path):
    cases = tmp_path / "cases"
    cases.mkdir()
    mark = "\ufeff"
    for name, text in (("a", mark), ("b", "")):
        one = f"{text}<r><h/><PORR_IN049016UV><id>{name}</id></PORR_IN049016UV></r>"
        (cases / f"{name}.xml").write_text(one, encoding="utf-8")
    documents.write_reports(cases, tmp_path / "all.xml")
    root = ET.fromstring((tmp_path / "all.xml").read_bytes())
    assert [child.findtext("id") for child in root][:4] == [None, "a", "b", "a"]
    assert (tmp_path / "all.xml").stat().st_size >= 20_000


def test_bundle_holds_patients_and_what_refers_to_them(tmp_path):
    documents.write_bundle(tmp_path / "all.json")
    entries = json.loads((tmp_path / "all.json").read_bytes())["entry"]
    assert entries[1]["resource"]["subject"]["reference"] == f"Patient/{entries[0]['resource']['id']}"


def test_table_repeats_whole_rows(tmp_path):
    from examples.build import build

    build(tmp_path, only=("trial",), small=True)
    path = max((tmp_path / "trial").glob("*.xpt"), key=lambda one: one.stat().st_size)
    data = path.read_bytes()
    (entity,) = open_source(path, name="a.xpt").entities
    body = len(data) - data.index(b"OBS     HEADER") - 80 + 20
    row = body // entity.rows
    documents.write_table(path, tmp_path / "all.xpt", row_bytes=row, rows=entity.rows)
    (larger,) = open_source(tmp_path / "all.xpt", name="a.xpt").entities
    assert larger.rows % entity.rows == 0
    with pytest.raises(BenchError):
        documents.write_table(path, tmp_path / "bad.xpt", row_bytes=row, rows=1)
