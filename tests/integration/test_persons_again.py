"""The same persons month after month are counted once; who cannot be told again adds up; a killed release loses nobody."""

from __future__ import annotations

import datetime as dt
import json
import signal
import stat
import subprocess
import sys

import pytest

from kouan.clearance.again import open_meter
from kouan.model.facts import Range
from tests.commands import Transfer, environment, kouan
from tests.recognizing import mobile_of, ric_of

DECLARATION = """\
transfer: {{name: 会员数据 {name}, scenario: retail_analytics}}
parties:
  - {{role: exporter, name: 甲公司, ciio: false}}
  - {{role: recipient, name: B AG, country: DE}}
purpose: 分析
basis: [consent]
sources:
  - path: {name}.csv
    subjects: [member]
    {items}
year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-01-01}}
facts: {{data.important: false, transfer.collected_abroad: false, transfer.domestic_data_added: false,
  transfer.trade_activity: false, transfer.contract_party: false, transfer.contract_necessary: false,
  transfer.emergency: false, hr.cross_border_management: false, hr.labour_rules: false,
  hr.collective_contract: false, hr.necessary: false}}
"""
CRM = "items: {member_id: {namespace: crm}}"


def _lay(folder, name, rows, *, items=CRM, head="member_id,birth_date"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    (folder / f"{name}.yaml").write_text(DECLARATION.format(name=name, items=items or "min_age: {member: 18}"), "utf-8")


def _members(numbers):
    return [f"M{number:08d},1990-01-01" for number in numbers]


def _clear(folder, name):
    words = ("clear", folder / f"{name}.yaml", "--out", folder / name)
    done = kouan(*words, home=folder / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / name / "decision.json").read_text("utf-8"))["body"]["treated"]


def _release(folder, name, decision, *more):
    binding = {one["id"] for one in decision["conditions"] if set(one["pathways"]) <= {"standard_contract"}}
    words = [word for one in sorted(binding) for word in ("--attest", f"{one}=file")]
    return kouan("release", folder / name, *words, "--by", "Li", *more, home=folder / "home")


def _before(decision, kind="ordinary"):
    return next(one for one in decision["facts"]["facts"] if one["name"] == f"year_before.{kind}_persons")


def _year(folder, exporter="甲公司"):
    count = open_meter(folder / "home").year(exporter, 2026)
    return count and (count.ordinary, count.sensitive)


def _pass(folder, name, rows, **more):
    _lay(folder, name, rows, **more)
    decision = _clear(folder, name)
    done = _release(folder, name, decision)
    assert done.returncode == 0, done.stdout + done.stderr
    return decision


def test_the_same_members_every_month_are_counted_once(tmp_path):
    for month in ("jan", "feb", "mar"):
        decision = _pass(tmp_path, month, _members(range(40)))
        assert [one["options"] for one in decision["possible"]] == [["exempt"]]
    assert _year(tmp_path) == (Range(lo=40, hi=40), Range(lo=0, hi=0))
    _lay(tmp_path, "apr", _members(range(30, 70)))
    fact = _before(_clear(tmp_path, "apr"))
    # 30 who left before are not in April's 40.
    assert (fact["value"]["lo"], fact["value"]["hi"]) == (0, 30)
    assert "told again in 3 of 3" in fact["evidence"]


def test_without_a_declared_register_they_add_up(tmp_path):
    for month in ("jan", "feb"):
        _pass(tmp_path, month, _members(range(40)), items="")
    assert _year(tmp_path)[0] == Range(lo=40, hi=80)


def test_numbers_of_two_registers_are_two_persons(tmp_path):
    _pass(tmp_path, "jan", _members(range(40)))
    _pass(tmp_path, "feb", _members(range(40)), items="items: {member_id: {namespace: shop}}")
    assert _year(tmp_path)[0] == Range(lo=40, hi=80)


