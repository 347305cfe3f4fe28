"""User packs add and tighten; what loosens is refused with its line, or shown where it is allowed."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law import decide
from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts
from kouan.model.text import same
from kouan.packs import builtin_root, find_slips, load_copied, load_packs

HEAD = """\
id: firm.own
version: 1.0.0
title: {{zh: 本所, en: ours}}
overrides: [{overrides}]
instruments:
  FIRM: {{title: {{zh: 本所内部规定, en: rules of the firm}}, rank: law, in_force: 2025-01-01}}
"""
RULE = """\
rules:
  - id: firm-rule
    article: "1"
    label: {{zh: 规则, en: rule}}
    when: {{fact: flow.personal, is: true}}
    {more}
    reason: {{zh: 理由, en: reason}}
    in_force: {{from: 2025-01-01}}
    source: {{instrument: FIRM, confidence: H}}
"""
FLOOR = """\
parameters:
  - name: {name}
    label: {{zh: 起点, en: floor}}
    article: "1"
    source: {{instrument: FIRM, confidence: H}}
    values:
      - {{from: 2022-01-01, value: 5000000}}
"""
FACT = """\
facts:
  - name: flow.firm
    type: count
    scope: flow
    label: {{zh: 人数, en: persons}}
    help: {{zh: 人数, en: persons}}
    parts: [{parts}]
"""
DUTY = """\
duties:
  - id: {id}
    article: "1"
    label: {{zh: 内部审批, en: internal approval}}
    detail: {{zh: 由法务审批, en: approved by counsel}}
    in_force: {{from: 2025-01-01}}
    source: {{instrument: FIRM, confidence: H}}
