"""`kouan law` as a lawyer runs it: every part, both languages, JSON, exit statuses."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.commands import ROOT, kouan

CASES = ROOT / "tests" / "spec" / "law"


@pytest.fixture
def law(tmp_path):
    """Run one part; gives (status, JSON or text)."""

    def call(*words, lang="en", **options):
        done = kouan("law", *words, home=tmp_path / "home", lang=lang, **options)
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout) if "--json" in words else done.stdout + done.stderr

    return call


def test_list(law):
    status, out = law("list", "--json")
    assert status == 0
    pack = next(one for one in out["packs"] if one["id"] == "cn.order-16")
    assert pack["entries"] == sum(pack["kinds"].values()) == sum(pack["confidences"].values())
    assert 0 < pack["in_force"] < pack["entries"]
    assert pack["instruments"]["O16"]["in_force"] == "2024-03-22"
    status, out = law("list", "--instrument", "QA1", "--provisions", "--json")
    assert {one["instrument"] for one in out["provisions"]} == {"QA1"}
    assert {one["pack"] for one in out["provisions"]} == {one["id"] for one in out["packs"]}
    before = law("list", "--provisions", "--in-force", "--as-of", "2024-06-01", "--json")[1]["provisions"]
    after = law("list", "--provisions", "--in-force", "--as-of", "2025-06-01", "--json")[1]["provisions"]
    assert {one["id"] for one in before} != {one["id"] for one in after}
    assert "可信度" in law("list", lang="zh")[1]


def test_show_beside_an_official_text(law, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "o.md").write_text("# 促进和规范数据跨境流动规定\n\n第七条 试验文本。\n", "utf-8")
    (tmp_path / "texts" / "x.md").write_text("# 无关\n", "utf-8")
    status, out = law("show", "O16:7(1)(2)", "--texts", str(tmp_path / "texts"), "--json")
    assert status == 0
    assert out["texts"]["wording"][0]["wording"] == "第七条 试验文本。"
    assert out["texts"]["matched"][0]["missing"] == [1, 2, 3, 4, 5, 6]
    assert [one["file"] for one in out["texts"]["unmatched"]] == ["x.md"]
    assert {"o16-7-1-2-sensitive", "sensitive_assessment_floor"} <= {one["id"] for one in out["found"]}
    status, text = law("show", "《促进和规范数据跨境流动规定》第七条", "--texts", str(tmp_path / "texts"), lang="zh")
    assert status == 0
    assert "第七条 试验文本。" in text
    assert "副本不完整" in text
    assert "未对应：x.md" in text
    assert law("show", "O16:99")[0] == 2


def test_test_runs_cases(law, tmp_path):
    status, out = law("test", str(CASES / "numbers.yaml"), "--json")
    assert (status, out["failed"]) == (0, [])
    assert out["cases"] > 10
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text((CASES / "numbers.yaml").read_text("utf-8").replace("[安全评估]", "[免予]", 1), "utf-8")
    status, out = law("test", str(wrong), "--json")
    assert (status, len(out["failed"])) == (5, 1)
    assert out["failed"][0]["misses"][0]["field"] == "outcome"
    assert law("test")[0] == 2


def test_check_of_the_packs_in_use(law):
    status, out = law("check", "--cases", str(CASES), "--json")
    assert (status, out["slips"]) == (0, [])
    assert {one["code"] for one in out["doubts"]} <= {"K-LAW-073", "K-LAW-075"}
    assert law("check", "--strict")[0] == (5 if any(one["code"] == "K-LAW-073" for one in out["doubts"]) else 0)


def test_check_of_a_broken_pack(law, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: own\nversion: 1\ntitel: {zh: 甲, en: a}\n", "utf-8")
    status, out = law("check", str(folder), "--json")
    assert status == 2
    assert {one["code"] for one in out["slips"]} == {"K-MOD-003", "K-MOD-004", "K-MOD-005"}
    assert all(one["where"].startswith("own/pack.yaml") for one in out["slips"])


def test_a_slip_in_a_casebook_names_a_schema_that_there_is(law, tmp_path):
    book = tmp_path / "cases.yaml"
    book.write_text((CASES / "numbers.yaml").read_text("utf-8").replace("outcome:", "outcom:", 1), "utf-8")
    status, out = law("check", "--cases", str(book))
    named = re.findall(r"`kouan (schema [a-z]+)`", out)
    assert (status, named) == (2, ["schema casebook"])
    assert json.loads(kouan(*named[0].split(), home=tmp_path / "home").stdout)["title"] == "casebook"


def test_a_draft_where_no_folder_can_be_is_no_internal_error(law, tmp_path):
    rows = tmp_path / "a.yaml"
    rows.write_text("blocks:\n- rows:\n  - [行业, 描述]\n  - [甲, 乙]\n", "utf-8")
    status, out = law("import-list", str(rows), "--out", "/proc/none/draft")
    assert (status, "K-CLR-013" in out) == (2, True)


def test_diff_of_two_days(law):
    status, out = law("diff", "2025-12-31", "2026-01-01", "--json")
    assert status == 0
    first = out["changes"][0]
    assert (first["kind"], first["id"], first["how"]) == ("parameters", "certificate_validity_years", "added")
    assert law("diff", "2026-01-01", "2026-01-01", "--json")[1]["changes"] == []
    assert law("diff", "2026-02-30", "2026-01-01")[0] == 2


def test_diff_of_two_folders_with_the_cases_that_turn(law, tmp_path):
    shutil.copytree(ROOT / "src" / "kouan" / "packs" / "cn", tmp_path / "b")
    numbers = tmp_path / "b" / "order-16" / "parameters.yaml"
    numbers.write_text(numbers.read_text("utf-8").replace("value: 10000}", "value: 20000}"), "utf-8")
    sides = ("diff", "builtin", str(tmp_path / "b"), "--cases", str(CASES / "numbers.yaml"))
    status, out = law(*sides, "--json")
    assert status == 0
    (change,) = out["changes"]
    assert change["fields"] == [{"field": "values[0].value", "before": 10000, "after": 20000}]
    turned = {one["title"]: {field["field"]: field for field in one["fields"]} for one in out["decided_differently"]}
    assert turned["敏感10,000人，正好1万，要评估"]["outcome"] == {
        "field": "outcome",
        "before": ["安全评估"],
        "after": ["合同或认证"],
    }
    assert "敏感9,999人，不满1万" not in turned
    assert (out["cases"], len(turned)) == (35, 8)  # those with 10,000 to 19,999, or perhaps so many
    text = law(*sides, lang="zh")[1]
    assert "10,000 → 20,000" in text
    assert "案例 35 个，8 个决定不同" in text


def test_diff_puts_a_changed_condition_into_words(law, tmp_path):
    shutil.copytree(ROOT / "src" / "kouan" / "packs" / "cn", tmp_path / "b")
    rules = tmp_path / "b" / "order-16" / "rules.yaml"
    line = "        - {fact: flow.personal, is: false}\n"
    rules.write_text(rules.read_text("utf-8").replace(line, "", 1), "utf-8")
    (change,) = law("diff", "builtin", str(tmp_path / "b"), "--json")[1]["changes"]
    (field,) = change["fields"]
    assert field["field"] == "when"
    assert len(field["before"]["zh"].splitlines()) == len(field["after"]["zh"].splitlines()) + 1
