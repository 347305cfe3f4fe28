"""Answers go into a declaration and nothing else in it changes."""

from __future__ import annotations

import datetime as dt
import difflib
from importlib import resources

import pytest

from kouan.clearance.facts import BY_CANDIDATES
from kouan.clearance.rewriting import with_answers, with_checks
from kouan.model import strictyaml
from kouan.model.declaration import Basis, Declaration
from kouan.model.facts import Fact, FactSource, Range
from kouan.model.interview import Answer
from kouan.packs import load_packs

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)
PLAIN = """\
transfer: {name: t, scenario: hr_management}   # 头
parties:
  - {role: exporter, name: 甲公司}  # 出口方
  - role: recipient
    name: B AG
    country: DE
purpose: 测试
sources:
  - {path: hr.csv, subjects: [employee]}
facts:   # 事实
  hr.necessary: true   # 已确认

  # 待确认
  hr.collective_contract: unknown   # 工会
# 完
"""


def write(text, *answers):
    changed, left = with_answers(text, answers, packs=PACKS, day=DAY)
    lines = difflib.ndiff(text.splitlines(), changed.splitlines())
    return changed, [line for line in lines if line[0] in "+-"], left


def test_a_known_line_is_filled_in_and_a_new_one_added_where_it_belongs():
    changed, lines, left = write(
        PLAIN, Answer(fact="hr.collective_contract", value=False), Answer(fact="data.important", value=False)
    )
    assert lines == [
        "-   hr.collective_contract: unknown   # 工会",
        "+   hr.collective_contract: false   # 工会",
        "+   data.important: false",
    ]
    assert left == ()
    assert changed.endswith("  data.important: false\n# 完\n")


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(fact="exporter.ciio", value=False), "+   - {role: exporter, name: 甲公司, ciio: false}  # 出口方"),
        (Answer(fact="exporter.zone", value="cn-beijing/daxing"), "+   - {role: exporter, name: 甲公司, zone: cn-beijing/daxing}  # 出口方"),
        (Answer(fact="exporter.zone", value="甲: 乙 #"), '+   - {role: exporter, name: 甲公司, zone: "甲: 乙 #"}  # 出口方'),
    ],
)  # fmt: skip
def test_facts_that_another_field_holds(answer, line):
    _, lines, left = write(PLAIN, answer)
    assert lines[1:] == [line]
    assert left == ()


@pytest.mark.parametrize("before", ["", "year_to_date: unknown\n", "year_to_date:   # 待查\n"])
def test_counts_of_the_year_are_written_with_their_day(before):
    changed, _, left = write(
        before + PLAIN,
        Answer(fact="year_before.ordinary_persons", value=Range(lo=5, hi=5)),
        Answer(fact="year_before.sensitive_persons", value=0),
    )
    counted = strictyaml.parse(Declaration, changed, "t", "declaration").year_to_date
    assert (counted.ordinary, counted.sensitive, counted.as_of, left) == (5, 0, DAY, ())


@pytest.mark.parametrize(
    "answer",
    [
        Answer(fact="year_before.ordinary_persons", value=Range(lo=5, hi=9)),
        Answer(fact="flow.personal", flow="employee", value=True),
        Answer(fact="basis.consent", value=True),
        Answer(fact="recipient.countries", value=("DE",)),
    ],
)
def test_what_a_declaration_cannot_say_is_left_and_told(answer):
    assert write(PLAIN, answer) == (PLAIN, [], (answer,))


def test_what_is_not_known_writes_nothing():
    assert write(PLAIN, Answer(fact="data.important", value=None)) == (PLAIN, [], ())


def test_grounds_are_written_when_all_of_them_were_answered():
    answers = [Answer(fact=f"basis.{one.value}", value=one in {Basis.HR, Basis.CONSENT}) for one in Basis]
    _, lines, left = write(PLAIN, *answers)
    assert (lines, left) == (["+ basis: [consent, hr]"], ())


@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize("facts", ["", "facts: {}", "facts: {hr.necessary: true}"])
def test_every_way_to_write_facts(facts, ending):
    text = PLAIN[: PLAIN.index("facts:")] + facts + ending
    changed, _, left = write(
        text, Answer(fact="data.important", value=False), Answer(fact="hr.labour_rules", value=True)
    )
    said = strictyaml.parse(Declaration, changed, "t", "declaration").facts
    assert left == ()
    assert (said["data.important"], said["hr.labour_rules"]) == (False, True)
    assert ("hr.necessary" in said) == ("necessary" in facts)


def test_windows_line_ends_stay():
    changed, _, _ = write(PLAIN.replace("\n", "\r\n"), Answer(fact="data.important", value=False))
    assert "\n" not in changed.replace("\r\n", "")
    assert strictyaml.parse(Declaration, changed, "t", "declaration").facts["data.important"] is False


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_takes_every_answer(lang):
    text = resources.files("kouan.clearance").joinpath(f"templates/transfer.{lang}.yaml").read_text("utf-8")
    text = text.replace("YYYY-MM-DD", DAY.isoformat())
    names = list(strictyaml.load(text, "t").value["facts"])
    changed, lines, left = write(text, *(Answer(fact=name, value=False) for name in (*names, "exporter.ciio")))
    assert left == ()
    assert all("#" in line or "unknown" in line or "false" in line for line in lines)
    said = strictyaml.parse(Declaration, changed, "t", "declaration")
    assert set(said.facts.values()) == {False}
    assert said.parties[0].ciio is False


@pytest.mark.parametrize(
    ("evidence", "said", "written"),
    [(BY_CANDIDATES, False, True), (BY_CANDIDATES, True, False), (BY_CANDIDATES, None, False), ("", False, False)],
)
def test_who_denies_important_data_beside_candidates_has_checked_them(evidence, said, written):
    facts = (Fact(name="data.important", source=FactSource.OBSERVED, evidence=f"{evidence} auto-charging"),)
    answers = with_checks((Answer(fact="data.important", value=said),), facts)
    assert (Answer(fact="data.important_checked", value=True) in answers) is written
    changed, left = with_answers(PLAIN, answers, packs=PACKS, day=DAY)
    assert ("data.important_checked: true" in changed) is written
    assert left == ()
