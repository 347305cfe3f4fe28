"""The bundled declarations parse, name columns that exist, and leave nothing unanswered."""

from __future__ import annotations

import csv

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from examples.build import EXAMPLES, build, declaration
from examples.people import TODAY
from kouan.model import strictyaml
from kouan.model.declaration import Basis, Declaration, PartyRole

NAMES = [example.name for example in EXAMPLES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("examples")
    build(out, small=True)
    return out


def parsed(name):
    return strictyaml.parse(Declaration, declaration(name), f"{name}/transfer.yaml", "declaration")


def columns(path):
    if path.suffix == ".parquet":
        return set(pq.read_schema(path).names)
    book = CalamineWorkbook.from_path(path)
    return {name for sheet in book.sheet_names for name in book.get_sheet_by_name(sheet).to_python()[0]}


@pytest.mark.parametrize("name", NAMES)
def test_declared_sources_and_columns_exist(name, folder):
    for source in parsed(name).sources:
        assert (folder / name / source.path).exists()
        assert source.subjects
        if source.needed is not None:
            names = columns(folder / name / source.path)
            assert set(source.needed) < names
            assert set(source.items) <= names


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_answered_and_the_parties_are_whole(name):
    declared = parsed(name)
    assert None not in declared.facts.values()
    assert declared.facts.keys() >= parsed("hr").facts.keys()
    exporter, recipient = declared.parties_as(PartyRole.EXPORTER)[0], declared.parties_as(PartyRole.RECIPIENT)[0]
    assert exporter.ciio is False
    assert uscc.is_valid(exporter.uscc)
    assert recipient.country not in {None, "CN"}
    assert recipient.contact.endswith("@example.com")
    assert declared.year_to_date.as_of == TODAY


def test_reports_are_declared_as_a_folder_on_a_legal_duty(folder):
    declared = parsed("icsr")
    (source,) = declared.sources
    assert [path.suffix for path in (folder / "icsr" / source.path).iterdir()] == [".xml"] * 6
    assert declared.transfer.scenario == "pharmacovigilance"
    assert declared.transfer.standing
    assert declared.basis == (Basis.LEGAL_DUTY,)
    assert source.subjects == ("patient", "reporter")


def test_trial_rests_on_a_ledger_that_fits_its_data(folder):
    declared = parsed("trial")
    with (folder / "trial" / declared.consent.ledger).open(encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    named = declared.consent.columns.model_dump(exclude_unset=True)
    assert {declared.consent.key.column, *named.values()} == set(entries[0])
    assert {entry[named["purpose"]] for entry in entries} == {declared.purpose}
    assert {entry[named["recipient"]] for entry in entries} == {
        party.name for party in declared.parties_as(PartyRole.RECIPIENT)
    }
    names = [path.stem for path in sorted((folder / "trial").glob("*.xpt"))]
    assert sorted(source.path for source in declared.sources) == [f"{name}.xpt" for name in names]
    assert sorted(declared.consent.key.matches) == [f"{name}.xpt!{name}#USUBJID" for name in names]


def test_light_declaration_needs_nothing_that_names_a_person():
    (source,) = parsed("retail-light").sources
    assert not {"member_id", "order_id", "备注"} & set(source.needed)


def test_hr_declaration_needs_nothing_of_the_children(folder):
    (source,) = parsed("hr").sources
    book = CalamineWorkbook.from_path(folder / "hr/employees.xlsx")
    children = set(book.get_sheet_by_name("家属").to_python()[0])
    assert not children & set(source.needed)


@pytest.mark.parametrize("name", NAMES)
def test_declarations_are_explained_in_chinese(name):
    lines = declaration(name).splitlines()
    comments = [line for line in lines if "#" in line]
    assert len(comments) > 5
    assert lines[0].startswith("# 出境填报")
