"""Looking up, checking and testing packs: citations, official texts, lint, cases."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from kouan.law.casebook import read_cases, run_case
from kouan.law.catalogue import instruments
from kouan.law.citations import number_of, parse_wanted, path_of, touches
from kouan.law.linting import Lint
from kouan.law.reading_up import look_up, precedence, thresholds
from kouan.law.texts import read_texts
from kouan.model.errors import KouanError
from kouan.packs import builtin_root, find_slips, load_packs

DAY = dt.date(2026, 11, 22)
HEAD = """\
id: firm.own
version: 1.0.0
title: {zh: 本所, en: ours}
instruments:
  FIRM: {title: {zh: 本所内部规定, en: rules of the firm}, rank: normative, in_force: 2025-01-01}
"""


@pytest.fixture(scope="module")
def packs():
    return load_packs()


@pytest.fixture
def firm(tmp_path):
    """A user pack; gives a function that writes one of its files and loads it with the built-in packs."""
    folder = tmp_path / "firm"
    folder.mkdir()
    (folder / "pack.yaml").write_text(HEAD, "utf-8")

    def write(**files):
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        return folder

    return write


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("7", ("", "7")),
        ("7(1)(2)", ("", "7", "1", "2")),
        ("55 item 4", ("", "55", "*", "4")),
        ("第七条第一款第二项", ("", "7", "1", "2")),
        ("第五十五条第四项", ("", "55", "*", "4")),
        ("第一百零三条", ("", "103")),
        ("第三十九条", ("", "39")),
        ("Q1", ("q", "1")),
        ("第1问", ("q", "1")),
        ("annex 4", ("annex", "4")),
        ("附件4", ("annex", "4")),
        ("measure 6", ("measure", "6")),
        ("unconfirmed", None),
        ("o16-7", None),
    ],
)
def test_articles_in_both_spellings(text, path):
    assert path_of(text) == path


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("十一", 11), ("二十", 20), ("三十九", 39), ("一百零三", 103), ("12", 12)]
)
def test_numbers_of_articles(text, number):
    assert number_of(text) == number


def test_a_place_touches_what_lies_in_it():
    assert touches(("", "7"), ("", "7", "1", "2"))
    assert touches(("", "55", "*", "4"), ("", "55", "1", "4"))
    assert not touches(("", "7", "1"), ("", "7", "2"))
    assert not touches(("", "7"), ("q", "7"))


@pytest.mark.parametrize(
    ("text", "instrument", "path"),
    [
        ("O16:7", "O16", ("", "7")),
        ("o16 7(1)(2)", "O16", ("", "7", "1", "2")),
        ("PIPL 39", "PIPL", ("", "39")),
        ("PIPL", "PIPL", ()),
        ("《个人信息保护法》第三十九条", "PIPL", ("", "39")),
        ("个人信息保护法第三十九条", "PIPL", ("", "39")),
        ("《个人信息出境标准合同》", "SC", ()),
        ("7(1)(2)", None, ("", "7", "1", "2")),
    ],
)
def test_what_a_lawyer_writes_is_found(packs, text, instrument, path):
    wanted = parse_wanted(text, instruments(packs.heads.values()))
    assert (wanted.instrument, wanted.path) == (instrument, path)


@pytest.mark.parametrize(
    ("text", "code"),
    [("XYZ:7", "K-LAW-060"), ("《没有的法》第一条", "K-LAW-060"), ("O16:abc", "K-LAW-061"), ("O16:99", "K-LAW-062"),
     ("o16-7-1-2-sensitiv", "K-LAW-062")],
)  # fmt: skip
def test_what_is_not_found_is_said(packs, text, code):
    with pytest.raises(KouanError) as caught:
        look_up(text, packs)
    assert caught.value.code == code


def test_an_article_brings_thresholds_and_precedence(packs):
    (rule,) = look_up("o16-7-1-2-sensitive", packs)
    assert [(one["name"], one["value"]) for one in thresholds(rule, packs, DAY)] == [
        ("sensitive_assessment_floor", 10000)
    ]
    assert thresholds(rule, packs, dt.date(2020, 1, 1))[0]["value"] is None
    assert any("O16 7(2)" in one.zh for one in precedence(rule, packs))
    assert {one.key for one in look_up("O16:7", packs)} == {"O16"}


TEXT = """\
# 促进和规范数据跨境流动规定

第一条 甲。

（一）乙；

## 第二章 丙

第二条 丁。
戊〔编者注：此处截断〕

第四条 己。

