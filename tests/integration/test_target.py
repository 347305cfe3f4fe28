"""A declared target through the command line: planned towards, reached or not, and what is released."""

from __future__ import annotations

import csv
import json
import random

import pytest

from tests.commands import Transfer, kouan

POSTS = ("研发工程师", "测试工程师", "市场专员", "财务专员")
HEAD = ("工号", "姓名", "性别", "岗位", "入职日期", "月薪")


def target(transfer, text):
    """Write a declaration with this target; None writes it without one."""
    plain = transfer.declaration.read_text("utf-8")
    to = transfer.folder / ("plain.yaml" if text is None else "aimed.yaml")
    to.write_text(plain if text is None else f"{plain}\nassessment:\n  target: {text}\n", "utf-8")
    return to


def ask(transfer, *words):
    return kouan(*words, home=transfer.home)


def lines_of(path):
    from kouan.model.strictyaml import load

    return {line["item"].rpartition("#")[2]: line for line in load(path.read_text("utf-8"), "plan").value["lines"]}


@pytest.fixture(scope="module")
def transfer(tmp_path_factory):
    """Four hundred persons whose first plan leaves nearly each of them alone."""
    made = Transfer.lay(tmp_path_factory.mktemp("target"))
    dice = random.Random(5)
    rows = [HEAD]
    for at in range(400):
        name = f"{'赵钱孙李周吴郑王'[at % 8]}{chr(0x4E00 + at)}{chr(0x5000 + at)}"
        day = f"{dice.randint(2001, 2020)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        pay = str(dice.randint(6, 30) * 1000)
        rows.append([f"E-{7300541 + at}", name, "男女"[dice.randint(0, 1)], dice.choice(POSTS), day, pay])
    with made.data.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return made


def test_without_a_target_the_plan_stays_and_what_could_be_aimed_at_is_told(transfer):
    done = ask(transfer, "clear", target(transfer, None), "--out", transfer.folder / "plain", "--lang", "en")
    assert done.returncode in {0, 3}, done.stderr
    assert "target: none declared" in done.stdout
    told = " ".join(done.stdout.split())
    assert "The standards in force ask of such a release: GB/T 42460-2023, annex D" in told
    assert "assessment: {target: {suppress: 5%}}" in told


def test_the_plan_reaches_grade_three_and_says_what_each_line_buys(transfer):
    declared, out = target(transfer, "{suppress: 5%}"), transfer.folder / "three"
    plain = ask(transfer, "clear", target(transfer, None), "--out", transfer.folder / "plain", "--json")
    done = ask(transfer, "clear", declared, "--out", out, "--json")
    told = json.loads(done.stdout)
    assert told["target"] is True
    assert done.returncode == plain.returncode
    after = json.loads((out / "risk.json").read_text("utf-8"))["body"]["after"]
    assert after["grade"]["grade"] == 3
    assert json.loads((transfer.folder / "plain/risk.json").read_text("utf-8"))["body"]["after"]["grade"]["grade"] == 2
    lines = lines_of(out / "plan.yaml")
    assert lines["工号"]["action"] == "pseudonym"
    assert "the next lighter" in lines["入职日期"]["why"]["en"]
    text = (out / "plan.yaml").read_text("utf-8")
    assert "# 目标（填报文件未指定结论" in text or "# target (no verdict is named" in text
    page = (out / "report.html").read_text("utf-8")
    assert 'id="h-target"' in page
    assert "outcome-pass" in page
    assert ask(transfer, "verify", out).returncode == 0


def test_l_is_part_of_the_target_and_a_class_alike_is_told_without_it(transfer):
    declared, out = target(transfer, "{suppress: 5%, l: 3}"), transfer.folder / "l"
    assert json.loads(ask(transfer, "clear", declared, "--out", out, "--json").stdout)["target"] is True
    (table,) = json.loads((out / "risk.json").read_text("utf-8"))["body"]["after"]["tables"]
    assert all(one["distinct_l"] >= 3 for one in table["diversity"])


