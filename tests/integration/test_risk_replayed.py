"""Verdicts on a cleared example: shown, sealed, and measured again by whoever verifies the folder."""

from __future__ import annotations

import json
import shutil

import pytest

from examples.build import build
from kouan.clearance.assessing import setting_of
from kouan.clearance.declare import read_declaration
from kouan.clearance.journey import clear
from kouan.clearance.opening import open_staged
from kouan.clearance.ownlaw import KnownLaw
from kouan.clearance.verify import verify_folder
from kouan.deidentify import read_plan
from kouan.engine.threads import Threads
from kouan.evidence import TrustStore
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.model.treatment import Treatment
from kouan.packs import builtin_root, load_sectors
from kouan.packs.thresholds import read_thresholds
from kouan.risk import judged, measure_tables
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again, settings_of

RULES = ["gbt-42460", "gbt-39725", "beijing-health", "tc609-evaluation", "tc609-guide", "ema-0070", "hipaa-safe-harbor"]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("risk")
    build(folder / "exports", only=("hr",), small=True)
    clear(folder / "exports/hr/transfer.yaml", folder / "hr", settings=settings_of(folder / "home"))
    return folder


def problems(folder, root):
    return [one.code for one in verify_folder(folder, TrustStore.of_home(root / "home")).problems]


def changed(root, name, change):
    """Return a copy whose risk.json says something else, under a seal of the same key."""
    folder = copied(root / "hr", root / name)
    path = folder / "risk.json"
    document = json.loads(path.read_text("utf-8"))
    change(document["body"])
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(folder, root / "home")
    return folder


def test_the_report_holds_every_verdict_before_and_after(root):
    report = read_document(root / "hr" / "risk.json", RiskReport)
    assert report.thresholds is not None
    for view in (report.before, report.after):
        assert [one.rule for one in view.verdicts] == RULES
        assert all(table.uniques is not None and table.effects for table in view.tables if table.quasi)
    page = (root / "hr" / "report.html").read_text("utf-8")
    assert all(verdict.why.zh in page for verdict in report.after.verdicts)


def test_what_was_sealed_is_measured_again(root):
    assert problems(root / "hr", root) == []


def lighter_table(body):
    body["after"]["tables"][0]["k"] += 5


def lighter_verdict(body):
    body["after"]["verdicts"][0]["outcome"] = "pass"


def lighter_grade(body):
    body["after"]["grade"]["grade"] = 4


def no_table(body):
    body["after"]["tables"] = []


@pytest.mark.parametrize("change", [lighter_table, lighter_verdict, lighter_grade, no_table])
def test_a_lighter_risk_under_a_good_seal_is_found(root, change):
    assert problems(changed(root, change.__name__, change), root) == ["K-CLR-140"]


