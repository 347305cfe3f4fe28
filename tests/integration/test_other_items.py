"""Items outside the quasi-identifiers: shown beside the verdicts, put to a person, and open until answered."""

from __future__ import annotations

import json

import pytest

from kouan.clearance.riskcheck import _others_follow
from kouan.formats.printed.read import read_printed
from kouan.model.files import read_document
from kouan.model.risk import RiskReport
from tests.commands import Transfer, kouan
from tests.integration.test_certificates import evaluation

SOURCE = "  - {path: staff.csv, subjects: [employee]}\n"


def laid(folder, said: str | None, *, target: bool = False) -> Transfer:
    """Sixty persons share sex and department, each has an amount of their own."""
    transfer = Transfer.lay(folder)
    pairs = [(sex, part) for sex in ("男", "女") for part in ("研发部", "市场部") for _ in range(60)]
    rows = [f"{sex},{part},{1000 + 7 * at}" for at, (sex, part) in enumerate(pairs)]
    transfer.data.write_text("\n".join(["性别,部门,消费金额", *rows]) + "\n", "utf-8")
    hint = "" if said is None else f"    items: {{消费金额: {said}}}\n"
    transfer.declare(SOURCE, "  - path: staff.csv\n    subjects: [employee]\n" + hint)
    with transfer.declaration.open("a", encoding="utf-8") as file:
        file.write("necessity: {items: {消费金额: 按金额分组}}\n")
    if target:
        with transfer.declaration.open("a", encoding="utf-8") as file:
            file.write("assessment: {target: {k: 20}}\n")
    return transfer


def cleared(transfer: Transfer):
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in {0, 3, 4}, done.stderr
    return done, json.loads((transfer.out / "risk.json").read_text("utf-8"))["body"]["after"]


def certified(transfer: Transfer, tmp_path):
    answers = tmp_path / "evaluation.yaml"
    answers.write_text(evaluation(), "utf-8")
    words = ("certify", transfer.out, "--evaluation", answers, "--out", tmp_path / "certificate", "--json")
    done = kouan(*words, home=transfer.home)
    found = json.loads(done.stdout)
    return found, {gate["id"]: gate for gate in found["gates"]}["other-items"]


def test_an_item_that_singles_out_is_shown_and_keeps_a_certificate_open_until_a_person_answers(tmp_path):
    transfer = laid(tmp_path / "open", None)
    done, after = cleared(transfer)
    (table,) = after["tables"]
    assert (table["k"], after["grade"]["grade"]) == (60, 3)  # what the standard sees
    assert (table["everything"]["k"], table["everything"]["alone"]) == (1, 240)  # what somebody who knew it all would
    assert "items outside the quasi-identifiers that single out and are not settled: 1" in done.stdout
    assert "消费金额" in done.stdout
    assert "消费金额" in (transfer.out / "plan.yaml").read_text("utf-8").rpartition("Items to be settled")[2]
    report = (transfer.out / "report.html").read_text("utf-8")
    assert "尚未认定" in report
    assert "不是任何标准的数值" in report
    found, gate = certified(transfer, tmp_path)
    assert gate["outcome"] == "unknown"
    assert found["effect"] != "anonymised"
    assert "消费金额" in gate["why"]["zh"]
    assert "消费金额" in str(read_printed(tmp_path / "certificate" / "certificate.zh.docx"))


def test_refused_with_a_reason_it_passes_and_the_reason_stands_in_the_certificate(tmp_path):
    transfer = laid(tmp_path / "refused", "{quasi: false, why: 金额只在收银系统内可见}")
    done, _ = cleared(transfer)
    assert "not settled" not in done.stdout
    _, gate = certified(transfer, tmp_path)
    assert (gate["outcome"], gate["evidence"]) == ("pass", "消费金额: 金额只在收银系统内可见")


def test_adopted_it_enters_every_figure_and_the_target_makes_it_coarser(tmp_path):
    bare = laid(tmp_path / "bare", "{quasi: true}")
    _, after = cleared(bare)
    assert after["tables"][0]["quasi"][-1].endswith("#消费金额")
    assert (after["tables"][0]["k"], after["grade"]["grade"]) == (1, 2)
    aimed = laid(tmp_path / "aimed", "{quasi: true, why: 小票上有}", target=True)
    _, after = cleared(aimed)
    assert after["tables"][0]["k"] >= 20
    assert "消费金额" in (aimed.out / "plan.yaml").read_text("utf-8")
    found, gate = certified(aimed, tmp_path)
    assert gate["outcome"] == "pass"
    assert kouan("verify", aimed.out, home=aimed.home).returncode == 0
    assert kouan("certificates", "--check", found["number"], "--folder", aimed.out, home=aimed.home).returncode == 0


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("消费金额", "{quasi: false}", "K-MOD-005"),
        ("消费金额", "{why: 没有说明对象}", "K-MOD-005"),
        ("性别", "{quasi: false, why: 不想算}", "K-CLR-261"),
        ("姓名", "{quasi: true}", "K-CLR-260"),
        ("诊断", "{quasi: true}", "K-CLR-262"),
    ],
)
def test_no_word_makes_a_verdict_lighter(tmp_path, name, said, code):
    transfer = laid(tmp_path, said)
    transfer.declare(f"{{消费金额: {said}}}", f"{{{name}: {said}}}")
    rows = transfer.data.read_text("utf-8").splitlines()
    more = [f"{row},欧阳试验{at},肺炎" for at, row in enumerate(rows[1:])]
    transfer.data.write_text("\n".join([rows[0] + ",姓名,诊断", *more]) + "\n", "utf-8")
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode == 2
    assert code in done.stderr, done.stderr
    assert not transfer.out.exists()


def test_a_report_that_leaves_the_stricter_view_out_of_a_sealed_folder_is_not_as_measured(tmp_path):
    transfer = laid(tmp_path, None)
    cleared(transfer)
    said = read_document(transfer.out / "risk.json", RiskReport, kind="risk").after
    (table,) = said.tables
    calmer = table.everything.model_copy(update={"alone": 0})
    changed = said.model_copy(update={"tables": (table.model_copy(update={"everything": calmer}),)})
    assert _others_follow(said, said)
    assert not _others_follow(said, changed)
