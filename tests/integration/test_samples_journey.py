"""The journey on files that nobody here wrote: airline, retail and census tables."""

from __future__ import annotations

import json
import os

import pytest

from tests.integration.test_journey import kouan

DECLARATION = """\
transfer: {{name: sample, scenario: retail_analytics, mode: controlled}}
parties:
  - {{role: exporter, name: 示例公司, ciio: false}}
  - {{role: recipient, name: Example Ltd, country: IE}}
purpose: 分析
basis: [consent]
sources:
{sources}
year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-01-01}}
facts: {{data.important: false, transfer.collected_abroad: false, transfer.domestic_data_added: false,
  transfer.trade_activity: true, transfer.contract_party: false, transfer.contract_necessary: false,
  transfer.emergency: false, hr.cross_border_management: false, hr.labour_rules: false,
  hr.collective_contract: false, hr.necessary: false}}
"""
AIRLINE = (
    "airline_nycflights13/flights_first30k.csv",
    "airline_nycflights13/planes.csv",
    "airline_nycflights13/airlines.csv",
)
RETAIL = tuple(
    f"retail_completejourney/{name}.parquet"
    for name in ("demographics", "campaigns", "coupon_redemptions", "transactions_first100k", "campaign_descriptions")
)


def clear(samples, paths, subject, home, folder):
    sources = "\n".join(
        f"  - {{path: {os.path.relpath(samples / path, folder)}, subjects: [{subject}]}}" for path in paths
    )
    (folder / "transfer.yaml").write_text(DECLARATION.format(sources=sources), "utf-8")
    done = kouan(
        "clear", folder / "transfer.yaml", "--out", folder / "out", "--as-of", "2026-11-22", "--json", home=home
    )
    assert done.returncode in {0, 3}, done.stdout + done.stderr
    checked = kouan("verify", folder / "out", home=home)
    assert checked.returncode == 0, checked.stdout
    return json.loads(done.stdout)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_flights_and_planes_are_about_no_person(samples, home, tmp_path):
    result = clear(samples / "samples", AIRLINE, "passenger", home, tmp_path)
    assert result["original"] == [["not_regulated"]]
    for path in AIRLINE:
        name = path.rpartition("/")[2]
        staged = [file for file in (tmp_path / "out" / "staged").rglob(name) if file.is_file()]
        assert len(staged) == 1
        assert staged[0].read_bytes() == (samples / "samples" / path).read_bytes(), f"{name} is not left as it was"


def test_households_are_persons_and_stay_so_as_pseudonyms(samples, home, tmp_path):
    result = clear(samples / "samples", RETAIL, "household", home, tmp_path)
    assert ["not_regulated"] not in result["original"]
    body = json.loads((tmp_path / "out" / "inventory-treated.json").read_text("utf-8"))["body"]
    assert any(item["meaning"] == "pseudonym" and item["personal"] for item in body["items"])


def test_census_extract_without_keys(samples, home, tmp_path):
    clear(samples, ("adult/adult.csv",), "person", home, tmp_path)
    body = json.loads((tmp_path / "out" / "inventory.json").read_text("utf-8"))["body"]
    roles = {item["name"]: item["role"] for item in body["items"]}
    for name in ("sex", "age", "race", "marital-status", "education", "native-country", "occupation"):
        assert roles[name] == "quasi_identifier", name
    assert body["persons"][0]["persons"]["hi"] == 30_162
    assert not [item["name"] for item in body["items"] if item["role"] == "direct_identifier"]