def by(root, name, old, new, change=lambda body: None):
    """Return a copy judged by other thresholds, all of it made to fit, under a seal of the same key."""
    folder = copied(root / "hr", root / name)
    path = folder / "packs/risk-thresholds.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    rules = read_thresholds(path)
    setting = settings_of(root / "home")
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    treated = read_document(folder / "inventory-treated.json", Inventory)
    treatment = read_document(folder / "treatment.json", Treatment)
    plan = read_plan((folder / "plan.yaml").read_text("utf-8"), "plan.yaml")
    where = setting_of(declaration, None, plan.lines, rules)
    sources = open_staged(treatment, folder / "staged", declaration, load_sectors())
    tables = measure_tables(sources, treated, where, engine=Threads(setting.threads), thresholds=rules)
    view = judged(tables, treated, where, rules)
    document = json.loads((folder / "risk.json").read_text("utf-8"))
    document["body"] |= {"thresholds": rules.edition, "after": view.model_dump(mode="json")}
    change(document["body"])
    (folder / "risk.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(folder, root / "home")
    return folder


STRICT, LOOSE = "complete: {k: 50, l: 5, t: 0.05}", "complete: {k: 1, l: 1, t: 1}"


def test_thresholds_of_its_maker_that_change_a_verdict_do_not_pass(root):
    folder = by(root, "loose", STRICT, LOOSE)
    (problem,) = verify_folder(folder, TrustStore.of_home(root / "home")).problems
    assert problem.code == "K-CLR-249"
    assert problem.what.en.endswith("differ: tc609-guide")
    assert "rules of its maker (risk-thresholds 1.0.0 sha256:" in problem.what.en


def test_thresholds_of_its_maker_that_change_nothing_are_named_loudly(root):
    folder = by(root, "renamed", "version: 1.0.0", "version: 9.9.9")
    found = verify_folder(folder, TrustStore.of_home(root / "home"))
    assert found.problems == ()
    assert found.foreign_thresholds.startswith("risk-thresholds 9.9.9 ")
    said = kouan("verify", folder, home=root / "home")
    assert said.returncode == 0
    assert "measured by rules of its maker (risk-thresholds 9.9.9" in " ".join(said.stdout.split())


def test_an_edition_that_the_verifier_got_elsewhere_is_known(root, tmp_path):
    folder = by(root, "known", STRICT, LOOSE)
    edition = tmp_path / "packs"
    shutil.copytree(builtin_root().parent, edition)
    shutil.copy(folder / "packs/risk-thresholds.yaml", edition / "standards")
    assert verify_folder(folder, TrustStore.of_home(root / "home"), KnownLaw.of(edition)).problems == ()


def test_verdicts_follow_from_the_thresholds_in_the_folder_whoever_made_them(root):
    assert problems(by(root, "lies", "version: 1.0.0", "version: 9.9.9", lighter_verdict), root) == ["K-CLR-140"]


def test_an_edition_that_nobody_has_leaves_only_the_outcomes_to_compare(root):
    def older(body):
        body["thresholds"] = "risk-thresholds 0.9.0 sha256:00"

    def without(name, *changes):
        folder = copied(root / "hr", root / name)
        (folder / "packs/risk-thresholds.yaml").unlink()
        document = json.loads((folder / "risk.json").read_text("utf-8"))
        for change in changes:
            change(document["body"])
        (folder / "risk.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        seal_again(folder, root / "home")
        return folder

    assert problems(without("older", older), root) == []
    assert problems(without("older-lighter", older, lighter_verdict), root) == ["K-CLR-249"]
    assert problems(without("older-fewer", older, lighter_table), root) == ["K-CLR-140"]


def test_assess_says_it_in_words_and_for_machines(tmp_path):
    transfer = Transfer.lay(tmp_path)
    said = kouan("assess", transfer.declaration, "--all", home=transfer.home)
    assert said.returncode == 0, said.stderr
    assert "verdicts side by side" in said.stdout
    assert "GB/T 42460-2023, annex D (in force, confidence M)" in said.stdout
    found = kouan("assess", transfer.declaration, "--json", "--population", 1000, home=transfer.home)
    view = json.loads(found.stdout)
    assert [one["rule"] for one in view["verdicts"]] == RULES
    assert view["tables"][0]["population_uniques"]["size"] == 1000
    refused = kouan("assess", transfer.declaration, "--sharing", "moon", home=transfer.home)
    assert refused.returncode == 2
    assert "K-RSK-003" in refused.stderr


@pytest.mark.parametrize("change", [{"role": "other"}, {"personal": False}], ids=str)
def test_an_item_that_became_lighter_by_a_word_under_a_good_seal_is_found(root, change):
    folder = copied(root / "hr", root / f"inventory-{next(iter(change))}")
    path = folder / "inventory-treated.json"
    document = json.loads(path.read_text("utf-8"))
    item = next(one for one in document["body"]["items"] if one["role"] == "quasi_identifier")
    item |= change
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(folder, root / "home")
    found = verify_folder(folder, TrustStore.of_home(root / "home")).problems
    assert "K-CLR-211" in [one.code for one in found]
    assert item["id"] in next(one for one in found if one.code == "K-CLR-211").what.en
