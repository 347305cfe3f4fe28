"""The HR example through the gate of necessity: what nobody justifies stays here, or the exemption and the release go."""

from __future__ import annotations

import json

import pytest

from examples.build import build
from kouan.clearance.journey import clear
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.decision import DecisionPair, Pathway
from kouan.model.errors import KouanError
from kouan.model.facts import FactSource
from kouan.model.files import read_document
from kouan.model.necessity import ItemStanding, Necessity, Standing
from tests.commands import DECLARATION, kouan
from tests.integration.attacking import copied, seal_again, settings_of

ETHNICITY = "employees.xlsx!员工#民族"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("necessity")
    build(folder / "exports", only=("hr",), small=True)
    clear(folder / "exports/hr/transfer.yaml", folder / "hr", settings=settings_of(folder / "home"))
    return folder


def _declared(root, name, *pairs):
    """Return a variant of the declaration beside the data."""
    text = (root / "exports/hr/transfer.yaml").read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path = root / "exports/hr" / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


def _cleared(root, name, *pairs, plan=None):
    out = root / name
    if not out.exists():
        settings = settings_of(root / "home")
        clear(_declared(root, name, *pairs), out, settings=settings, plan_path=plan)
    return out


def _kept(root):
    """Return a clearance whose edited plan keeps what the purpose does not need."""
    text = (root / "hr/plan.yaml").read_text("utf-8")
    at = text.index(f'"{ETHNICITY}"')
    plan = root / "edited.yaml"
    plan.write_text(text[:at] + text[at:].replace("action: drop", "action: keep", 1), "utf-8")
    return _cleared(root, "kept", plan=plan)


def _necessity(folder):
    return read_document(folder / "necessity.json", Necessity)


def _treated(folder):
    return read_document(folder / "decision.json", DecisionPair).treated


def _employee(folder):
    return next(flow for flow in _treated(folder).flows if flow.id == "employee")


def _fact(folder, name):
    return next(fact for fact in _treated(folder).facts.facts if fact.name == name)


def _problems(root, folder):
    return {one.code for one in verify_folder(folder, TrustStore.of_home(root / "home")).problems}


def test_the_example_passes_with_its_reasons(root):
    found = _necessity(root / "hr")
    assert found.standing is Standing.PASSED
    left = {one.name for one in found.items if one.standing is ItemStanding.UNJUSTIFIED}
    assert {"民族", "婚姻状况", "家庭住址", "家属姓名", "紧急联系人"} <= left
    assert not any(one.leaves for one in found.items if one.standing is ItemStanding.UNJUSTIFIED)
    assert _employee(root / "hr").options == (Pathway.EXEMPT,)
    assert _problems(root, root / "hr") == set()


def test_a_condition_that_nobody_confirms_stays_open_and_the_exemption_stands_on_the_declared_word(root):
    folder = _cleared(root, "unconfirmed", ("    学历: ", "    # "))
    assert (_necessity(folder).standing, [one.name for one in _necessity(folder).unanswered]) == (
        Standing.OPEN,
        ["学历"],
    )
    assert _fact(folder, "hr.necessary").source is FactSource.DECLARED


def test_what_lies_outside_is_dropped_even_where_it_is_listed_as_needed(root):
    folder = _cleared(root, "listed", ("needed: [工号,", "needed: [民族, 工号,"))
    assert ETHNICITY not in {item.item for item in _necessity(folder).items if item.leaves}
    assert "民族" not in (folder / "staged/employees.xlsx").name
    assert _employee(folder).options == (Pathway.EXEMPT,)


def test_a_reason_lets_it_leave(root):
    pairs = (
        ("needed: [工号,", "needed: [民族, 工号,"),
        ("    学历: ", "    民族: 总部所在地法律要求按民族统计\n    学历: "),
    )
    folder = _cleared(root, "justified", *pairs)
    found = {one.item: one for one in _necessity(folder).items}
    assert (found[ETHNICITY].standing, found[ETHNICITY].leaves) == (ItemStanding.JUSTIFIED, True)
    assert _necessity(folder).standing is Standing.PASSED
    assert _employee(folder).options == (Pathway.EXEMPT,)


