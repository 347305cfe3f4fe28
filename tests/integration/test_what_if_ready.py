"""An option that was written as a plan leads, once cleared, exactly to what was said of it."""

from __future__ import annotations

import os
import random

import pytest

from examples.build import build
from kouan.clearance.desk import Desk
from kouan.clearance.journey import clear
from kouan.clearance.readying import ready_option
from kouan.clearance.whatif import find_lighter
from kouan.clearance.workfolder import default_out
from kouan.deidentify import plan_yaml
from kouan.model.decision import DecisionPair
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.whatif import LeverKind
from kouan.recognize.treating import foresee
from tests.commands import Transfer
from tests.integration.attacking import settings_of

EXEMPT, NONE = [["exempt"]], [["not_regulated"]]


def outcomes(decision):
    return [[path.value for path in one.options] for one in decision.possible]


def verdicts(items):
    return {item.id: (item.personal, item.sensitive.value, item.meaning, item.subject) for item in items}


def values(flow):
    kinds = ("flow.persons", "flow.sensitive_persons", "flow.under14_persons")
    return {fact.name: (fact.value.lo, fact.value.hi) for fact in flow.facts if fact.name in kinds}


def carried_out(declaration, tmp_path, *, number=1):
    """Search, write an option, clear by it; return the option, what was foretold and what came."""
    settings = settings_of(tmp_path / "home")
    search = find_lighter(declaration, settings, person_key=os.urandom(32))
    ready = ready_option(search.desk, search.inventory, search.found, number, consent=search.consent)
    plan = tmp_path / "plan.yaml"
    plan.write_text(plan_yaml(ready.plan, search.inventory, "zh", notes=ready.notes("zh")), "utf-8")
    out = tmp_path / "cleared"
    clear(declaration, out, settings=settings, plan_path=plan)
    came = read_document(out / "decision.json", DecisionPair).treated
    treated = read_document(out / "inventory-treated.json", Inventory)
    return search, ready, came, treated


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    root = tmp_path_factory.mktemp("exports")
    build(root, only=("hr", "retail", "icsr"), small=True)
    return root


@pytest.mark.parametrize(("name", "wanted"), [("hr", EXEMPT), ("retail", NONE), ("icsr", NONE)])
def test_the_plan_of_an_option_leads_where_it_was_said_to(exports, tmp_path, name, wanted):
    search, ready, came, treated = carried_out(exports / name / "transfer.yaml", tmp_path)
    assert outcomes(came) == outcomes(ready.decision) == wanted
    foreseen = foresee(search.inventory, {line.item: line for line in ready.plan.lines})
    assert verdicts(foreseen) == verdicts(treated.items)
    expected = {flow.id: values(flow) for flow in ready.decision.facts.flows}
    for flow in came.facts.flows:
        for kind, (lo, hi) in values(flow).items():
            least, most = expected[flow.id][kind]
            assert least <= lo
            assert most is None or hi <= most


def test_without_its_collective_contract_staff_leaves_without_sensitive_items(exports, tmp_path):
    folder = tmp_path / "hr"
    folder.mkdir()
    for file in (exports / "hr").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    declaration = folder / "transfer.yaml"
    text = declaration.read_text("utf-8")
    declaration.write_text(text.replace("collective_contract: true", "collective_contract: false"), "utf-8")
    search, ready, came, treated = carried_out(declaration, tmp_path, number=2)
    assert {lever.kind.value for lever in ready.option.levers} == {"drop", "keep_out"}
    assert outcomes(came) == outcomes(ready.decision) == EXEMPT
    assert not any(item.sensitive.value for item in treated.items)
    assert outcomes(search.found) != EXEMPT


FLEET = """\
transfer: {name: 车队, scenario: fleet}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 车队调度分析
sources:
  - {path: trips.csv, subjects: [driver], min_age: {driver: 18}, needed: [工号, 纬度, 经度]}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts: {data.important: false, hr.cross_border_management: false}
"""


def fleet(folder):
    folder.mkdir()
    dice = random.Random(7)
    rows = [f"D-{number:05d},{dice.uniform(22, 41):.5f},{dice.uniform(100, 121):.5f}" for number in range(60)]
    (folder / "trips.csv").write_text("\n".join(["工号,纬度,经度", *rows, "D-00060,无,39904211"]) + "\n", "utf-8")
    (folder / "transfer.yaml").write_text(FLEET, "utf-8")
    return folder / "transfer.yaml"


def test_rough_coordinates_are_offered_before_none_and_found_so_on_the_treated_data(tmp_path):
    declaration = fleet(tmp_path / "fleet")
    search, ready, came, treated = carried_out(declaration, tmp_path)
    kinds = [sorted({lever.kind.value for lever in one.levers}) for one in search.found.alternatives]
    assert kinds[0] == ["treat"]
    assert ready.option.cost.items == 0
    assert ready.option.cost.coarser == 2
    assert outcomes(came) == outcomes(ready.decision) == EXEMPT
    rough = [item for item in treated.items if item.meaning == "location"]
    assert len(rough) == 2
    assert all(item.personal and item.sensitive.value is False for item in rough)
    staged = (tmp_path / "cleared" / "staged" / "trips.csv").read_text("utf-8")
    assert ">=180" in staged
    assert "39904211" not in staged


def test_an_option_that_tells_persons_apart_is_not_written_as_a_plan(tmp_path):
    transfer = Transfer.lay(tmp_path / "hr")
    transfer.declare("  hr.collective_contract: true", "  hr.collective_contract: false")
    search = find_lighter(transfer.declaration, settings_of(tmp_path / "home"), person_key=os.urandom(32))
    some = search.found.levers[0].model_copy(update={"kind": LeverKind.KEEP_OUT, "target": "employee:children"})
    option = search.found.alternatives[0].model_copy(update={"levers": (some,)})
    found = search.found.model_copy(update={"alternatives": (option,)})
    for number, code in ((1, "K-CLR-082"), (9, "K-CLR-081")):
        with pytest.raises(KouanError) as refused:
            ready_option(search.desk, search.inventory, found, number)
        assert refused.value.code == code


def test_data_are_read_again_unless_a_clearance_of_just_them_lies_beside(tmp_path, monkeypatch):
    transfer, settings = Transfer.lay(tmp_path / "hr"), settings_of(tmp_path / "home")
    read = []
    inspect = Desk.inspect
    monkeypatch.setattr(Desk, "inspect", lambda *words, **given: read.append(1) or inspect(*words, **given))

    def search():
        read.clear()
        find_lighter(transfer.declaration, settings, person_key=os.urandom(32))
        return len(read)

    assert search() == 1
    out = default_out(transfer.declaration)
    clear(transfer.declaration, out, settings=settings)
    assert search() == 0
    inventory = out / "inventory.json"
    kept = inventory.read_bytes()
    inventory.write_bytes(kept + b"\n")
    assert search() == 1
    inventory.write_bytes(kept)
    transfer.data.write_text(transfer.data.read_text("utf-8").replace("10417", "10418"), "utf-8")
    assert search() == 1
