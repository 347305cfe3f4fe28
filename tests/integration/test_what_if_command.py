"""`kouan what-if` from a declaration and its data to options that `kouan decide` bears out."""

from __future__ import annotations

import json

import pytest

from tests.commands import Transfer, cells_in, kouan


@pytest.fixture
def transfer(tmp_path):
    transfer = Transfer.lay(tmp_path / "hr")
    transfer.declare("  hr.collective_contract: true", "  hr.collective_contract: false")
    return transfer


def test_an_option_that_was_made_true_is_what_decide_then_says(transfer):
    done = kouan("what-if", transfer.declaration, "--json", home=transfer.home)
    assert done.returncode == 0, done.stderr
    assert not cells_in(done.stdout)
    found = json.loads(done.stdout)
    assert found["complete"]
    by_levers = {tuple(lever["id"] for lever in one["levers"]): one for one in found["alternatives"]}
    option = by_levers["make-true:hr.collective_contract",]
    assert option["possible"][0]["options"] == ["exempt"]
    transfer.declare("  hr.collective_contract: false", "  hr.collective_contract: true")
    decided = json.loads(kouan("decide", transfer.declaration, "--json", home=transfer.home).stdout)
    assert decided["possible"] == option["possible"]
    assert {one["id"] for one in decided["duties"]} == {one["id"] for one in option["duties"]}


def test_an_option_that_drops_items_is_what_decide_then_says(transfer):
    found = json.loads(kouan("what-if", transfer.declaration, "--json", home=transfer.home).stdout)
    options = [one for one in found["alternatives"] if {lever["kind"] for lever in one["levers"]} == {"drop"}]
    assert len(options) == 1
    names = {lever["target"].rpartition("#")[2] for lever in options[0]["levers"]}
    rows = [line.split(",") for line in transfer.data.read_text("utf-8").splitlines()]
    kept = [place for place, name in enumerate(rows[0]) if name not in names]
    assert 0 < len(kept) < len(rows[0])
    transfer.data.write_text("\n".join(",".join(row[place] for place in kept) for row in rows) + "\n", "utf-8")
    decided = json.loads(kouan("decide", transfer.declaration, "--json", home=transfer.home).stdout)
    assert [one["options"] for one in decided["possible"]] == [one["options"] for one in options[0]["possible"]]


def test_the_page_speaks_both_languages_and_says_what_must_be_so(transfer):
    zh = "".join(kouan("what-if", transfer.declaration, home=transfer.home, lang="zh").stdout.split())
    assert "方案1：免予办理（豁免）" in zh
    assert "只在填报中改写不算" in zh
    en = " ".join(kouan("what-if", transfer.declaration, home=transfer.home, lang="en").stdout.split())
    assert "first bring about: lawfully conclude a collective contract" in en
    assert "conditions of release remain" in en


def test_nothing_is_found_where_nothing_helps(transfer):
    transfer.declare("  hr.collective_contract: false", "  hr.collective_contract: true")
    done = kouan("what-if", transfer.declaration, home=transfer.home)
    assert done.returncode == 0
    assert "no honest change was found" in done.stdout


def test_a_portfolio_is_refused(transfer):
    path = transfer.folder / "portfolio.yaml"
    path.write_text("portfolio: {name: 组合}\ntransfers: [transfer.yaml]\n", "utf-8")
    done = kouan("what-if", path, home=transfer.home)
    assert done.returncode == 2
    assert "K-CLR-080" in done.stderr
