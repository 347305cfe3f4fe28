"""Packs made to hang, hide or pass for another: each is refused with its place, at once."""

from __future__ import annotations

import os

import pytest

from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.packs import builtin_root, find_slips, load_packs
from tests.unit.test_packs_tightening import DUTY, HEAD, RULE, decided

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


PLAIN = HEAD.format(overrides="")


@pytest.fixture
def firm(tmp_path):
    def write(files, head=PLAIN):
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
    folder = firm({"rules.yaml": rule}, HEAD.format(overrides="").replace("FIRM:", "O16:"))
    decision = decided(load_packs(builtin_root(), folder))
    assert [source.title.zh for source in decision.possible[0].sources] == ["本所内部规定"]
    assert "本所内部规定" in decision.possible[0].reason.zh