附件
庚
"""


def test_official_texts_are_matched_by_title_and_split_by_article(packs, tmp_path):
    (tmp_path / "order.md").write_text(TEXT, "utf-8")
    (tmp_path / "gb.txt").write_bytes("中华人民共和国个人信息保护法\n\n第一条　甲。\n第二条　乙。\n".encode("gb18030"))
    (tmp_path / "other.md").write_text("# 别的规定\n\n第一条 甲。\n", "utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    texts = read_texts(tmp_path, instruments(packs.heads.values()))
    (order,), (law,) = texts.of("O16"), texts.of("PIPL")
    assert order.wording(("", "1")) == "第一条 甲。\n（一）乙；"
    assert order.wording(("", "2", "1")) == "第二条 丁。\n戊〔编者注：此处截断〕"
    assert order.wording(("", "4")) == "第四条 己。"
    assert order.wording(("", "3")) is None
    assert (order.marks, order.gaps, order.complete) == (("〔编者注：此处截断〕",), (3,), False)
    assert law.complete
    assert set(texts.unmatched) == {"other.md", "scan.pdf", "bad.txt"}


def test_an_empty_folder_of_texts_is_refused(packs, tmp_path):
    with pytest.raises(KouanError) as caught:
        read_texts(tmp_path, {})
    assert caught.value.code == "K-LAW-063"


RULE = """\
rules:
  - id: {id}
    article: "1"
    label: {{zh: 规则, en: rule}}
    when: {when}
    requires: security_assessment
    reason: {{zh: 理由, en: reason}}
    in_force: {{from: 2025-01-01}}
    source: {{instrument: FIRM, confidence: H}}
"""


def found(folder, **more):
    packs = load_packs(builtin_root(), folder)
    return [(one.code, one.where) for one in Lint(packs, only=frozenset({"firm.own"}), **more).findings()]


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("{fact: exporter.ciio, is: true}", []),
        ("{all: [{fact: exporter.ciio, is: true}, {fact: exporter.ciio, is: false}]}", ["K-LAW-070"]),
        ("{all: [{fact: year.sensitive_persons, at_least: 10}, {fact: year.sensitive_persons, below: 10}]}", ["K-LAW-070"]),
        ("{all: [{fact: year.sensitive_persons, at_least: 10}, {fact: year.sensitive_persons, at_most: 10}]}", []),
        ("{all: [{fact: year.sensitive_persons, below: {parameter: sensitive_assessment_floor}}, {fact: year.sensitive_persons, at_least: 10000}]}", ["K-LAW-070"]),
        ("{all: [{fact: exporter.zone, is: a}, {fact: exporter.zone, in: [b, c]}]}", ["K-LAW-070"]),
        ("{all: [{fact: exporter.zone, in: [a, b]}, {not: {fact: exporter.zone, is: a}}]}", []),
    ],
)  # fmt: skip
def test_a_rule_that_never_holds_is_found(firm, when, codes):
    folder = firm(rules=RULE.format(id="firm-1", when=when))
    assert [code for code, _ in found(folder)] == codes


def test_a_rule_that_always_yields_and_a_twin_are_found(firm):
    first = RULE.format(id="firm-1", when="{fact: exporter.ciio, is: true}")
    again = RULE.format(id="firm-2", when="{fact: exporter.ciio, is: true}").removeprefix("rules:\n")
    yielding = again.replace("firm-2", "firm-3").replace(
        "    requires:", "    yields_to: [{to: firm-1, by: speciality}]\n    requires:"
    )
    assert found(firm(rules=first + again)) == [("K-LAW-072", "firm/rules.yaml:10")]
    assert found(firm(rules=first + yielding.replace("true}", "true}"))) == [
        ("K-LAW-071", "firm/rules.yaml:10"),
        ("K-LAW-072", "firm/rules.yaml:10"),
    ]


PARAMETERS = """\
parameters:
  - name: firm_floor
    label: {zh: 起点, en: floor}
    article: "1"
    source: {instrument: FIRM, confidence: H}
    values:
      - {from: 2025-01-01, value: 500}
"""


def test_an_unused_parameter_is_found(firm):
    folder = firm(parameters=PARAMETERS, rules=RULE.format(id="firm-1", when="{fact: exporter.ciio, is: true}"))
    assert found(folder) == [("K-LAW-073", "firm/parameters.yaml:2")]
    assert found(folder, read=frozenset({"firm_floor"})) == []
    used = "{fact: year.sensitive_persons, at_least: {parameter: firm_floor}}"
    assert found(firm(rules=RULE.format(id="firm-1", when=used))) == []


CASES = """\
given:
  facts: {exporter.ciio: false, data.important: false, list.in_zone: false, year_before.sensitive_persons: 0,
    year_before.ordinary_persons: 0, transfer.collected_abroad: false, transfer.contract_party: false,
    transfer.emergency: false, hr.cross_border_management: false}
  flow: {flow.personal: true, flow.employee: false, flow.under14_persons: 0, flow.ordinary_persons: 0}
