"""A number or a name of a person where an id belongs: answers, declarations and lists are refused without showing it."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest

from kouan.cli.dispatch import run_command
from tests.commands import DAY, Transfer

MOBILE, RESIDENT, NAME = "13812345678", "110105198203047758", "欧阳试验甲"
PLANTED = (MOBILE, RESIDENT, NAME, "13812345678"[3:], RESIDENT[6:14])
STATES = {
    "flow": ("K-LAW-020", {"answers": [{"fact": "data.important", "flow": "{}", "value": True}]}),
    "flow twice": ("K-LAW-007", {"flows": [{"id": "{}", "label": {"zh": "甲", "en": "A"}}] * 2}),
    "fact in a flow": (
        "K-LAW-005",
        {
            "flows": [
                {
                    "id": "{}",
                    "label": {"zh": "甲", "en": "A"},
                    "facts": [{"name": "year.all_persons", "value": 3, "source": "declared"}],
                }
            ]
        },
    ),
    "answer of a flow": (
        "K-LAW-022",
        {
            "flows": [
                {
                    "id": "{}",
                    "label": {"zh": "甲", "en": "A"},
                    "facts": [{"name": "flow.personal", "value": True, "source": "observed"}],
                }
            ],
            "answers": [{"fact": "flow.personal", "flow": "{}", "value": False}],
        },
    ),
    "fact": ("K-LAW-002 K-MOD-005", {"answers": [{"fact": "a{}", "value": True}]}),
    "value": ("K-LAW-003", {"answers": [{"fact": "data.important", "value": "{}"}]}),
    "point": ("K-LAW-009 K-MOD-005", {"adopted": {"{}": "either"}}),
    "option": ("K-LAW-009 K-MOD-005", {"adopted": {"a3": "{}"}}),
    "field": ("K-MOD-003", {"x{}": 1}),
}
LINES = {
    "readings: {{{}: either}}": "K-MOD-005 K-CLR-070",
    "readings: {{a3: '{}'}}": "K-MOD-005 K-CLR-070",
    "list: {{used: '{}'}}": "K-CLR-090",
    "list: {{used: beijing, sector: '{}'}}": "K-CLR-090 K-CLR-092",
    "necessity: {{items: {{{}: 必须}}}}": "K-CLR-060",
    "x{}: 1": "K-MOD-003",
    "'{}': 1": "K-MOD-003",
}
SHOWN = {"necessity: {{items: {{{}: 必须}}}}", "x{}: 1", "'{}': 1"}
"""A column and a field are names that the declaration gives: shown as written, but for numbers of persons."""


def _refused(words, home, monkeypatch, capsys, data=""):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    for name, value in {"KOUAN_HOME": str(home), "KOUAN_AS_OF": DAY, "KOUAN_LANG": "zh"}.items():
        monkeypatch.setenv(name, value)
    status = run_command(words)
    out, err = capsys.readouterr()
    assert status == 2, out + err
    return err.split()[0], out + err


def _filled(value, word):
    if isinstance(value, dict):
        return {key.replace("{}", word): _filled(one, word) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, word) for one in value]
    return value.replace("{}", word) if isinstance(value, str) else value


@pytest.mark.parametrize("word", [MOBILE, RESIDENT, NAME])
@pytest.mark.parametrize("place", [place for place in STATES if place != "field"])
def test_answers_of_an_interview(place, word, tmp_path, monkeypatch, capsys):
    codes, state = STATES[place]
    text = json.dumps({"as_of": DAY, **_filled(state, word)})
    code, said = _refused(["decide", "--ask", "--json"], tmp_path, monkeypatch, capsys, text)
    assert code in codes.split()
    assert not [one for one in PLANTED if one in said], said


@pytest.mark.parametrize("word", [MOBILE, RESIDENT, NAME])
@pytest.mark.parametrize("line", LINES)
def test_a_declaration(line, word, tmp_path, monkeypatch, capsys):
    transfer = Transfer.lay(tmp_path)
    with transfer.declaration.open("a", encoding="utf-8") as stream:
        stream.write(line.format(word) + "\n")
    code, said = _refused(["clear", str(transfer.declaration)], tmp_path / "home", monkeypatch, capsys)
    assert code in LINES[line].split()
    allowed = {NAME} if line in SHOWN else set()
    assert not [one for one in PLANTED if one in said and one not in allowed], said


@pytest.mark.parametrize("word", [MOBILE, RESIDENT, NAME])
def test_a_fact_that_there_is_not(word, tmp_path, monkeypatch, capsys):
    transfer = Transfer.lay(tmp_path)
    transfer.declare("  data.important: false\n", f"  data.important: false\n  {word}: true\n")
    code, said = _refused(["decide", str(transfer.declaration)], tmp_path / "home", monkeypatch, capsys)
    assert code in {"K-CLR-006", "K-MOD-005"}
    assert not [one for one in PLANTED if one in said], said


def test_the_place_and_the_choices_are_named(tmp_path, monkeypatch, capsys):
    state = {"as_of": DAY, "answers": [{"fact": "data.important", "flow": MOBILE, "value": True}]}
    _, said = _refused(["decide", "--ask", "--json"], tmp_path, monkeypatch, capsys, json.dumps(state))
    assert "answers[1]" in said
    assert "改用 data 之一" in said
    state = {"as_of": DAY, "adopted": {"o16-7-8-together": "x"}}
    _, said = _refused(["decide", "--ask", "--json"], tmp_path, monkeypatch, capsys, json.dumps(state))
    assert "改为下列之一" in said