"""


@pytest.fixture
def pack(tmp_path):
    def write(overrides="", **files):
        folder = tmp_path / "firm"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(HEAD.format(overrides=overrides), "utf-8")
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        return folder

    return write


def decided(packs, **values):
    known = {"exporter.ciio": False, "data.important": False, "transfer.collected_abroad": False,
             "transfer.contract_party": False, "transfer.emergency": False, "hr.cross_border_management": False,
             "list.in_zone": False, "year_before.ordinary_persons": 0, "year_before.sensitive_persons": 0}  # fmt: skip
    flow = {"flow.personal": True, "flow.employee": False, "flow.sensitive_persons": 0, "flow.under14_persons": 0}
    flow |= {"flow.ordinary_persons": 2_000_000} | {name.replace("__", "."): value for name, value in values.items()}
    return decide(
        FactSet(
            as_of=dt.date(2026, 11, 22),
            facts=tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in known.items()),
            flows=(
                FlowFacts(
                    id="f",
                    label=same("f"),
                    facts=tuple(Fact(name=n, value=v, source=FactSource.DECLARED) for n, v in flow.items()),
                ),
            ),
        ),
        packs,
    )


LOOSENING = {
    "gives": ("", {"rules": RULE.format(more="gives: exempt")}, "K-PCK-063", "firm/rules.yaml:6", "gives"),
    "uncounted": (
        "",
        {"rules": RULE.format(more="gives: exempt\n    counts: false")},
        "K-PCK-063",
        "firm/rules.yaml:6",
        "gives",
    ),
    "requires little": (
        "",
        {"rules": RULE.format(more="requires: not_regulated")},
        "K-PCK-064",
        "firm/rules.yaml:6",
        "requires",
    ),
    "joins a group": (
        "",
        {"rules": RULE.format(more="requires: standard_contract\n    groups: [o16-3-to-6]")},
        "K-PCK-065",
        "firm/rules.yaml:7",
        "prevails",
    ),
    "names a group as a built-in rule": (
        "",
        {"rules": RULE.format(more="requires: standard_contract\n    groups: [o16-5-1-4-small]")},
        "K-PCK-065",
        "firm/rules.yaml:7",
        "prevails",
    ),
    "splits a built-in count": (
        "",
        {"vocabulary": FACT.format(parts="flow.ordinary_persons, flow.sensitive_persons")},
        "K-PCK-066",
        "firm/vocabulary.yaml:7",
        "splits",
    ),
    "raises a floor": (
        "ordinary_assessment_floor",
        {"parameters": FLOOR.format(name="ordinary_assessment_floor")},
        "K-PCK-062",
        "firm/parameters.yaml:2",
        "redefines",
    ),
    "lowers a duty": (
        "pipl-39-tell",
        {"duties": DUTY.format(id="pipl-39-tell")},
        "K-PCK-062",
        "firm/duties.yaml:2",
        "redefines",
    ),
}


@pytest.mark.parametrize("name", LOOSENING)
def test_what_loosens_is_refused_with_its_line_and_shown_where_allowed(pack, name):
    overrides, files, code, line, how = LOOSENING[name]
    names = {one.to for rule in load_packs().rules for one in rule.yields_to}
    assert "o16-3-to-6" in names
    folder = pack(overrides, **{k: v.replace("o16-5-1-4-small", max(names - {"o16-3-to-6"})) for k, v in files.items()})
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    assert (caught.value.code, caught.value.where) == (code, line)
    assert (code, line) in [(slip.code, slip.where) for slip in find_slips(builtin_root(), folder)]
    if how == "splits":
        return  # what it splits is in a built-in split already: refused for that too
    packs = load_packs(builtin_root(), folder, allow_override=True)
    assert [one.how for one in packs.overrides] == [how]
    assert packs.overrides[0].pack == "firm.own"
    assert decided(packs).overrides == packs.overrides


def test_a_floor_raised_by_leave_makes_the_decision_lighter_and_says_so(pack):
    folder = pack("ordinary_assessment_floor", parameters=FLOOR.format(name="ordinary_assessment_floor"))
    before, after = decided(load_packs()), decided(load_packs(builtin_root(), folder, allow_override=True))
    assert before.options == (Pathway.SECURITY_ASSESSMENT,)
    assert after.options == (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
    assert [(one.entry, one.how) for one in after.overrides] == [("ordinary_assessment_floor", "redefines")]
    assert before.overrides == ()


def test_what_adds_or_tightens_is_taken(pack):
    folder = pack(
        rules=RULE.format(more="requires: prohibited"),
        duties=DUTY.format(id="firm-approval\n    pathways: prohibited"),
        parameters=FLOOR.format(name="firm_floor"),
        vocabulary=FACT.format(parts="flow.firm_a, flow.firm_b")
        + "".join(
            FACT.format(parts="")
            .replace("facts:\n", "")
            .replace("flow.firm", f"flow.firm_{one}")
            .replace("    parts: []\n", "")
            for one in "ab"
        ),
    )
    packs = load_packs(builtin_root(), folder)
    assert packs.overrides == ()
    assert [ref.id for ref in packs.refs if ref.user] == ["firm.own"]
    decision = decided(packs)
    assert decision.options == (Pathway.PROHIBITED,)
    assert "firm-approval" in {duty.id for duty in decision.duties}


@pytest.mark.parametrize(
    ("overrides", "files", "code"),
    [
        ("", {"parameters": FLOOR.format(name="ordinary_assessment_floor")}, "K-PCK-060"),
        ("", {"duties": DUTY.format(id="pipl-39-tell")}, "K-PCK-060"),
        ("", {"duties": DUTY.format(id="o16-7-1-2-sensitive")}, "K-PCK-060"),
        ("pipl-39-tell", {}, "K-PCK-061"),
        ("no-such-thing", {"duties": DUTY.format(id="no-such-thing")}, "K-PCK-061"),
        ("o16-7-1-2-sensitive", {"duties": DUTY.format(id="o16-7-1-2-sensitive")}, "K-PCK-061"),
    ],
)
def test_redefining_needs_to_be_said_and_to_fit(pack, overrides, files, code):
    for allow in (False, True):
        with pytest.raises(KouanError) as caught:
            load_packs(builtin_root(), pack(overrides, **files), allow_override=allow)
        assert caught.value.code == code


def test_a_copy_is_read_as_it_was_loaded(pack, tmp_path):
    folder = pack("ordinary_assessment_floor", parameters=FLOOR.format(name="ordinary_assessment_floor"))
    packs = load_packs(builtin_root(), folder, allow_override=True)
    packs.copy_to(tmp_path / "copy")
    again = load_copied(tmp_path / "copy", packs.refs)
    assert (again.refs, again.overrides) == (packs.refs, packs.overrides)
    assert decided(again) == decided(packs)
    with pytest.raises(KouanError):  # as if they were all built in, two entries share a name
        load_packs(tmp_path / "copy")


def test_a_draft_is_checked_and_decides_nothing(pack):
    folder = pack("ordinary_assessment_floor", parameters=FLOOR.format(name="ordinary_assessment_floor"))
    pack("ordinary_assessment_floor", rules=RULE.format(more="gives: exempt"))
    head = folder / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "status: draft\nlist: my-city\n", "utf-8")
    packs = load_packs(builtin_root(), folder)
    assert (packs.overrides, packs.heads["firm.own"].status) == ((), "draft")
    assert "firm-rule" not in {rule.id for rule in packs.rules}
    assert decided(packs).options == (Pathway.SECURITY_ASSESSMENT,)
    (folder / "rules.yaml").write_text(
        RULE.format(more="gives: exempt").replace("flow.personal", "flow.persnal"), "utf-8"
    )
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    assert caught.value.code == "K-PCK-005"


def test_a_list_of_the_user_needs_leave(pack):
    folder = pack(duties=DUTY.format(id="firm-approval"))
    head = folder / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "list: my-city\n", "utf-8")
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    assert caught.value.code == "K-PCK-067"
    (override,) = load_packs(builtin_root(), folder, allow_override=True).overrides
    assert (override.how, override.entry) == ("list", "my-city")
