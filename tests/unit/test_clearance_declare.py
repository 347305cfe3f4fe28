"""A declaration is refused with a code and the line a person has to change."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.clearance.declare import check_declaration, check_sources, declarable, read_declaration
from kouan.model.errors import KouanError
from kouan.packs import builtin_root, load_packs

GOOD = """\
transfer: {name: t, scenario: hr_management}
parties:
  - {role: exporter, name: 甲公司}
  - role: recipient
    name: B AG
    country: DE
purpose: 测试
sources:
  - {path: hr.csv, subjects: [employee]}
year_to_date:
  ordinary: 10
  sensitive: 未知
  as_of: 2026-11-01
facts:
  hr.necessary: true
  hr.collective_contract: unknown
"""


@pytest.fixture(scope="module")
def packs():
    return load_packs(builtin_root())


@pytest.fixture
def check(tmp_path, packs):
    def run(text):
        path = tmp_path / "transfer.yaml"
        path.write_text(text, "utf-8")
        declaration, said, loaded = read_declaration(path)
        assert said == text
        check_declaration(declaration, loaded, packs=packs, as_of=dt.date(2026, 11, 22))
        return declaration

    return run


def test_a_good_one_passes_and_keeps_unknown_unknown(check):
    declaration = check(GOOD)
    assert declaration.year_to_date.sensitive is None
    assert declaration.facts == {"hr.necessary": True, "hr.collective_contract": None}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("country: DE", "country: CN", "K-CLR-002", 4),
        ("    country: DE\n", "", "K-CLR-003", 4),
        ("as_of: 2026-11-01", "as_of: 2026-11-23", "K-CLR-004", 13),
        ("as_of: 2026-11-01", "as_of: 2025-12-31", "K-CLR-005", 13),
        ("    country: DE", "    country: DE\n    year_to_date: {as_of: 2026-11-01}", "K-CLR-050", 7),
        ("name: 甲公司}", "name: 甲公司, year_to_date: {as_of: 2026-11-01}}", "K-CLR-050", 3),
        (
            "name: 甲公司}",
            "name: 甲公司}\n  - {role: exporter, name: 乙, year_to_date: {as_of: 2027-01-01}}",
            "K-CLR-004",
            4,
        ),
        ("hr.necessary", "hr.necesary", "K-CLR-006", 15),
        ("hr.necessary", "basis.consent", "K-CLR-009", 15),
        ("hr.necessary", "flow.employee", "K-CLR-009", 15),
        ("hr.necessary: true", "hr.necessary: yes", "K-CLR-007", 15),
        ("hr.necessary: true", "hr.necessary: 1", "K-CLR-007", 15),
        ("purpose: 测试", "purposes: 测试", "K-MOD-003", 7),
        ("country: DE", "county: DE", "K-MOD-003", 6),
        ("country: DE", "country: Germany", "K-MOD-005", 6),
        ("role: recipient", "role: receiver", "K-MOD-005", 4),
        ("ordinary: 10", "ordinary: -1", "K-MOD-005", 11),
        ("as_of: 2026-11-01", "as_of: 2026-13-01", "K-MOD-001", 13),
        ("purpose: 测试\n", "purpose: 测试\npurpose: 其他\n", "K-MOD-002", 8),
        ("purpose: 测试\n", "", "K-MOD-004", 1),
    ],
)
def test_refusals_name_the_line(check, old, new, code, line):
    assert GOOD.count(old) == 1
    with pytest.raises(KouanError) as caught:
        check(GOOD.replace(old, new))
    assert (caught.value.code, caught.value.where) == (code, f"transfer.yaml:{line}")


@pytest.mark.parametrize(("name", "field"), [("list.used", "list 的 used"), ("exporter.zone", "zone")])
def test_a_fact_with_a_field_of_its_own_names_the_field(check, name, field):
    with pytest.raises(KouanError) as caught:
        check(GOOD.replace("hr.necessary", name))
    assert caught.value.code == "K-CLR-009"
    assert field in caught.value.fix.zh


def test_an_onward_recipient_at_home_is_refused_too(check):
    text = GOOD.replace("purpose:", "  - {role: onward_recipient, name: C, country: CN}\npurpose:")
    with pytest.raises(KouanError) as caught:
        check(text)
    assert (caught.value.code, caught.value.where) == ("K-CLR-002", "transfer.yaml:7")


def test_a_misspelt_name_is_answered_with_the_nearest(check):
    with pytest.raises(KouanError) as caught:
        check(GOOD.replace("hr.necessary", "hr.necesary"))
    assert "(hr.necessary?)" in caught.value.what.zh
    with pytest.raises(KouanError) as caught:
        check(GOOD.replace("country: DE", "county: DE"))
    assert "(country?)" in caught.value.what.en


def test_today_counts_and_is_no_future(check):
    check(GOOD.replace("2026-11-01", "2026-11-22"))


@pytest.mark.parametrize("data", [None, b"\xff\xfe\x00", b"a: " + b"x" * (1 << 20)])
def test_what_is_no_small_text_cannot_be_read(tmp_path, data):
    path = tmp_path / "transfer.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(KouanError) as caught:
        read_declaration(path)
    assert (caught.value.code, caught.value.where) == ("K-CLR-001", str(path))


def test_what_other_fields_say_cannot_be_stated_as_a_fact(packs):
    names = set(declarable(packs))
    assert {"data.important", "hr.collective_contract", "list.in_zone"} <= names
    assert not names & {"exporter.ciio", "recipient.countries", "year_before.ordinary_persons", "flow.persons"}
    assert not [name for name in names if name.startswith(("basis.", "year."))]


@pytest.fixture
def sources(tmp_path):
    """Check the sources of a declaration that names these paths."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "hr.csv").write_text("a\n1\n")

    def run(*paths):
        lines = "\n".join(f"  - {{path: {path}}}" for path in paths)
        path = folder / "transfer.yaml"
        path.write_text(GOOD.replace("  - {path: hr.csv, subjects: [employee]}", lines), "utf-8")
        declaration, _, loaded = read_declaration(path)
        check_sources(declaration, loaded, folder)

    return run


