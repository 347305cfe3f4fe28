"""`kouan law clock` lists the periods of the packs and works them out from a day, with the reasons."""

from __future__ import annotations

import json

import pytest

from tests.commands import kouan

PACK = {
    "pack.yaml": """\
id: own.clocks
version: 1.0.0
title: {zh: 自有期限, en: own clocks}
instruments:
  T: {title: {zh: 测试规定, en: test rules}, rank: rule, in_force: 2020-01-01}
""",
    "clocks.yaml": """\
clocks:
  - id: own.completeness
    article: "7"
    label: {zh: 完备性查验, en: check of completeness}
    starts: papers.received
    starts_label: {zh: 收到材料, en: the papers are received}
    amount: 15
    unit: working_day
    who: {zh: 省级网信部门, en: the provincial authority}
    extendable: true
    pauses:
      - {since: papers.correction, until: papers.complete, label: {zh: 补正材料期间, en: while papers are corrected}}
    in_force: {from: 2024-03-22}
    source: {instrument: T, confidence: H}
  - id: own.renewal
    article: "9"
    label: {zh: 申请延期, en: application for renewal}
    starts: result.expires
    starts_label: {zh: 有效期届满, en: the term expires}
    before: true
    amount: 60
    unit: working_day
    who: {zh: 数据处理者, en: the exporter}
    in_force: {from: 2024-03-22}
    source: {instrument: T, confidence: H}
""",
}


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "packs" / "own"
    folder.mkdir(parents=True)
    for name, text in PACK.items():
        (folder / name).write_text(text, "utf-8")
    return folder.parent


def law_clock(own, *words, lang="en"):
    return kouan("law", "clock", *words, "--packs", own, home=own.parent / "home", lang=lang)


def test_every_clock_is_listed_and_worked_out(own):
    done = law_clock(own, "--from", "2026-09-18")
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "own.completeness check of completeness: 15 working days from the papers are received" in text
    assert "due 2026-10-15" in text
    assert "own.renewal application for renewal: 60 working days before the term expires" in text


def test_one_clock_gives_its_reasons_in_both_languages(own):
    zh = law_clock(own, "own.completeness", "--from", "2026-09-18", lang="zh").stdout
    assert "国庆节 2026-10-01至2026-10-07" in "".join(zh.split("\n")).replace("    ", "")
    assert "可中止：补正材料期间" in zh
    stopped = law_clock(own, "own.completeness", "--from", "2026-09-18", "--pause", "2026-09-22:2026-10-12")
    assert "due 2026-10-28" in stopped.stdout
    late = law_clock(own, "own.completeness", "--from", "2026-12-21").stdout
    assert "due 2027-01-11 (provisional; 2027-01-12 with expected holidays)" in " ".join(late.split())


def test_the_json_names_the_calendar_it_used(own):
    found = json.loads(law_clock(own, "own.renewal", "--from", "2026-11-02", "--json").stdout)
    assert {ref["id"] for ref in found["calendar"]} >= {"cn-2021", "cn-2026", "cn-expected"}
    (clock,) = found["clocks"]
    assert (clock["id"], clock["deadline"]["due"]) == ("own.renewal", "2026-08-04")
    assert clock["source"]["article"] == "9"
    assert json.loads(law_clock(own, "own.renewal", "--json").stdout)["clocks"][0]["deadline"] is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("own.renewl",), "K-LAW-031"),
        (("own.renewal", "--from", "2026-13-01"), "K-CLI-001"),
        (("own.renewal", "--from", "2026-11-02", "--pause", "2026-11-03:2026-11-04"), "K-LAW-032"),
        (("own.completeness", "--from", "2026-11-02", "--pause", "2026-11-03"), "K-CLI-001"),
        (("own.completeness", "--from", "2020-11-02"), "K-LAW-030"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(own, words, code):
    done = law_clock(own, *words)
    assert done.returncode == 2
    assert code in done.stderr
