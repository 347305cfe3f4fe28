"""Packs load, name themselves by digest, copy exactly, and refuse every slip with its line."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.model.vocabulary import FactScope, FactType
from kouan.packs import PackSet, builtin_root, load_packs

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id: test.pack
version: 1.0.0
title: {zh: 测试, en: test}
instruments:
  T: {title: {zh: 测试规定, en: test rules}, rank: rule, in_force: 2020-01-01}
"""
WORDS = """\
facts:
  - name: a.flag
    type: bool
    scope: transfer
    label: {zh: 甲, en: a}
    help: {zh: 甲, en: a}
  - name: a.start
    type: count
    scope: transfer
    label: {zh: 乙, en: b}
    help: {zh: 乙, en: b}
  - name: flow.count
    type: count
    scope: flow
    label: {zh: 丙, en: c}
    help: {zh: 丙, en: c}
  - name: a.total
    type: count
    scope: derived
    label: {zh: 丁, en: d}
    help: {zh: 丁, en: d}
    sums:
      - {start: a.start, add: flow.count, when: {fact: a.flag, is: true}}
  - name: a.words
    type: texts
    scope: transfer
    label: {zh: 戊, en: e}
    help: {zh: 戊, en: e}
  - name: a.word
    type: text
    scope: transfer
    label: {zh: 己, en: f}
    help: {zh: 己, en: f}
  - name: flow.rest
    type: count
    scope: flow
    label: {zh: 庚, en: g}
    help: {zh: 庚, en: g}
  - name: flow.all
    type: count
    scope: flow
    label: {zh: 辛, en: h}
    help: {zh: 辛, en: h}
    parts: [flow.count, flow.rest]
"""
NUMBERS = """\
parameters:
  - name: floor
    label: {zh: 起点, en: floor}
    article: "1"
    source: {instrument: T, confidence: H}
    values:
      - {from: 2020-01-01, to: 2022-12-31, value: 10}
      - {from: 2023-01-01, value: 20}
"""
RULES = """\
rules:
  - id: first
    article: "1(1)"
    label: {zh: 第一, en: first}
    when:
      all:
        - {fact: a.flag, is: true}
        - {fact: a.total, at_least: {parameter: floor}}
    requires: security_assessment
    yields_to: [{to: second, by: provision}]
    reason: {zh: "{year_start}起 {a.total}", en: "since {year_start} {a.total}"}
    in_force: {from: 2020-01-01}
    source: {instrument: T, confidence: H}
  - id: second
    article: "1(2)"
    label: {zh: 第二, en: second}
    when: {fact: a.flag, is: false}
    gives: exempt
    counts: false
    reason: {zh: 免, en: exempt}
    in_force: {from: 2020-01-01}
    source: {instrument: T, confidence: H}
"""


BUILTIN = [
    "cn.earlier",
    "cn.hgr",
    "cn.order-11",
    "cn.order-13",
    "cn.order-16",
    "cn.order-20",
    "cn.pharma",
    "cn.pipl",
    "cn.policy-answers",
    "cn.regulation-790",
    "cn.vocabulary",
]


def pack(root: Path, **files: str) -> Path:
    folder = root / "pack"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"pack": HEAD, "vocabulary": WORDS, "parameters": NUMBERS, "rules": RULES, **files}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def refused(root: Path) -> KouanError:
    with pytest.raises(KouanError) as caught:
        load_packs(root)
    return caught.value


def test_builtin_packs_load() -> None:
    packs = load_packs()
    ids = [ref.id for ref in packs.refs if not ref.id.startswith("cn.lists.")]
    assert ids == _builtin()
    assert {f"cn.lists.{name}" for name in packs.editions} == {ref.id for ref in packs.refs} - set(ids)
    assert {rule.id for rule in packs.rules} >= {"o16-5-1-2-hr", "o16-7-1-2-sensitive"}
    assert packs.sources["o16-keep-counting"].confidence == "M"


