"""What published files of four sector standards hold, item by item, as it was checked by hand.

The lists name every path that identifies somebody directly, that is a quasi-identifier or a sensitive attribute; what
they do not name must be of a kind that tells of nobody. No value of the files stands in them.
"""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from kouan.formats import ReadOptions, open_source
from kouan.model.declaration import SourceSpec
from kouan.model.items import split_item_id
from kouan.packs import load_sectors
from kouan.recognize import SourceInput, inspect

HERE = Path(__file__).parent / "sector"
SECTORS = load_sectors()
OPTIONS = ReadOptions(shapes=tuple(one.schema.tree for one in SECTORS if one.schema.tree is not None))
FILES = {
    "e2b": "icsr_e2b_r3/*.xml",
    "sdtm": "cdisc_sdtm_xpt/*.xpt",
    "odm": "cdisc_odm/*.xml",
    "fhir": "fhir/*.json",
}
PERSONS = {
    "e2b": {"patient": (4, 4), "reporter": (1, 5), "sender": (2, 5)},
    "sdtm": {"participant": (306, 306)},
    "odm": {"participant": (7, 7), "investigator": (2, 2)},
    "fhir": {"patient": (12, 12), "practitioner": (102, 102)},
}
"""Cases share numbers (five messages, four cases); subjects, patients and practitioners were counted by their keys."""
HARMLESS = {"code", "text", "date", "number", "amount", "age_unit", "case_number", "free_text"}
"""Meanings that an item may have which no list names; free text is judged by itself."""


@pytest.fixture(scope="module", params=FILES)
def group(request, samples):
    inputs = [
        SourceInput(SourceSpec(path=path.name), open_source(path, name=path.name, options=OPTIONS), SECTORS)
        for path in sorted((samples / "samples").glob(FILES[request.param]))
    ]
    inventory = inspect(inputs, as_of=dt.date(2026, 11, 22), person_key=b"k" * 32, threads=2)
    return request.param, inventory


def test_every_item_has_the_verdict_that_a_reader_gave_it(group):
    name, inventory = group
    found: dict[str, dict[str, set[str]]] = {}
    for item in inventory.items:
        role = item.role.partition("_")[0]
        table = found.setdefault(split_item_id(item.id)[1], {})
        if role != "other":
            table.setdefault(role, set()).add(item.name)
    listed = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    wanted = {table: {role: set(paths) for role, paths in roles.items()} for table, roles in listed.items()}
    assert found == wanted


def test_what_no_list_names_tells_of_nobody(group):
    _, inventory = group
    for item in inventory.items:
        if item.role == "other" and item.personal is not False:
            assert item.meaning in HARMLESS, item.id
        if item.meaning in ("health", "narrative"):
            assert item.sensitive.value is True, item.id


def test_every_item_is_understood_by_its_standard(group):
    name, inventory = group
    unknown = {item.id for item in inventory.items if not item.element}
    assert unknown == set(), name


def test_persons_are_counted_exactly_where_the_standard_numbers_them(group):
    name, inventory = group
    counted = {one.subject: (one.persons.lo, one.persons.hi) for one in inventory.persons}
    assert counted == PERSONS[name]