def test_transfers_of_a_portfolio_share_their_persons(tmp_path):
    _lay(tmp_path, "a", _members(range(60_000)))
    _lay(tmp_path, "b", _members(range(30_000, 90_000)))
    (tmp_path / "portfolio.yaml").write_text("transfers: [a.yaml, b.yaml]\n")
    done = kouan("decide", tmp_path / "portfolio.yaml", "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    for entry in json.loads(done.stdout)["entries"]:
        # 90,000 persons; as strangers they would be 120,000.
        assert [one["options"] for one in entry["decision"]["possible"]] == [["exempt"]]
        assert _before(entry["decision"])["value"]["hi"] == 30_000
    assert not (tmp_path / "home").exists()


def test_a_portfolio_knows_released_persons_again(tmp_path):
    _pass(tmp_path, "jan", _members(range(100)))
    for name, members in (("a", range(50)), ("b", range(40, 120))):
        _lay(tmp_path, name, _members(members))
    (tmp_path / "portfolio.yaml").write_text("transfers: [a.yaml, b.yaml]\n")
    done = kouan("decide", tmp_path / "portfolio.yaml", "--json", home=tmp_path / "home")
    # 120 persons in all: beside the 50 of a there are 70 others, beside the 80 of b 40.
    starts = [_before(entry["decision"])["value"]["hi"] for entry in json.loads(done.stdout)["entries"]]
    assert starts == [70, 40]


PATIENTS = "姓名,身份证号,手机号,诊断"
PATIENT = DECLARATION.replace("retail_analytics", "pharmacovigilance").replace(
    "subjects: [member]", "subjects: [patient]"
)


def _patients(folder, name, rows):
    _lay(folder, name, rows, head=PATIENTS)
    text = PATIENT.format(name=name, items="").replace("transfer.emergency", "data.hgr: false, transfer.emergency")
    (folder / f"{name}.yaml").write_text(text, "utf-8")


def test_ids_tell_persons_whatever_their_telephone(tmp_path):
    child = ric_of(3, dt.date(2019, 4, 5))
    first = [
        f"王伟,{ric_of(1)},{mobile_of(1)},高血压",
        f"李婷,{ric_of(2)},{mobile_of(1)},哮喘",  # the same telephone, another ID
        f"王小宝,{child},{mobile_of(1)},发热",
        f"张敏,,{mobile_of(4)},高血压",  # nobody can say whether she comes again
    ]
    second = [f"王伟,{ric_of(1)},{mobile_of(9)},高血压", *first[1:], f"赵强,{ric_of(5)},{mobile_of(1)},发热"]
    for name, rows in (("jan", first), ("feb", second)):
        _patients(tmp_path, name, rows)
        done = kouan("clear", tmp_path / f"{name}.yaml", "--out", tmp_path / name, home=tmp_path / "home")
        assert done.returncode == 0, done.stdout + done.stderr
        decision = json.loads((tmp_path / name / "decision.json").read_text("utf-8"))["body"]["treated"]
        done = _release(tmp_path, name, decision, "--pathway", "standard_contract")
        assert done.returncode == 0, done.stdout + done.stderr
    _, sensitive = _year(tmp_path)
    # Four IDs over both months, and somebody without one in each.
    assert sensitive.hi == 6


def test_nothing_of_the_sets_is_in_the_folder_and_nobody_else_reads_them(tmp_path):
    _pass(tmp_path, "jan", _members(range(40)))
    folder = tmp_path / "home" / "persons"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2  # one waits, one is released
    for path in (folder, folder / "2026"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    sealed = b"".join(path.read_bytes() for path in (tmp_path / "jan").rglob("*") if path.is_file())
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        data = path.read_bytes()
        assert b"M0000" not in data
        assert data[-8 * 40 :][:16] not in sealed
        assert path.name not in {one.name for one in (tmp_path / "jan").rglob("*")}


@pytest.mark.parametrize("harm", ["gone", "cut", "changed"])
def test_a_set_that_is_not_what_was_kept_counts_as_its_range(tmp_path, harm):
    for month in ("jan", "feb"):
        _pass(tmp_path, month, _members(range(40)))
    assert _year(tmp_path)[0].hi == 40
    path = next(one for one in (tmp_path / "home" / "persons" / "2026").iterdir() if not one.name.startswith("waiting"))
    data = path.read_bytes()
    path.unlink()
    if harm != "gone":
        path.write_bytes(data[:-100] if harm == "cut" else data[:-100] + bytes([data[-100] ^ 1]) + data[-99:])
    assert _year(tmp_path)[0] == Range(lo=40, hi=80)
    _lay(tmp_path, "mar", _members(range(40)))
    fact = _before(_clear(tmp_path, "mar"))
    assert fact["value"]["hi"] == 40
    assert "person sets missing of 1" in fact["evidence"]


KILLED = """\
import os, signal, sys
from kouan.meter import ledger, shelf
place, name = sys.argv[1].split(":")
owner = {"ledger": ledger.Ledger, "shelf": shelf.Shelf}[place]
whole = getattr(owner, name)
def killed(*words, **more):
    if sys.argv[2] == "after":
        whole(*words, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, killed)
from kouan.cli import main
from tests.noon import set_clock
set_clock()
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(
    ("where", "when"), [("shelf:keep", "before"), ("shelf:keep", "after"), ("ledger:record", "after")]
)
def test_a_release_that_is_killed_is_finished_by_the_next(tmp_path, where, when):
    _pass(tmp_path, "jan", _members(range(40)))
    _lay(tmp_path, "feb", _members(range(20, 60)))
    decision = _clear(tmp_path, "feb")
    binding = {one["id"] for one in decision["conditions"]}
    words = [word for one in sorted(binding) for word in ("--attest", f"{one}=file")]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, where, when, "release", str(tmp_path / "feb"), *words, "--by", "Li"],
        env=environment(tmp_path / "home"),
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL
    # Never once too few: what is entered already counts, what is not did not leave.
    assert _year(tmp_path)[0].hi == (60 if where.startswith("ledger") else 40)
    assert not (tmp_path / "feb" / "released").exists()
    done = _release(tmp_path, "feb", decision)
    assert done.returncode == 0, done.stderr
    assert _year(tmp_path)[0] == Range(lo=40, hi=60)
    released = [one for one in (tmp_path / "home" / "persons" / "2026").iterdir() if not one.name.startswith("waiting")]
    assert len(released) == 2


def test_a_set_without_a_release_is_collected_by_the_next(tmp_path):
    _pass(tmp_path, "jan", _members(range(40)))
    year = tmp_path / "home" / "persons" / "2026"
    (year / ("0" * 64)).write_bytes(b"left behind")
    (year / f".{'1' * 64}.77.tmp").write_bytes(b"half writ")
    _pass(tmp_path, "feb", _members(range(40)))
    names = {one.name for one in year.iterdir()}
    assert "0" * 64 not in names
    assert not any(name.startswith(".") for name in names)


def test_an_exempt_flow_leaves_no_set_and_takes_nobody_away(tmp_path):
    transfer = Transfer.lay(tmp_path / "hr")
    for name in ("one", "two"):
        done = kouan("clear", transfer.declaration, "--out", tmp_path / name, home=tmp_path / "home")
        assert done.returncode == 0, done.stdout + done.stderr
        decision = json.loads((tmp_path / name / "decision.json").read_text("utf-8"))["body"]["treated"]
        done = _release(tmp_path, name, decision)
        assert done.returncode == 0, done.stdout + done.stderr
    assert _year(tmp_path) == (Range(lo=0, hi=0), Range(lo=0, hi=0))