def test_builtin_texts_have_no_english_in_chinese_labels() -> None:
    packs = load_packs()
    texts = [fact.label for fact in packs.facts.values()] + [rule.label for rule in packs.rules]
    texts += [duty.label for duty in packs.duties] + [one.label for one in packs.conditions]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in text.zh) for text in texts)
    assert not any("\u4e00" <= sign <= "\u9fff" for text in texts for sign in text.en)


def test_builtin_facts_are_asked_as_questions_with_their_place_in_the_declaration() -> None:
    places = ("facts", "parties", "basis", "year_to_date", "sources", "subjects", "该来源", "transfer 的", "list 的")
    places = (*places, "attestations")
    for fact in load_packs().facts.values():
        if fact.scope is FactScope.DERIVED:
            continue
        assert fact.ask is not None, fact.name
        assert fact.ask.zh.endswith("？"), fact.name
        assert fact.ask.en.endswith("?"), fact.name
        assert any(place in fact.help.zh for place in places), fact.name
        if fact.type is FactType.BOOL:
            assert "是否" in fact.ask.zh, fact.name


def test_pathways_are_read_alone_or_listed(tmp_path: Path) -> None:
    listed = RULES.replace("requires: security_assessment", "requires: [standard_contract, certification]")
    rules = load_packs(pack(tmp_path, rules=listed)).rules
    assert rules[0].pathways == (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
    assert rules[1].pathways == (Pathway.EXEMPT,)


def test_copy_gives_equal_refs_and_bytes(tmp_path: Path) -> None:
    packs = load_packs()
    written = packs.copy_to(tmp_path / "packs")
    copied = load_packs(tmp_path / "packs")
    assert copied.refs == packs.refs
    assert copied.rules == packs.rules
    assert copied.sources == packs.sources
    assert (tmp_path / "packs/cn.order-16/rules.yaml").read_bytes() == (
        builtin_root() / "order-16/rules.yaml"
    ).read_bytes()
    assert sorted(written) == sorted(path for path in (tmp_path / "packs").rglob("*") if path.is_file())


def test_any_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    before = load_packs(pack(tmp_path))
    path = tmp_path / "pack/rules.yaml"
    path.write_bytes(path.read_bytes() + b"\n")
    assert load_packs(tmp_path).refs != before.refs


def test_digest_is_that_of_sha256sum(tmp_path: Path) -> None:
    packs = load_packs(pack(tmp_path))
    tool = shutil.which("sha256sum")
    assert tool is not None
    names = sorted(path.name for path in (tmp_path / "pack").iterdir())
    listing = subprocess.run([tool, *names], cwd=tmp_path / "pack", capture_output=True, check=True).stdout
    assert packs.refs[0].sha256 == "sha256:" + hashlib.sha256(listing).hexdigest()


def test_several_roots_are_checked_together(tmp_path: Path) -> None:
    packs = load_packs(builtin_root(), pack(tmp_path), allow_override=True)
    assert [ref.id for ref in packs.refs] == [*[ref.id for ref in load_packs().refs], "test.pack"]


def _builtin() -> list[str]:
    """Return the ids that the folders of the built-in packs stand for: one folder per instrument, named as its pack."""
    return sorted(f"cn.{path.name}" for path in builtin_root().iterdir() if path.is_dir() and path.name != "lists")


def _edit(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


SLIPS = {
    "unknown fact": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.flog, is: true"), "K-PCK-005", 7),
    "unknown fact in a sum": ("vocabulary", _edit(WORDS, "add: flow.count", "add: flow.cuont"), "K-PCK-005", 23),
    "number for a flag": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.flag, below: 3"), "K-PCK-006", 7),
    "word for a flag": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.flag, is: yes"), "K-PCK-006", 7),
    "flag for a word": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.word, is: true"), "K-PCK-006", 7),
    "flag for a number": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.total, is: true"), "K-PCK-006", 7),
    "one word for several": ("rules", _edit(RULES, "fact: a.flag, is: true", "fact: a.words, is: x"), "K-PCK-006", 7),
    "flag in a sum": ("vocabulary", _edit(WORDS, "add: flow.count", "add: a.flag"), "K-PCK-006", 23),
    "unknown parameter": ("rules", _edit(RULES, "parameter: floor", "parameter: flor"), "K-PCK-007", 8),
    "overlapping dates": ("parameters", _edit(NUMBERS, "to: 2022-12-31", "to: 2023-01-01"), "K-PCK-008", 8),
    "two open values": ("parameters", _edit(NUMBERS, " to: 2022-12-31,", ""), "K-PCK-008", 8),
    "gap between dates": ("parameters", _edit(NUMBERS, "from: 2023-01-01", "from: 2023-01-02"), "K-PCK-009", 8),
    "no value at first": ("parameters", _edit(NUMBERS, "from: 2020-01-01", "from: 2020-01-02"), "K-PCK-009", 8),
    "unknown instrument": ("rules", RULES.replace("instrument: T", "instrument: X", 1), "K-PCK-010", 13),
    "unknown rule": ("rules", _edit(RULES, "yields_to: [{to: second, by: provision}]", "yields_to: [{to: secund, by: provision}]"), "K-PCK-011", 10),
    "one language lacks a placeholder": ("rules", _edit(RULES, "{year_start} {a.total}", "{a.total}"), "K-PCK-012", 11),
    "placeholder of nothing": ("rules", RULES.replace("{a.total}", "{a.tutal}"), "K-PCK-012", 11),
    "placeholder of a flag": ("rules", RULES.replace("{a.total}", "{a.flag}"), "K-PCK-012", 11),
    "circular count": (
        "rules",
        _edit(RULES, "when: {fact: a.flag, is: false}", "when: {fact: a.total, below: 3}"),
        "K-PCK-013",
        14,
    ),
    "circular sum": ("vocabulary", _edit(WORDS, "when: {fact: a.flag, is: true}", "when: {fact: a.total, below: 1}"), "K-PCK-013", 17),
    "unknown part": ("vocabulary", _edit(WORDS, "flow.rest]", "flow.rset]"), "K-PCK-005", 44),
    "part of another scope": ("vocabulary", _edit(WORDS, "flow.rest]", "a.start]"), "K-PCK-015", 44),
    "part that is no count": ("vocabulary", _edit(WORDS, "flow.rest]", "a.flag]"), "K-PCK-015", 44),
    "part of itself": ("vocabulary", _edit(WORDS, "flow.rest]", "flow.all]"), "K-PCK-016", 44),
    "part twice": ("vocabulary", _edit(WORDS, "flow.rest]", "flow.count]"), "K-PCK-016", 44),
    "single part": ("vocabulary", _edit(WORDS, "flow.count, flow.rest]", "flow.rest]"), "K-MOD-005", 39),
    "parts of a flag": (
        "vocabulary",
        _edit(WORDS, "scope: transfer\n    label: {zh: 甲", "scope: transfer\n    parts: [flow.count, flow.rest]\n    label: {zh: 甲"),
        "K-MOD-005",
        2,
    ),
    "added twice": (
        "vocabulary",
        WORDS.replace("is: true}}", "is: true}}\n      - {start: flow.rest, add: flow.count, when: {fact: a.flag, is: false}}"),
        "K-PCK-017",
        24,
    ),
    "same rule twice": ("rules", _edit(RULES, "id: second", "id: first"), "K-PCK-004", 14),
    "same fact twice": ("vocabulary", _edit(WORDS, "name: a.start", "name: a.flag"), "K-PCK-004", 7),
    "missing article": ("rules", RULES.replace('    article: "1(1)"\n', "", 1), "K-MOD-004", 2),
    "odd article": ("rules", _edit(RULES, '"1(2)"', '"一"'), "K-MOD-005", 15),
    "misspelt key": ("rules", _edit(RULES, "at_least:", "atleast:"), "K-MOD-003", 8),
    "two tests in one atom": ("rules", _edit(RULES, "is: true", "is: true, below: 3"), "K-MOD-005", 7),
    "unknown is no test": ("rules", _edit(RULES, "is: true", "is: unknown"), "K-MOD-005", 7),
    "both ways": ("rules", _edit(RULES, "gives: exempt", "gives: exempt\n    requires: certification"), "K-MOD-005", 14),
    "dates reversed": ("parameters", _edit(NUMBERS, "to: 2022-12-31", "to: 2019-12-31"), "K-MOD-005", 7),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, slip: str) -> None:
    name, text, code, line = SLIPS[slip]
    error = refused(pack(tmp_path / "root", **{name: text}))
    file = "rules" if code == "K-PCK-009" else name
    assert (error.code, error.where) == (code, f"root/pack/{file}.yaml:{line}")
    assert all(error.lines("zh"))


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    error = refused(pack(tmp_path, rules=_edit(RULES, "fact: a.flag, is: true", "fact: a.flog, is: true")))
    assert "a.flag" in error.what.zh


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "K-PCK-001"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (pack(tmp_path) / "pack/rules.yaml").write_bytes(b"\xff\xfe\x00")
    assert refused(tmp_path).code == "K-PCK-002"


def test_a_file_with_an_unknown_name_is_refused(tmp_path: Path) -> None:
    (pack(tmp_path) / "pack/rule.yaml").write_text(RULES, encoding="utf-8")
    error = refused(tmp_path)
    assert error.code == "K-PCK-003"
    assert "rule.yaml" in error.what.zh


def test_two_packs_of_one_id_are_refused(tmp_path: Path) -> None:
    pack(tmp_path)
    shutil.copytree(tmp_path / "pack", tmp_path / "twin")
    assert refused(tmp_path).code == "K-PCK-004"


def test_packs_without_a_rule_are_refused(tmp_path: Path) -> None:
    assert refused(pack(tmp_path, rules="rules: []\n")).code == "K-PCK-014"


def test_the_set_is_immutable() -> None:
    packs = load_packs()
    with pytest.raises(AttributeError):
        packs.refs = ()  # type: ignore[misc]
    assert isinstance(packs, PackSet)


READINGS = """\
readings:
  - id: r1
    article: "1(1)"
    source: {instrument: T, confidence: H}
    in_force: {from: 2024-03-22}
    question: {zh: 甲还是乙, en: one or the other}
    options:
      - {id: one, label: {zh: 甲, en: one}, ground: {zh: 甲, en: one}, confidence: H}
      - {id: other, label: {zh: 乙, en: other}, ground: {zh: 乙, en: other}, confidence: M}
    default: one
"""


@pytest.mark.parametrize("day", ["2024-03-21", "2024-03-22"])
def test_a_provision_is_in_force_only_while_its_reading_is_open(tmp_path: Path, day: str) -> None:
    """On an earlier day it would be left out under any reading, the default one included."""
    when = "{any: [{fact: a.flag, is: false}, {fact: a.flag, is: true, under: {r1: other}}]}"
    rules = RULES.replace("{fact: a.flag, is: false}", when)
    head, sign, tail = rules.rpartition("2020-01-01")
    root = pack(tmp_path, readings=READINGS, rules=head + day + tail)
    if day == "2024-03-22":
        assert sign
        load_packs(root)
    else:
        assert refused(root).code == "K-PCK-025"


@pytest.mark.parametrize(
    "when",
    [
        "{not: {fact: a.flag, is: false, under: {r1: one}}}",
        "{not: {fact: a.flag, is: false, in_force: {from: 2024-03-22}}}",
        "{fact: a.flag, is: false, in_force: {from: 2024-03-22}}",
        "{all: [{fact: a.flag, is: false}], under: {r1: one}}",
    ],
)
def test_days_and_readings_stand_on_parts_of_a_group_alone(tmp_path: Path, when: str) -> None:
    """Elsewhere they would be passed over in silence, and a `not` would be left without what it denies."""
    root = pack(tmp_path, readings=READINGS, rules=RULES.replace("{fact: a.flag, is: false}", when))
    assert refused(root).code == "K-MOD-005"
