"""What a declaration says of where data go; what it does not say stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kouan.clearance.assessing import declared_otherwise, open_population, setting_of
from kouan.clearance.declare import read_declaration
from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.risk import Context

PLAIN = """\
transfer: {name: t, scenario: clinical_trial, mode: enclave}
parties:
  - {role: exporter, name: 甲医院, region: cn-beijing/haidian, zone: none}
  - {role: recipient, name: B Inc, country: US}
  - {role: onward_recipient, name: C AG}
purpose: 测试
sources: [{path: a.csv, subjects: [patient]}]
"""
ASSESSED = """\
assessment:
  context: {attempt: 0.1}
  sharing: two_parties
  environment: 0.9
  measures: {multi_factor: true, destruction: false, leak_prevention: unknown}
  management: true
  secure: basic
  population: {size: 5000, table: people.csv}
"""


@pytest.fixture
def read(tmp_path):
    def run(text):
        path = tmp_path / "transfer.yaml"
        path.write_text(text, "utf-8")
        return read_declaration(path)[0]

    return run


def test_parties_give_region_country_and_recipients(read):
    setting = setting_of(read(PLAIN), None)
    assert setting.mode is ReleaseMode.ENCLAVE
    assert (setting.regions, setting.recipients) == (("cn-beijing/haidian",), 2)
    assert setting.countries is None  # that of the onward recipient is not known
    assert (
        setting.context
        is setting.environment
        is setting.management
        is setting.secure
        is setting.population.size
        is None
    )
    assert not setting.measures


def test_what_the_declaration_says_is_taken_over(read):
    setting = setting_of(read(PLAIN.replace("name: C AG", "name: C AG, country: DE") + ASSESSED), None)
    assert setting.countries == ("US", "DE")
    assert setting.context == Context(attempt=Decimal("0.1"), acquaintance=None, breach=Decimal("0.27"))
    assert (setting.sharing, setting.environment, setting.population.size) == ("two_parties", Decimal("0.9"), 5000)
    assert setting.measures == {"multi_factor": True, "destruction": False, "leak_prevention": None}
    assert (setting.management, setting.basic_security, setting.secure) == (True, None, "basic")


def test_the_population_lies_beside_the_declaration(read, tmp_path):
    (tmp_path / "people.csv").write_text("age,persons\n1,7\n", "utf-8")
    source = open_population(read(PLAIN + ASSESSED), tmp_path)
    assert source is not None
    assert setting_of(read(PLAIN + ASSESSED), source).population.table is source.entities[0]
    assert open_population(read(PLAIN), tmp_path) is None


def test_a_run_may_say_some_of_it_otherwise(read):
    said = declared_otherwise(read(PLAIN + ASSESSED), sharing="open_public", environment="0.5", size=9).assessment
    assert (said.sharing, said.environment, said.population.size, said.population.table) == (
        "open_public",
        Decimal("0.5"),
        9,
        "people.csv",
    )
    assert said.measures["multi_factor"] is True
    plain = read(PLAIN)
    assert declared_otherwise(plain, sharing=None, environment=None, size=None) is plain


@pytest.mark.parametrize(
    ("environment", "size", "code"), [("x", None, "K-RSK-004"), (None, 0, "K-RSK-006"), ("NaN", None, "K-RSK-004")]
)
def test_what_cannot_be_is_refused(read, environment, size, code):
    with pytest.raises(KouanError) as caught:
        declared_otherwise(read(PLAIN), sharing=None, environment=environment, size=size)
    assert caught.value.code == code


@pytest.mark.parametrize("line", ["environment: 0", "context: {breach: 1.5}", "measures: {multi_factor: perhaps}"])
def test_a_declaration_that_cannot_be_is_refused_with_its_line(read, line):
    with pytest.raises(KouanError) as caught:
        read(f"{PLAIN}assessment:\n  {line}\n")
    assert caught.value.code.startswith("K-MOD")
    assert ":9" in caught.value.where
