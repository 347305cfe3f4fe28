"""Packs made to hang, hide or pass for another: each is refused with its place, at once."""

from __future__ import annotations

import os
import time

import pytest

from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.packs import builtin_root, find_slips, load_packs
from tests.unit.test_packs_tightening import DUTY, HEAD, RULE, decided

OWN = HEAD.format(overrides="")
READING = """\
  - id: firm-{id}
    article: "1"
    source: {{instrument: FIRM, confidence: L}}
    in_force: {{from: 2025-01-01}}
    question: {{zh: 问, en: question}}
    default: a
    options:
      - {{id: a, label: {{zh: 甲, en: a}}, ground: {{zh: 据, en: ground}}, confidence: L}}
      - {{id: b, label: {{zh: 乙, en: b}}, ground: {{zh: 据, en: ground}}, confidence: L}}
"""


@pytest.fixture
def firm(tmp_path):
    def write(files, head=OWN):
        folder = tmp_path / "firm"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(head, "utf-8")
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        return folder

    return write


def refused(folder):
    """Return code and place of the refusal; checking a pack finds the same."""
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    found = (caught.value.code, caught.value.where)
    assert found in [(slip.code, slip.where) for slip in find_slips(builtin_root(), folder)]
    return found


def test_a_condition_on_many_readings_is_refused_and_on_few_taken(firm):
    def files(count):
        parts = ", ".join(f"{{fact: flow.personal, is: true, under: {{firm-{n}: a}}}}" for n in range(count))
        when = f"{{all: [{{fact: flow.personal, is: true}}, {parts}]}}"
        return {
            "readings.yaml": "readings:\n" + "".join(READING.format(id=n) for n in range(count)),
            "rules.yaml": RULE.format(more="requires: prohibited").replace("{fact: flow.personal, is: true}", when),
        }

    assert decided(load_packs(builtin_root(), firm(files(3)))).options == (Pathway.PROHIBITED,)
    assert refused(firm(files(30))) == ("K-PCK-024", "firm/rules.yaml:5")


def test_a_file_without_end_is_not_waited_for(firm):
    folder = firm({})
    os.mkfifo(folder / "rules.yaml")
    assert refused(folder) == ("K-PCK-002", "firm/rules.yaml")
    (folder / "rules.yaml").unlink()
    (folder / "rules.yaml").symlink_to("/dev/zero")
    assert refused(folder) == ("K-PCK-002", "firm/rules.yaml")


def test_a_file_that_is_too_large_is_not_parsed(firm):
    assert refused(firm({"duties.yaml": "#" * (5 << 20)})) == ("K-PCK-023", "firm/duties.yaml")


@pytest.mark.parametrize("name", ["duty.yaml", "duties.YAML", "Duties.yaml", "duties.yml", "duties.Yml"])
def test_rules_under_a_wrong_name_are_not_silently_left_out(firm, name):
    folder = firm({name: DUTY.format(id="firm-approval")})
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    assert caught.value.code == "K-PCK-003"
    assert [slip.where for slip in find_slips(builtin_root(), folder)] == [f"firm/{name}"]


def test_an_instrument_under_the_key_of_another_is_cited_by_its_own_title(firm):
    rule = RULE.format(more="requires: prohibited").replace("FIRM", "O16")
    folder = firm({"rules.yaml": rule}, OWN.replace("FIRM:", "O16:"))
    decision = decided(load_packs(builtin_root(), folder))
    assert [source.title.zh for source in decision.possible[0].sources] == ["本所内部规定"]
    assert "本所内部规定" in decision.possible[0].reason.zh


ONE = RULE.format(more="requires: prohibited").split("\n", 1)[1]
WHEN = "{fact: flow.personal, is: true}"
FACT = "  - {{name: firm.f{}, type: bool, scope: transfer, label: {{zh: 甲, en: a}}, help: {{zh: 甲, en: a}}}}\n"


def _many(count, when="{fact: flow.personal, is: true}"):
    rules = (ONE.replace("firm-rule", f"firm-{n}").replace(WHEN, when.replace("#", str(n))) for n in range(count))
    return {"rules.yaml": "rules:\n" + "".join(rules)}


def test_five_thousand_rules_are_loaded_and_decided_in_time(firm):
    started = time.process_time()
    assert decided(load_packs(builtin_root(), firm(_many(5_000)))).options == (Pathway.PROHIBITED,)
    assert time.process_time() - started < 20  # two seconds alone on a machine


def test_more_different_tests_than_can_be_decided_are_refused(firm):
    facts = "facts:\n" + "".join(FACT.format(n) for n in range(2_000))
    files = {"vocabulary.yaml": facts} | _many(2_000, "{fact: firm.f#, is: true}")
    assert refused(firm(files)) == ("K-PCK-027", "rules.yaml")
    assert refused(firm(_many(2_000, "{fact: year.ordinary_persons, at_least: #}"))) == ("K-PCK-027", "rules.yaml")


def test_as_many_tests_as_are_taken_are_decided_in_time(firm):
    facts = "facts:\n" + "".join(FACT.format(n) for n in range(290))
    files = {"vocabulary.yaml": facts} | _many(290, "{fact: firm.f#, is: true}")
    started = time.process_time()
    assert Pathway.PROHIBITED in {
        way for one in decided(load_packs(builtin_root(), firm(files))).possible for way in one.options
    }
    assert time.process_time() - started < 20


@pytest.mark.parametrize("group", ["any", "all", "at_least: 20, of"])
def test_a_condition_of_many_tests_is_refused(firm, group):
    facts = "facts:\n" + "".join(FACT.format(n) for n in range(60))
    wide = f"{{{group}: [" + ", ".join(f"{{fact: firm.f{n}, is: true}}" for n in range(60)) + "]}"
    assert refused(firm({"vocabulary.yaml": facts} | _many(1, wide))) == ("K-PCK-026", "firm/rules.yaml:5")


def test_a_condition_nested_without_end_is_refused(firm):
    deep = "{not: " * 500 + WHEN + "}" * 500
    assert refused(firm(_many(1, deep))) == ("K-MOD-001", "firm/rules.yaml:5")


def test_derived_facts_in_a_circle_are_refused(firm):
    def summed(name, other):
        return (
            f"  - name: firm.{name}\n    type: count\n    scope: derived\n    label: {{zh: 甲, en: a}}\n"
            f"    help: {{zh: 甲, en: a}}\n    sums: [{{start: year_before.ordinary_persons, add: firm.{other}, "
            "when: {fact: flow.personal, is: true}}]\n"
        )

    files = {"vocabulary.yaml": "facts:\n" + summed("a", "b") + summed("b", "a")}
    assert refused(firm(files)) == ("K-PCK-006", "firm/vocabulary.yaml:7")