def test_out_of_reach_keeps_the_first_plan_ends_with_4_and_is_not_released(transfer):
    declared = target(transfer, "{coarsest: {岗位: as_planned, 入职日期: as_planned}}")
    plan, out = transfer.folder / "far.yaml", transfer.folder / "far"
    done = ask(transfer, "plan", declared, "-o", plan, "--lang", "en")
    assert done.returncode == 4
    told = " ".join(done.stdout.split())
    assert "out of reach. With every item as coarse as it may become" in told
    assert "freeing “入职日期”" in told
    assert "The plan" in told or "the plan was not changed" in told
    ask(transfer, "plan", target(transfer, None), "-o", transfer.folder / "first.yaml", "--lang", "en")
    first = lines_of(transfer.folder / "first.yaml")
    assert {name: line["action"] for name, line in lines_of(plan).items()} == {
        name: line["action"] for name, line in first.items()
    }
    done = ask(transfer, "clear", declared, "--out", out, "--json")
    assert done.returncode == 4 or json.loads(done.stdout)["determined"] is False
    assert json.loads(done.stdout)["target"] is False
    shown = " ".join(ask(transfer, "clear", declared, "--out", out, "--lang", "en").stdout.split())
    assert "target: not reached" in shown
    assert "to mend it" in shown


def test_rows_stay_for_the_sake_of_l_alone(transfer):
    declared, plan = target(transfer, "{verdicts: [], l: 2, suppress: 5%}"), transfer.folder / "l-alone.yaml"
    done = ask(transfer, "plan", declared, "-o", plan, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "rows: {models: [" in plan.read_text("utf-8")
    assert "so in every class at least 2 values" in " ".join(done.stdout.split())
    cleared = ask(transfer, "clear", declared, "--out", transfer.folder / "l-alone", "--json")
    assert json.loads(cleared.stdout)["target"] is True


def test_a_limit_that_the_target_never_meets_is_told(transfer):
    done = ask(transfer, "plan", target(transfer, "{suppress: 5%, coarsest: {月薪: 5000}}"), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "the limits that coarsest sets for 月薪 have no effect" in done.stdout


@pytest.mark.parametrize(("rows", "needed"), [(3, "[工号, 月薪]"), (400, "[工号, 性别, 月薪]")])
def test_no_class_is_large_enough_where_all_are_few_or_named(transfer, tmp_path, rows, needed):
    made = Transfer.lay(tmp_path)
    head, *data = transfer.data.read_text("utf-8").splitlines()
    made.data.write_text("\n".join([head, *data[:rows]]) + "\n", "utf-8")
    made.declare("subjects: [employee]", f"subjects: [employee], needed: {needed}")
    declared, plan = target(made, "{verdicts: [], k: 5}"), tmp_path / "plan.yaml"
    ask(made, "plan", declared, "-o", plan)
    if rows > 5:  # the number of each member of staff stays as it is, and a person says why
        text = plan.read_text("utf-8")
        kept = text.replace(
            "action: pseudonym\n    params: {kind: work_id}", "action: keep\n    params: {accepted: 合同要求}"
        )
        assert kept != text
        plan.write_text(kept, "utf-8")
    done = ask(made, "clear", declared, "--plan", plan, "--out", made.out, "--json")
    assert json.loads(done.stdout)["target"] is False


def test_a_line_that_a_person_wrote_stays_when_the_plan_is_made_again(transfer):
    declared, plan = target(transfer, "{suppress: 5%}"), transfer.folder / "made.yaml"
    assert ask(transfer, "plan", declared, "-o", plan, "--force").returncode == 0
    old = lines_of(plan)["性别"]
    text = plan.read_text("utf-8")
    at = text.index('#性别"', text.index("lines:"))
    start = text.index("    action:", at)
    end = text.index("\n\n", start)
    plan.write_text(text[:start] + "    action: drop\n    why: 不需要" + text[end:], "utf-8")
    assert old["action"] == "keep"
    again = transfer.folder / "again.yaml"
    done = ask(transfer, "plan", declared, "--plan", plan, "-o", again, "--lang", "en", "--force")
    assert done.returncode == 0, done.stderr
    assert lines_of(again)["性别"]["action"] == "drop"
    assert "edited: true" in again.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{verdicts: [gbt42460]}", "K-DEI-090"),
        ("{coarsest: {岗位: city}}", "K-DEI-091"),
        ("{coarsest: {岗立: other}}", "K-DEI-092"),
        ("{verdicts: []}", "K-DEI-100"),
        ("{k: 1}", "K-MOD"),
        ("{suppress: 120%}", "K-MOD"),
        ("{grade: 3}", "K-MOD"),
    ],
)
def test_a_target_that_cannot_be_understood_is_refused(transfer, text, code):
    done = ask(transfer, "plan", target(transfer, text), "--lang", "en")
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr
