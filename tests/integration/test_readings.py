"""A reading that the exporter adopts: in the decision, in every replay, and said in the report."""

from __future__ import annotations

import json

import pytest

from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from tests.commands import Transfer, kouan


@pytest.fixture(scope="module")
def transfer(tmp_path_factory):
    made = Transfer.lay(tmp_path_factory.mktemp("readings"))
    made.declare("hr.collective_contract: true", "hr.collective_contract: false")
    return made


def _decided(transfer):
    done = kouan("decide", transfer.declaration, "--json", home=transfer.home)
    return done.returncode, json.loads(done.stdout)


def test_without_it_the_default_is_taken_and_the_point_is_shown_as_open(transfer):
    _, decision = _decided(transfer)
    assert decision["adopted"] == {}
    assert [(one["id"], one["chosen"], one["adopted"]) for one in decision["open_points"]] == [("a3", "both", False)]


def test_an_adopted_reading_decides_survives_the_replay_and_is_named(transfer):
    with transfer.declaration.open("a", encoding="utf-8") as file:
        file.write("readings: {a3: either}\n")
    status, decision = _decided(transfer)
    assert status == 0
    assert [outcome["options"] for outcome in decision["possible"]] == [["exempt"]]
    assert decision["adopted"] == {"a3": "either"}
    assert kouan(*transfer.clear, home=transfer.home).returncode == 0
    assert not verify_folder(transfer.out, TrustStore.of_home(transfer.home)).problems
