"""The whole journey for folders, patterns and archives: clear, verify, release, and what must not be left behind."""

import gzip
import json
import shutil

import pytest

from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from tests.folders import folder, zipped
from tests.integration.test_journey import kouan

STAFF = "工号,姓名,手机号,部门\n{rows}\n"
PLANTED = ["13800138001", "13800138002", "13800138003", "13800138004"]
NAMES = ["欧阳甲一", "司马乙二", "上官丙三", "诸葛丁四"]


def staff(*places):
    return STAFF.format(rows="\n".join(f"E{place},{NAMES[place]},{PLANTED[place]},财务" for place in places)).encode()


XML = "<cases><case><name>{name}</name><phone>{phone}</phone>{more}</case></cases>"


def case(place, more=""):
    return XML.format(name=NAMES[place], phone=PLANTED[place], more=more).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data")
    folder(path / "staff", {"2025/a.csv": staff(0, 1), "2026/b.csv": staff(2), "2026/only.csv": b"code,city\n1,x\n"})
    zipped(path / "old.zip", {"a.csv": staff(3), "b.csv": staff(1)})
    (path / "one.csv.gz").write_bytes(gzip.compress(staff(0)))
    folder(
        path / "cases",
        {"1.xml": case(0), "2.xml": case(1, "<note>x</note><note>y</note>"), "3.xml": case(2, "<note>z</note>")},
    )
    (path / "cases" / "r.pdf").write_bytes(b"%PDF-1.7")
    return path


FACTS = (
    "data.important: false, transfer.collected_abroad: false, transfer.domestic_data_added: false, "
    "transfer.trade_activity: false, transfer.contract_party: false, transfer.contract_necessary: false, "
    "transfer.emergency: false, hr.cross_border_management: true, hr.labour_rules: true, "
    "hr.collective_contract: true, hr.necessary: true, list.in_zone: false, list.off_list: false"
)


def declare(path, *sources):
    lines = "\n".join(f"  - {{path: '{source}', subjects: [employee]}}" for source in sources)
    path.write_text(
        "transfer: {name: 人员, scenario: hr_management}\nparties:\n  - {role: exporter, name: 甲, ciio: false}\n"
        "  - {role: recipient, name: B, country: DE}\npurpose: 汇总\nbasis: [hr]\n"
        f"year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-11-01}}\nsources:\n{lines}\nfacts: {{{FACTS}}}\n",
        "utf-8",
    )
    return path


def cleared(data, home, out, *sources, status=0):
    declaration = declare(data / f"{out.name}.yaml", *sources)
    done = kouan("clear", declaration, "--out", out, "--as-of", "2026-11-01", home=home)
    assert done.returncode == status, done.stdout + done.stderr
    return out


def body(path):
    return json.loads(path.read_text("utf-8"))["body"]


def holds_no_planted_value(out):
    for path in (path for path in out.rglob("*") if path.is_file() and path.suffix not in {".zip", ".gz"}):
        text = path.read_bytes().decode("utf-8", "ignore")
        assert not [value for value in PLANTED + NAMES if value in text], path
    assert not list(out.rglob("*.kouan-part"))