def test_a_plan_that_keeps_it_takes_the_exemption_away_and_nothing_is_released(root):
    folder = _kept(root)
    assert [one.item for one in _necessity(folder).outside] == [ETHNICITY]
    kept = _fact(folder, "hr.necessary")
    assert (kept.value, kept.source) == (False, FactSource.OBSERVED)
    assert [one.dropped.value for one in _treated(folder).facts.conflicts if one.kept.name == "hr.necessary"] == [True]
    assert Pathway.EXEMPT not in _employee(folder).options
    assert _problems(root, folder) == set()
    with pytest.raises(KouanError) as caught:
        release(folder, settings=settings_of(root / "home"), pathway=None, attested={}, by="张三")
    assert (caught.value.code, caught.value.status) == ("K-CLR-062", 4)
    assert "民族" in caught.value.why.zh
    assert not (folder / "released").exists()


def test_an_item_that_nobody_understands_leaves_the_declared_need_open(root):
    pairs = ("needed: [工号,", "needed: [民族, 工号,"), ("      关系: ", "      民族: {meaning: code}\n      关系: ")
    folder = _cleared(root, "unknown", *pairs)
    assert [one.name for one in _necessity(folder).not_understood] == ["民族"]
    assert _fact(folder, "hr.necessary").value is None
    assert not _treated(folder).determined


def test_an_unknown_scenario_is_not_judged_and_says_so(root):
    folder = _cleared(root, "elsewhere", ("scenario: hr_management", "scenario: hr_other"))
    assert _necessity(folder).standing is Standing.NOT_JUDGED
    assert not (folder / "packs/purpose.yaml").exists()
    assert "未收录的场景“hr_other”" in (folder / "report.html").read_text("utf-8")
    assert _problems(root, folder) == set()


def test_a_misspelt_item_is_refused_with_a_guess(root):
    done = kouan("decide", _declared(root, "misspelt", ("    学历: ", "    学历级: ")), home=root / "home")
    assert done.returncode == 2
    assert "K-CLR-060" in done.stderr
    assert "(学历?)" in done.stderr


def test_decide_and_plan_show_what_is_open(root):
    path = _declared(root, "shown", ("    学历: ", "    # "))
    decided, planned = (kouan(word, path, home=root / "home", lang="zh") for word in ("decide", "plan"))
    for done in (decided, planned):
        assert "必要性（跨境人力资源管理）：尚待说明" in done.stdout
        assert "“学历”须符合条件才属必要" in done.stdout.replace("\n", "").replace(" ", "")


def _forged(folder):
    document = json.loads((folder / "necessity.json").read_text("utf-8"))
    for one in document["body"]["items"]:
        if one["item"] == ETHNICITY:
            one["standing"] = "needed"
    (folder / "necessity.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def _another_purpose(folder):
    path = folder / "packs/purpose.yaml"
    path.write_text(path.read_text("utf-8").replace("需要", "必需"), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _forged,
        _another_purpose,
        lambda folder: (folder / "packs/purpose.yaml").unlink(),
        lambda folder: (folder / "plan.yaml").write_bytes(
            (folder / "plan.yaml").read_bytes().replace(b"action: keep", b"action: drop", 1)
        ),
    ],
)
def test_a_judgement_that_does_not_follow_is_found(root, tmp_path, change):
    folder = copied(_kept(root), tmp_path / "copy")
    change(folder)
    seal_again(folder, root / "home")
    assert "K-CLR-061" in _problems(root, folder)


def test_where_the_plan_drops_everything_the_folder_verifies_and_nothing_can_be_released(tmp_path):
    (tmp_path / "staff.csv").write_text("备注\n甲\n乙\n", "utf-8")
    (tmp_path / "transfer.yaml").write_text(DECLARATION, "utf-8")
    settings = settings_of(tmp_path / "home")
    clear(tmp_path / "transfer.yaml", tmp_path / "out", settings=settings)
    assert not (tmp_path / "out/staged").exists()
    verified = kouan("verify", tmp_path / "out", home=tmp_path / "home")
    assert verified.returncode == 0, verified.stdout
    refused = kouan("release", tmp_path / "out", "--by", "张试验", home=tmp_path / "home")
    assert refused.returncode == 2, refused.stderr
    assert "K-CLR-091" in refused.stderr
