"""`kouan law` as a lawyer runs it: every part, both languages, JSON, exit statuses."""

from __future__ import annotations

import json

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
    assert [one["id"] for one in out["packs"]] == ["cn.order-16"]
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
    status, out = law("test", str(CASES), "--json")
    assert (status, out["failed"]) == (0, [])
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text((CASES / "numbers.yaml").read_text("utf-8").replace("[安全评估]", "[免予]", 1), "utf-8")
    status, out = law("test", str(wrong), "--json")
    assert (status, len(out["failed"])) == (5, 1)
    assert out["failed"][0]["misses"][0]["field"] == "outcome"
    assert law("test")[0] == 2


def test_check_of_the_packs_in_use(law):
    status, out = law("check", "--cases", str(CASES), "--strict", "--json")
    assert (status, out) == (0, {"slips": [], "doubts": []})


def test_check_of_a_broken_pack(law, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: own\nversion: 1\ntitel: {zh: 甲, en: a}\n", "utf-8")
    status, out = law("check", str(folder), "--json")
    assert status == 2
    assert {one["code"] for one in out["slips"]} == {"K-MOD-003", "K-MOD-004", "K-MOD-005"}
    assert all(one["where"].startswith("own/pack.yaml") for one in out["slips"])
