"""Transfers of one exporter are decided together: what is exempt alone may not be so beside the others."""

from __future__ import annotations

import json

import pytest

from tests.integration.test_journey import kouan

DECLARATION = """\
transfer: {{name: {name}, scenario: retail_analytics}}
parties:
  - {{role: exporter, name: {exporter}, ciio: false}}
  - {{role: recipient, name: Example Ltd, country: IE}}
purpose: 分析
basis: [consent]
sources:
  - {{path: {name}.csv, subjects: [member]}}
year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-01-01}}
facts: {{data.important: false, transfer.collected_abroad: false, transfer.domestic_data_added: false,
  transfer.trade_activity: false, transfer.contract_party: false, transfer.contract_necessary: false,
  transfer.emergency: false, hr.cross_border_management: false, hr.labour_rules: false,
  hr.collective_contract: false, hr.necessary: false}}
"""


def _transfer(folder, name, members, exporter="示例公司"):
    rows = "\n".join(f"M{number:08d},1990-01-01" for number in members)
    (folder / f"{name}.csv").write_text(f"member_id,birth_date\n{rows}\n", "utf-8")
    (folder / f"{name}.yaml").write_text(DECLARATION.format(name=name, exporter=exporter), "utf-8")


def _outcomes(entry):
    return [outcome["options"] for outcome in entry["possible"]]


def test_two_small_transfers_may_cross_a_threshold_together(tmp_path):
    _transfer(tmp_path, "a", range(60_000))
    _transfer(tmp_path, "b", range(30_000, 90_000))
    (tmp_path / "portfolio.yaml").write_text("transfers: [a.yaml, b.yaml]\n")
    alone = kouan("decide", tmp_path / "a.yaml", "--json", "--as-of", "2026-11-22", home=tmp_path / "h")
    assert alone.returncode == 0, alone.stderr
    assert _outcomes(json.loads(alone.stdout)) == [["exempt"]]
    together = kouan("decide", tmp_path / "portfolio.yaml", "--json", "--as-of", "2026-11-22", home=tmp_path / "h")
    assert together.returncode == 3, together.stderr
    for entry in json.loads(together.stdout)["entries"]:
        # 60,000 to 120,000 persons: whether they are the same people is not known.
        assert _outcomes(entry["decision"]) == [["exempt"], ["standard_contract", "certification"]]


def test_a_small_transfer_beside_a_large_one_is_not_exempt(tmp_path):
    _transfer(tmp_path, "small", range(10))
    _transfer(tmp_path, "large", range(100_010))
    (tmp_path / "portfolio.yaml").write_text("transfers: [small.yaml, large.yaml]\n")
    done = kouan("decide", tmp_path / "portfolio.yaml", "--json", "--as-of", "2026-11-22", home=tmp_path / "h")
    assert done.returncode == 0, done.stderr
    for entry in json.loads(done.stdout)["entries"]:
        assert _outcomes(entry["decision"]) == [["standard_contract", "certification"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("transfers: []\n", "K-MOD-005"),
        ("transfers: [none.yaml]\n", "K-CLR-001"),
        ("transfers: [a.yaml, c.yaml]\n", "K-CLR-008"),
    ],
)
def test_refused(tmp_path, text, code):
    _transfer(tmp_path, "a", range(10))
    _transfer(tmp_path, "c", range(10), exporter="另一家公司")
    (tmp_path / "portfolio.yaml").write_text(text)
    done = kouan("decide", tmp_path / "portfolio.yaml", home=tmp_path / "h")
    assert done.returncode == 2
    assert code in done.stderr


def test_signs_of_splitting_are_shown(tmp_path):
    _transfer(tmp_path, "a", range(60))
    (tmp_path / "portfolio.yaml").write_text(
        "transfers: [a.yaml]\n"
        "siblings: [{name: 子公司的出境, exporter: 示例子公司, recipients: [example ltd], scenario: retail_analytics,"
        " day: 2026-10-01, ordinary: 99_990, sensitive: 0}]\n"
    )
    done = kouan("decide", tmp_path / "portfolio.yaml", "--json", "--as-of", "2026-11-22", home=tmp_path / "h")
    assert done.returncode == 0, done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert [(one["id"], one["transfers"]) for one in findings] == [("exporters", ["a", "子公司的出境"])]
    shown = kouan("decide", tmp_path / "portfolio.yaml", "--as-of", "2026-11-22", "--lang", "en", home=tmp_path / "h")
    assert "changes no decision" in shown.stdout
    assert "Art 4(3)" in shown.stdout
