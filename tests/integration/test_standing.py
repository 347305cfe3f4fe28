"""A standing transfer: later batches leave under the first release, within what was authorised and no further."""

from __future__ import annotations

import json
import shutil

import pytest

from kouan.meter.ledger import Ledger
from tests.commands import kouan

DECLARATION = """\
transfer: {name: 个例安全性报告, scenario: pharmacovigilance, standing: true}
parties:
  - {role: exporter, name: 某某制药（中国）有限公司, ciio: false}
  - {role: recipient, name: Global Safety AG, country: CH}
purpose: 向全球药物安全数据库报告不良反应
basis: [consent]
sources:
  - {path: BATCH.csv, subjects: [patient]}
authorised: {ordinary: 0, sensitive: 7, until: 2027-06-30}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts: {data.important: false, data.hgr: false, transfer.collected_abroad: false, transfer.contract_party: false,
  transfer.emergency: false, transfer.trade_activity: false, hr.cross_border_management: false}
"""
HEAD = "患者编号,姓名,出生日期,诊断\n"
FIRST = HEAD + "".join(f"SUBJ-730054{n},欧阳试验甲,196{n}-01-02,高血压\n" for n in range(4))
SECOND = HEAD + "".join(f"SUBJ-730055{n},慕容试验乙,197{n}-01-02,糖尿病\n" for n in range(2))
THIRD = HEAD + "".join(f"SUBJ-730056{n},司徒试验丙,198{n}-01-02,哮喘\n" for n in range(3))


def _lay(folder, batch, text, *, change=("", "")):
    folder.mkdir(parents=True, exist_ok=True)
    declaration = DECLARATION.replace("BATCH", batch)
    assert not change[0] or declaration.count(change[0]) == 1
    (folder / f"{batch}.yaml").write_text(declaration.replace(*change) if change[0] else declaration, "utf-8")
    (folder / f"{batch}.csv").write_text(text, "utf-8")


def _clear(folder, batch, *words):
    return kouan("clear", folder / f"{batch}.yaml", "--out", folder / batch, *words, home=folder / "home")


def _body(folder, name):
    return json.loads((folder / name).read_text("utf-8"))["body"]


def _binding(folder):
    treated = _body(folder, "decision.json")["treated"]
    return [one for one in treated["conditions"] if one["pathways"] in ([], ["standard_contract"])]


def _release(folder, batch, names, by="Li", chosen=("--pathway", "standard_contract")):
    words = [word for name in names for word in ("--attest", f"{name}=file of {batch}")]
    words += ["--by", by, *chosen]
    return kouan("release", folder / batch, *words, home=folder / "home")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("standing") / "transfer"
    _lay(folder, "first", FIRST)
    done = _clear(folder, "first")
    assert done.returncode == 0, done.stdout + done.stderr
    done = _release(folder, "first", [one["id"] for one in _binding(folder / "first")])
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copied(first, tmp_path):
    folder = tmp_path / "transfer"
    shutil.copytree(first, folder)
    return folder


def test_a_later_batch_leaves_with_fresh_words_only_where_they_are_owed(copied):
    _lay(copied, "second", SECOND)
    done = _clear(copied, "second", "--under", copied / "first")
    assert done.returncode == 0, done.stdout + done.stderr
    each = [one["id"] for one in _binding(copied / "second") if one["each"]]
    assert {"o13-8-unchanged", "pipl-39-notice", "pharma-vigilance-report"} <= set(each)
    assert "o13-contract-in-force" not in each
    refused = _release(copied, "second", [name for name in each if name != "o13-8-unchanged"])
    assert refused.returncode == 4
    assert "o13-8-unchanged" in refused.stderr
    assert "o13-contract-in-force" not in refused.stderr.split("[")[0]
    done = _release(copied, "second", each, by="Wang", chosen=())  # the way of the first
    assert done.returncode == 0, done.stderr
    release = _body(copied / "second" / "released", "release.json")
    said = {one["condition"]: (one["value"], one["by"]) for one in release["attestations"]}
    assert said["o13-contract-in-force"] == ("file of first", "Li")
    assert said["o13-8-unchanged"] == ("file of second", "Wang")
    assert release["under"] == _body(copied / "second", "authority.json")["clearance"]
    assert kouan("verify", copied / "second", home=copied / "home").returncode == 0
    ordinary, sensitive = Ledger(copied / "home" / "meter.sqlite").under(release["under"])
    assert (ordinary.hi, sensitive.hi) == (0, 6)
    page = (copied / "second" / "report.html").read_text("utf-8")
    assert 'id="authority"' in page
    # Six of seven persons are used up: three more are too many, and say so before anything is written.
    _lay(copied, "third", THIRD)
    done = _clear(copied, "third", "--under", copied / "first")
    assert done.returncode == 4
    assert "K-CLR-046" in done.stderr
    assert "9" in done.stderr
    assert not (copied / "third").exists()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("standing: true", "standing: false"), SECOND),
        (("country: CH", "country: US"), SECOND),
        (("Global Safety AG", "Other Safety AG"), SECOND),
        (("向全球药物安全数据库报告不良反应", "市场研究"), SECOND),
        (("某某制药（中国）有限公司", "另一制药有限公司"), SECOND),
        (("until: 2027-06-30", "until: 2026-11-21"), SECOND),
        (("authorised: {ordinary: 0, sensitive: 7, until: 2027-06-30}\n", ""), SECOND),
        (("sensitive: 7", "sensitive: 5"), SECOND),
        (("", ""), SECOND.replace("诊断", "诊断,体重").replace("糖尿病", "糖尿病,61")),
    ],
)
def test_what_goes_beyond_is_declared_anew(copied, change, text):
    _lay(copied, "second", text, change=change)
    done = _clear(copied, "second", "--under", copied / "first")
    assert done.returncode == 4, done.stdout
    assert "K-CLR-046" in done.stderr
    assert not (copied / "second").exists()
    assert "慕容试验乙" not in done.stderr


def test_fewer_items_are_within(copied):
    text = "\n".join(",".join(line.split(",")[:2] + line.split(",")[3:]) for line in SECOND.splitlines()) + "\n"
    _lay(copied, "second", text)
    done = _clear(copied, "second", "--under", copied / "first")
    assert done.returncode in {0, 3}, done.stderr


def test_only_a_first_release_gives_authority(copied):
    _lay(copied, "second", SECOND)
    assert _clear(copied, "second").returncode == 0
    _lay(copied, "third", THIRD)
    done = _clear(copied, "third", "--under", copied / "second")
    assert "K-CLR-046" in done.stderr
    assert "not released" in done.stderr


def test_a_changed_first_release_gives_none(copied):
    path = copied / "first" / "released" / "release.json"
    path.write_bytes(path.read_bytes().replace(b"file of first", b"file of First"))
    _lay(copied, "second", SECOND)
    done = _clear(copied, "second", "--under", copied / "first")
    assert done.returncode == 5, done.stderr
    assert not (copied / "second").exists()