def test_a_folder_a_zip_and_a_gzip_are_cleared_verified_and_released(data, home, tmp_path):
    out = cleared(data, home, tmp_path / "out", "staff/", "old.zip", "one.csv.gz")
    staged = sorted(
        path.relative_to(out / "staged").as_posix() for path in (out / "staged").rglob("*") if path.is_file()
    )
    assert staged == ["old.zip", "one.csv.gz", "staff/2025/a.csv", "staff/2026/b.csv", "staff/2026/only.csv"]
    treatment = body(out / "treatment.json")
    assert [(file["source"], file["staged"], file["rows"]) for file in treatment["files"]] == [
        ("staff/", "staff/2025/a.csv", 2),
        ("staff/", "staff/2026/b.csv", 1),
        ("staff/", "staff/2026/only.csv", 1),
        ("old.zip", "old.zip", 2),
        ("one.csv.gz", "one.csv.gz", 1),
    ]
    before, after = body(out / "inventory.json"), body(out / "inventory-treated.json")
    assert {item["id"] for item in after["items"]} <= {item["id"] for item in before["items"]}
    assert {"staff/!staff#手机号", "old.zip!old#手机号", "staff/!only#city"} <= {item["id"] for item in before["items"]}
    holds_no_planted_value(out)
    assert not verify_folder(out, TrustStore.of_home(home)).problems
    decision = body(out / "decision.json")["treated"]
    attest = [word for one in decision["conditions"] for word in ("--attest", f"{one['id']}=shown")]
    pathway = decision["possible"][0]["options"][0]
    done = kouan("release", out, "--pathway", pathway, "--by", "王五", *attest, home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (out / "released" / "data" / "staff" / "2026" / "b.csv").is_file()
    assert not verify_folder(out, TrustStore.of_home(home)).problems


def test_verification_sees_every_file_of_a_folder(data, home, tmp_path):
    out = cleared(data, home, tmp_path / "seen", "staff/")
    trust = TrustStore.of_home(home)
    for change in ("alter", "remove", "add"):
        copy = tmp_path / change
        shutil.copytree(out, copy)
        path = copy / "staged" / "staff" / "2026" / "b.csv"
        if change == "alter":
            path.write_bytes(path.read_bytes() + b"1,2\n")
        elif change == "remove":
            path.unlink()
        else:
            path.with_name("c.csv").write_text("x")
        assert verify_folder(copy, trust).problems


def test_documents_of_a_pattern_are_partly_read_and_keep_their_tables(data, home, tmp_path):
    out = cleared(data, home, tmp_path / "docs", "cases/*", status=6)
    source = body(out / "inventory.json")["sources"][0]
    assert not source["complete"]
    assert any("r.pdf" in note["en"] for note in source["notes"])
    ids = {item["id"]: item["type"] for item in body(out / "inventory.json")["items"]}
    assert [kind for path, kind in ids.items() if path.endswith("note")] == ["list<item: string>"]
    staged = sorted(path.name for path in (out / "staged" / "cases").iterdir())
    assert staged == ["1.xml", "2.xml", "3.xml"]
    holds_no_planted_value(out)
    assert not verify_folder(out, TrustStore.of_home(home)).problems


def test_a_second_run_finds_nothing_to_do_until_a_file_is_added(data, home, tmp_path):
    folder(tmp_path / "s", {"a.csv": staff(0), "b.csv": staff(1)})
    out = cleared(tmp_path, home, tmp_path / "o", "s/*.csv")
    first = (out / "manifest.json").read_bytes()
    cleared(tmp_path, home, tmp_path / "o", "s/*.csv")
    assert (out / "manifest.json").read_bytes() == first
    folder(tmp_path / "s", {"c.csv": staff(2)})
    cleared(tmp_path, home, tmp_path / "o", "s/*.csv")
    assert (out / "staged" / "s" / "c.csv").is_file()


def test_a_file_belongs_to_one_source(data, home, tmp_path):
    done = kouan(
        "clear", declare(data / "twice.yaml", "staff/", "staff/2025/a.csv"), "--out", tmp_path / "t", home=home
    )
    assert done.returncode == 2
    assert "K-CLR-015" in done.stderr + done.stdout


def test_a_name_inside_must_not_be_personal(home, tmp_path):
    folder(tmp_path / "s", {f"{PLANTED[0]}.csv": staff(0)})
    done = kouan("clear", declare(tmp_path / "t.yaml", "s/"), "--out", tmp_path / "t", home=home)
    assert done.returncode == 2
    assert "K-CLR-016" in done.stderr + done.stdout
    assert PLANTED[0] not in done.stderr + done.stdout
