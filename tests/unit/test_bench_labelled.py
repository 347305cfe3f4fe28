"""The labelled data are right by other people's arithmetic, and are counted as they should be."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stdnum import imei, luhn
from stdnum.cn import ric, uscc

from bench import recognition
from bench.context import Context
from bench.labelled import digits, makers, noise
from bench.labelled.cases import CELLS, Ask, Case
from bench.labelled.score import Answer, all_cases, mistakes, scores
from bench.labelled.table import read_truth, write_table
from bench.measure import BenchError
from examples.dice import Dice

ROOT = Path(__file__).resolve().parents[2]
ROWS = {
    *("cn.ric", "cn.ric15", "cn.pr", "cn.hmt_res", "cn.hkmo_permit", "cn.tw_permit", "cn.passport", "cn.mobile"),
    *("cn.landline", "cn.bankcard", "cn.uscc", "cn.orgcode", "cn.plate", "vin", "engine_no", "driver_licence"),
    *("cn.officer", "cn.ssn", "cn.medical", "hkid", "moid", "twid", "email", "ip", "ipv6", "mac", "imei", "imsi"),
    *("iccid", "advertising_id", "android_id", "geo", "account", "name", "address", "biometric", "religion"),
    *("health", "location", "birth_date", "credential", "patient_id"),
}
INSIDE = {
    "cn.ric": r"(?<!\d)\d{17}[\dX](?!\d)",
    "cn.mobile": r"(?<!\d)1\d{10}(?!\d)",
    "email": r"@",
    "cn.passport": r"(?<![A-Z0-9])E[A-Z0-9]\d{7}(?!\d)",
    "vin": r"L[SFGB][VX][A-Z0-9]{14}",
}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("labelled") / "table.parquet"
    write_table(path, 3000)
    return path


def test_check_characters_are_those_of_python_stdnum():
    dice = Dice("test")
    for _ in range(300):
        assert ric.is_valid(makers.ric(dice))
        assert uscc.is_valid(makers.uscc(dice))
        assert luhn.is_valid(makers.card(dice, "622202", 19))
        assert luhn.is_valid(makers.iccid(dice))
        assert imei.is_valid(makers.imei(dice))
        assert not ric.is_valid(makers.other_last(makers.ric(dice)))


def test_check_characters_are_those_of_printed_examples():
    assert digits.vin("1M8GDM9AXKP042788") == "X"
    assert digits.org("D2143569") == "X"
    assert digits.hkid("G123456") == "A"
    assert digits.twid("A12345678") == "9"
    assert digits.mrz("L898902C3") == "6"


@pytest.mark.parametrize(
    ("column", "is_right"),
    [("身份证号", ric.is_valid), ("统一社会信用代码", uscc.is_valid), ("银行卡号", luhn.is_valid)],
)
def test_truth_of_columns_is_what_python_stdnum_counts(table, column, is_right):
    cells = pq.read_table(table, columns=[column]).column(0).to_pylist()
    truth = read_truth(table).columns[column]
    filled = [cell for cell in cells if cell is not None]
    assert sum(is_right(cell) for cell in filled) == truth["right"]
    assert sum(not is_right(cell) for cell in filled) == truth["wrong"] > 0
    assert len(cells) - len(filled) == truth["null"] > 0


@pytest.mark.parametrize("identifier", INSIDE)
def test_truth_of_remarks_is_what_a_plain_search_finds(table, identifier):
    remarks = pq.read_table(table, columns=["备注"]).column(0).to_pylist()
    truth = read_truth(table).inside
    orders = sum(bool(re.search(r"单号?\d{18}(?!\d)", remark or "")) for remark in remarks)
    found = sum(bool(re.search(INSIDE[identifier], remark or "")) for remark in remarks)
    assert found - (orders if identifier == "cn.ric" else 0) == truth[identifier] > 0


def test_the_same_seed_gives_the_same_table(table, tmp_path):
    again = tmp_path / "again.parquet"
    assert write_table(again, 3000) == read_truth(table)
    assert pq.read_table(again).equals(pq.read_table(table))
    write_table(again, 3000, seed=2)
    assert not pq.read_table(again).equals(pq.read_table(table))


def test_labels_are_made_without_the_recognizers():
    code = (
        "import sys; from bench.labelled import identity, noise, online, table, trade, words; "
        "[list(part.cases()) for part in (identity, online, trade, words)]; "
        "sys.exit(any(name.startswith('kouan') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_every_identifier_has_columns_and_most_have_traps():
    cases = all_cases()
    assert {case.identifier for case in cases} >= ROWS
    assert {case.identifier for case in cases if case.ask is not Ask.NEVER} >= ROWS
    trapped = {case.identifier for case in cases if case.ask is Ask.NEVER}
    assert len(trapped) > len(ROWS) / 2
    assert all(len(case.values) == CELLS for case in cases)


@pytest.mark.parametrize(
    ("identifier", "form", "is_right"),
    [
        ("cn.ric", r"(?<!\d)\d{17}[\dX](?!\d)", ric.is_valid),
        ("cn.uscc", r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])", uscc.is_valid),
        ("cn.bankcard", r"(?<!\d)\d{15,19}(?!\d)", luhn.is_valid),
    ],
)
def test_cells_asked_to_be_confirmed_hold_a_right_number(identifier, form, is_right):
    asked = [case for case in all_cases() if case.identifier == identifier and case.ask is Ask.CONFIRMED]
    assert asked
    for case in asked:
        if case.what == "农村 N1":  # python-stdnum knows digits alone at this place
            continue
        for cell in case.values.to_pylist()[:: CELLS // case.held]:
            plain = unicodedata.normalize("NFKC", str(cell)).upper()
            plain = re.sub(r"(?<=[0-9A-Z])[ -](?=[0-9A-Z])", "", plain)
            assert any(is_right(found) for found in re.findall(form, plain)), case.what


def test_noise_holds_the_lengths_that_it_says():
    assert set(map(len, noise.large({"one": noise.ORDERS["日期 + 10 位，共 18 位"]}, 50)["col_01"].to_pylist())) == {18}
    small = noise.small(noise.RANDOM["17 位数字"], 1)
    assert (small.num_rows, small.num_columns) == (noise.SMALL_ROWS, noise.SMALL_COLUMNS)


def case(ask, *, named=False, held=CELLS, truth=""):
    return Case("cn.ric", "x", "c", pa.array(["x"] * CELLS), ask, held, named=named, truth=truth)


def test_scores_count_what_was_asked_and_what_was_wrong():
    score = scores(
        [
            Answer(case(Ask.CONFIRMED, named=True), "cn.ric", sure=True, found={"cn.ric": (150, 20)}),
            Answer(case(Ask.SUSPECTED), "unknown", sure=False, found={"cn.ric": (5, 100)}),
            Answer(case(Ask.OPEN), "unknown", sure=False, found={}),
            Answer(case(Ask.NEVER, held=0), "cn.ric", sure=True, found={"cn.ric": (7, 3)}),
            Answer(case(Ask.NEVER, held=0, truth="vin"), "vin", sure=True, found={"vin": (CELLS, 0)}),
        ]
    )
    one = score["cn.ric"]
    assert (one.counted, one.asked) == (170 + 105, 2 * CELLS)
    assert (one.sure, one.asked_sure) == (150, CELLS)
    assert (one.right, one.reported) == (275, 285)
    assert (one.right_sure, one.reported_sure) == (150, 162)
    assert one.too_sure == 5
    assert (one.told, one.columns) == (1, 1)
    assert (one.called_right, one.called) == (1, 2)
    assert (score["vin"].right, score["vin"].reported) == (CELLS, CELLS)


def test_more_than_was_written_does_not_raise_recall():
    answer = Answer(case(Ask.COUNTED, held=10), "free_text", sure=False, found={"cn.ric": (30, 0), "vin": (1, 2)})
    assert scores([answer])["cn.ric"].counted == 10
    assert mistakes(answer) == {"vin": (1, 2)}


def test_a_peer_that_is_not_there_is_a_line_of_the_report(table, tmp_path, monkeypatch):
    def missing(command, *, cwd, log):
        if "ripgrep" in command:
            raise BenchError("crashed")
        log.write_text('{"missing": "no such module"}\n', encoding="utf-8")

    monkeypatch.setattr(recognition, "run_child", missing)
    lines = recognition._peers(Context(ROOT, tmp_path, tmp_path), table)
    assert [line.name.removeprefix("peer ") for line in lines] == list(recognition.peers.PEERS)
    assert all(line.detail.startswith("NOT RUN: ") for line in lines)
    assert "crashed" in lines[1].detail