def test_paths_that_say_where_they_lead(sources, tmp_path):
    (tmp_path / "folder" / "same.csv").symlink_to("other.csv")
    sources("hr.csv", "../x.csv", str(tmp_path / "y.csv"), "same.csv", "sub/none.csv")


@pytest.mark.parametrize("path", ["./hr.csv", "sub/../hr.csv", "../folder/hr.csv", "again.csv"])
def test_a_file_declared_twice(sources, tmp_path, path):
    (tmp_path / "folder" / "again.csv").symlink_to("hr.csv")
    with pytest.raises(KouanError) as caught:
        sources("hr.csv", path)
    assert (caught.value.code, caught.value.where) == ("K-CLR-015", "transfer.yaml:10")


@pytest.mark.parametrize("path", ["away.csv", "sub/x.csv", "./away.csv"])
def test_a_path_that_a_link_leads_away(sources, tmp_path, path):
    (tmp_path / "folder" / "away.csv").symlink_to(tmp_path / "x.csv")
    (tmp_path / "folder" / "sub").symlink_to(tmp_path)
    with pytest.raises(KouanError) as caught:
        sources("hr.csv", path)
    assert (caught.value.code, caught.value.where) == ("K-CLR-014", "transfer.yaml:10")


def test_an_adopted_reading_is_one_that_the_packs_list(check):
    assert check(GOOD + "readings: {a3: either}\n").readings == {"a3": "either"}
    for wrong in ("{a3: neither}", "{a9: either}"):
        with pytest.raises(KouanError) as caught:
            check(GOOD + f"readings: {wrong}\n")
        assert caught.value.code == "K-CLR-070"
        assert caught.value.where.endswith(":17")
        assert "a3: both|either" in caught.value.fix.en
