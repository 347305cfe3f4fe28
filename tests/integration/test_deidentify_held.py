"""Records held back vanish from documents with all that stands in them, also where no item of theirs leaves."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from examples.build import build
from kouan.deidentify import apply_plan, make_plan
from kouan.formats import ReadOptions, open_source
from kouan.model.declaration import SourceSpec
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.packs import load_sectors
from kouan.recognize import SourceInput, inspect
from tests.declarations import decision, declaration
from tests.keystore import MemoryKeyStore

SECTORS = load_sectors()
OPTIONS = ReadOptions(shapes=tuple(one.schema.tree for one in SECTORS if one.schema.tree is not None))
NUMBER = "controlActProcess/subject/investigationEvent/id(2.16.840.1.113883.3.989.2.1.3.1)/@extension"


class Holding:
    """Holds one case back."""

    def __init__(self, number):
        self.number = number

    def columns(self, _source, entity):
        return (NUMBER,) if entity == "case" else ()

    def keep(self, _source, entity, batch):
        return pc.not_equal(batch.column(NUMBER), self.number) if entity == "case" else None


@pytest.mark.parametrize("dropped", [(), ("case",), ("reporter",), ("case", "sender")])
def test_a_case_held_back_takes_its_reporters_and_its_file_with_it(tmp_path, dropped):
    build(tmp_path, only=("icsr",), small=True)
    source = open_source(tmp_path / "icsr" / "cases", name="cases/", options=OPTIONS)
    given = SourceInput(SourceSpec(path="cases/", subjects=("patient", "reporter")), source, SECTORS)
    found = inspect([given], as_of=dt.date(2026, 11, 22), person_key=b"k" * 32, threads=2)
    plan = make_plan(found, decision(), declaration({"cases/": None}), SECTORS)
    lines = tuple(
        line.model_copy(update={"action": Action.DROP, "params": {}})
        if split_item_id(line.item)[1] in dropped
        else line
        for line in plan.lines
    )
    (case,) = [entity for entity in source.entities if entity.name == "case"]
    numbers = pa.chunked_array([batch.column(0) for batch in case.batches([NUMBER])]).to_pylist()
    held = numbers[3]  # a first report and its follow-up
    treatment = apply_plan(
        plan.model_copy(update={"lines": lines}),
        [source],
        found,
        keys=MemoryKeyStore(),
        out=tmp_path / "out",
        threads=2,
        hold=Holding(held),
    )
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.xml")}
    assert len(files) == len(numbers) - numbers.count(held) == 4
    assert not [name for name, data in files.items() if held.encode() in data or held in name]
    assert treatment.held == numbers.count(held)
    case_items = [one for one in treatment.items if split_item_id(one.item)[1] == "case"]
    assert all(one.changed <= one.cells for one in case_items)