cases:
  - title: 门槛上
    flows: {member: {flow.sensitive_persons: 500}}
    outcome: [安全评估]
"""
BELOW = """\
  - title: 门槛下
    flows: {member: {flow.sensitive_persons: 499}}
    outcome: [合同或认证]
"""


def test_a_bound_needs_a_case_on_each_side(firm, tmp_path):
    used = "{fact: year.sensitive_persons, at_least: {parameter: firm_floor}}"
    packs = load_packs(builtin_root(), firm(parameters=PARAMETERS, rules=RULE.format(id="firm-1", when=used)))
    lint = Lint(packs, only=frozenset({"firm.own"}))
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, "utf-8")
    (doubt,) = lint.untested([run_case(case, packs) for case in read_cases(path)])
    assert doubt.code == "K-LAW-075"
    assert "499" in doubt.what.en
    path.write_text(CASES + BELOW, "utf-8")
    assert lint.untested([run_case(case, packs) for case in read_cases(path)]) == ()


def test_the_builtin_packs_leave_no_doubt(packs):
    from kouan.clearance.standing import VALIDITY

    found = Lint(packs, read=frozenset(VALIDITY.values())).findings()
    # The floors of incident levels wait for whoever grades incidents; nothing else stands there for nothing.
    assert {one.where.split(":")[0] for one in found} <= {"cn/incident-reporting/parameters.yaml"}
    assert {one.code for one in found} <= {"K-LAW-073"}


def test_every_slip_is_told_not_only_the_first(firm, tmp_path):
    assert find_slips(builtin_root()) == ()
    wrong = RULE.format(id="firm-1", when="{fact: exporter.cio, is: true}")
    wrong += RULE.format(id="firm-2", when="{fact: exporter.ciio, at_least: 3}").removeprefix("rules:\n")
    slips = find_slips(builtin_root(), firm(rules=wrong))
    assert [(one.code, one.where) for one in slips] == [
        ("K-PCK-005", "firm/rules.yaml:5"),
        ("K-PCK-006", "firm/rules.yaml:13"),
    ]
    firm(rules=wrong.replace("label", "lable"), parameters=PARAMETERS.replace("500", "five"), notes="notes: [")
    slips = find_slips(builtin_root(), tmp_path / "firm")
    assert {one.where.split(":")[0] for one in slips} == {"firm/rules.yaml", "firm/parameters.yaml", "firm/notes.yaml"}
    assert len(slips) > 3
    shutil.rmtree(tmp_path / "firm")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("outcome: [安全评估]", "outcome: [合同或认证]", "outcome"),
        ("outcome: [安全评估]", "outcome: [security_assessment]\n    counted: {member: false}", "counted.member"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    articles: {member: [O16 8(1)]}", "articles.member"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    duties: [no-such-duty]", "duties"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    duties: [-o16-7-declare]", "duties"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    basis: {member: list:x}", "basis.member"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    open_points: {a3: {either: [免予]}}", "open_points"),
        ("outcome: [安全评估]", "outcome: [安全评估]\n    questions: [exporter.ciio]", "questions"),
        ("flow.sensitive_persons: 500", "flow.sensitive_persons: -1", "K-LAW-003"),
        ("flow.sensitive_persons: 500", "flow.sensitive_person: 500", "K-LAW-002"),
    ],
)
def test_a_case_that_does_not_hold_says_where(packs, tmp_path, old, new, field):
    text = CASES.replace("500", "10000").replace(old.replace("500", "10000"), new)
    (tmp_path / "cases.yaml").write_text(text, "utf-8")
    (case,) = read_cases(tmp_path)
    assert [miss.field for miss in run_case(case, packs).misses] == [field]


@pytest.mark.parametrize("text", ["cases: []", "given: {}\ncases: [{title: a, outcome: [免予], flows: {a: {}}, x: 1}]"])
def test_what_is_no_casebook_is_refused(tmp_path, text):
    (tmp_path / "cases.yaml").write_text(text, "utf-8")
    with pytest.raises(KouanError) as caught:
        read_cases(tmp_path)
    assert caught.value.code.startswith("K-MOD-")


def test_many_rules_are_named_by_their_group_and_articles(packs):
    (rule,) = look_up("o16-7-1-2-sensitive", packs)
    whole, short = ({one.en for one in precedence(rule, packs, whole=whole)} for whole in (True, False))
    assert len(whole) == len(short)
    (group,) = [line for line in short if "list-governed" in line]
    governed = [one for one in packs.rules if "list-governed" in one.groups]
    assert f"list-governed ({len(governed)} rules: " in group
    assert not any(one.label.en in group for one in governed)
    assert any(all(one.label.en in line for one in governed) for line in whole)
