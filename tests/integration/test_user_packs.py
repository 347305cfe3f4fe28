"""A user pack on the whole way: what it adds decides, what it loosens is refused or stands in decision and report."""

from __future__ import annotations

import json

from tests.commands import Transfer, kouan

PACK = """\
id: firm.own
version: 1.0.0
title: {zh: 本所, en: ours}
overrides: [ordinary_assessment_floor]
instruments:
  FIRM: {title: {zh: 本所内部规定, en: rules of the firm}, rank: normative, in_force: 2022-01-01}
"""
FLOOR = """\
parameters:
  - name: ordinary_assessment_floor
    label: {zh: 起点, en: floor}
    article: "1"
    source: {instrument: FIRM, confidence: H}
    values:
      - {from: 2022-01-01, value: 5000000}
"""


def test_an_override_needs_leave_and_shows_everywhere(tmp_path):
    transfer = Transfer.lay(tmp_path / "t")
    pack = tmp_path / "firm"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, "utf-8")
    (pack / "parameters.yaml").write_text(FLOOR, "utf-8")
    refused = kouan(*transfer.clear, "--packs", pack, home=transfer.home)
    assert refused.returncode == 2
    assert refused.stderr.startswith("K-PCK-062 ")
    assert "firm/parameters.yaml:2" in refused.stderr
    assert not transfer.out.exists()

    cleared = kouan(*transfer.clear, "--packs", pack, "--allow-override", home=transfer.home)
    assert cleared.returncode in (0, 3), cleared.stderr
    assert "redefines the built-in “ordinary_assessment_floor”" in cleared.stdout
    decision = json.loads((transfer.out / "decision.json").read_text("utf-8"))["body"]["original"]
    assert [(one["pack"], one["entry"], one["how"]) for one in decision["overrides"]] == [
        ("firm.own", "ordinary_assessment_floor", "redefines")
    ]
    assert [one["id"] for one in decision["packs"] if one["user"]] == ["firm.own"]
    report = (transfer.out / "report.html").read_text("utf-8")
    assert "用户规则包放宽了内置规则" in report
    verified = kouan("verify", transfer.out, home=transfer.home)
    assert verified.returncode == 0, verified.stdout
    assert "firm.own" in verified.stdout
    listed = kouan("law", "list", "--packs", pack, "--allow-override", "--json", home=transfer.home)
    assert [one["entry"] for one in json.loads(listed.stdout)["overrides"]] == ["ordinary_assessment_floor"]


def test_leave_may_come_from_the_environment_and_a_flag_is_not_needed(tmp_path, monkeypatch):
    pack = tmp_path / "firm"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, "utf-8")
    (pack / "parameters.yaml").write_text(FLOOR, "utf-8")
    (tmp_path / "kouan.toml").write_text(f'packs = "{pack}"\nallow_override = true\n', "utf-8")
    listed = kouan("law", "list", "--json", home=tmp_path / "home", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    (tmp_path / "kouan.toml").write_text(f'packs = "{pack}"\nallow_override = false\n', "utf-8")
    assert kouan("law", "list", home=tmp_path / "home", cwd=tmp_path).returncode == 2


def test_leave_holds_for_the_interview_and_the_reasons_too(tmp_path):
    transfer = Transfer.lay(tmp_path / "t")
    pack = tmp_path / "firm"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, "utf-8")
    (pack / "parameters.yaml").write_text(FLOOR, "utf-8")
    for words in (("--why",), ("--ask", "--json"), ("--ask", "--why")):
        command = ("decide", transfer.declaration, *words, "--packs", pack)
        allowed = kouan(*command, "--allow-override", home=transfer.home)
        assert allowed.returncode in (0, 3), (words, allowed.stderr)
        refused = kouan(*command, home=transfer.home)
        assert (refused.returncode, refused.stderr[:10]) == (2, "K-PCK-062 "), words
    state = tmp_path / "state.json"
    state.write_text('{"as_of": "2026-11-22"}', "utf-8")
    resumed = ("decide", "--ask", "--resume", state, "--packs", pack)
    assert kouan(*resumed, "--allow-override", home=transfer.home).returncode == 3
    assert kouan(*resumed, home=transfer.home).returncode == 2
