"""What a certificate says where a gate did not run, ran on other data, or is said to have passed by its maker."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from kouan.formats.printed.read import read_printed
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again
from tests.integration.test_certificates import certify, cleared, evaluation
from tests.integration.test_certificates_doubted import sealed_again

ROWS = [f"{sex},{part}" for sex in ("男", "女") for part in ("研发部", "市场部") for _ in range(60)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def lay(folder, *, sources=1, more=""):
    """A transfer of tables of rows that many persons share."""
    transfer = Transfer.lay(folder)
    transfer.data.write_text("\n".join(["性别,部门", *ROWS]) + "\n", "utf-8")
    for number in range(1, sources):
        name = f"part{number}.csv"
        (transfer.folder / name).write_text("\n".join(["性别,部门", *reversed(ROWS)]) + "\n", "utf-8")
        line = "  - {path: staff.csv, subjects: [employee]}\n"
        transfer.declare(line, f"{line}  - {{path: {name}, subjects: [employee]}}\n")
    with transfer.declaration.open("a", encoding="utf-8") as stream:
        stream.write(more)
    return transfer


@pytest.fixture(scope="module")
def two(home, tmp_path_factory):
    """Two tables, the attacks of the clearance turned off."""
    return cleared(lay(tmp_path_factory.mktemp("two"), sources=2, more="assessment: {attacks: {run: false}}\n"), home)


@pytest.fixture(scope="module")
def one(home, tmp_path_factory):
    return cleared(lay(tmp_path_factory.mktemp("one")), home)


def attack(home, raw, treated, path, *more):
    control = path.with_suffix(".csv")
    control.write_bytes(raw.read_bytes())
    done = kouan("attack", raw, treated, "--control", control, "--json", *more, home=home)
    path.write_text(done.stdout, "utf-8")
    return path


def open_of(done):
    return {gate["id"]: gate["why"]["en"] for gate in json.loads(done.stdout)["gates"] if gate["outcome"] == "unknown"}


def test_a_table_that_nobody_attacked_leaves_it_open_and_is_named(two, home, tmp_path):
    raw, staged = two.parent, two / "staged"
    first = attack(home, raw / "staff.csv", staged / "staff.csv", tmp_path / "first.json")
    done = certify(two, evaluation(), tmp_path, home, "--attacks", first)
    assert open_of(done).keys() == {"attack:none"}
    assert "part1.csv!part1" in open_of(done)["attack:none"]
    assert (done.returncode, json.loads(done.stdout)["effect"]) == (3, "open")
    second = attack(home, raw / "part1.csv", staged / "part1.csv", tmp_path / "second.json")
    both = certify(
        two, evaluation(M1="{answer: true, evidence: 二}"), tmp_path, home, "--attacks", first, "--attacks", second
    )
    assert json.loads(both.stdout).get("effect") == "anonymised", both.stdout + both.stderr


def test_an_attack_from_the_raw_file_of_another_table_is_refused(two, home, tmp_path):
    report = attack(home, two.parent / "part1.csv", two / "staged" / "staff.csv", tmp_path / "attacks.json")
    assert "K-CLR-128" in certify(two, evaluation(M2="{answer: true, evidence: 二}"), tmp_path, home, "--attacks", report).stderr  # fmt: skip


def test_paths_of_the_attackers_machine_do_not_stand_in_a_certificate(one, home, tmp_path):
    report = attack(home, one.parent / "staff.csv", one / "staged" / "staff.csv", tmp_path / "attacks.json")
    done = certify(one, evaluation(M6="{answer: true, evidence: 二}"), tmp_path, home, "--attacks", report)
    assert json.loads(done.stdout)["attacks"]
    assert str(tmp_path.parent) not in done.stdout


@pytest.mark.parametrize("change", ["rows", "risk", "hi"])
def test_a_report_whose_figures_contradict_each_other_is_refused(one, home, tmp_path, change):
    path = tmp_path / "attacks.json"
    done = kouan("attack", one.parent / "staff.csv", one / "staged" / "staff.csv", "--json", home=home)
    document = json.loads(done.stdout)
    body = document["body"]
    if change == "rows":
        body["rows"] = []
    for result in body["results"]:
        if change == "risk":
            result["risk"] |= {"lo": 0, "value": 0}
        if change == "hi":
            result["main"]["hi"] = 0
    path.write_text(json.dumps(document), "utf-8")
    refused = certify(one, evaluation(M3="{answer: true, evidence: 二}"), tmp_path, home, "--attacks", path)
    assert (refused.returncode, "K-CLR-230" in refused.stderr) == (5, True), refused.stderr


def test_what_could_not_be_read_leaves_it_open(home, tmp_path):
    transfer = lay(tmp_path / "unread", sources=2)
    (transfer.folder / "part1.csv").rename(transfer.folder / "part1.xlsx")
    (transfer.folder / "part1.xlsx").write_bytes(b"PK\x03\x04broken")
    transfer.declare("part1.csv", "part1.xlsx")
    assert kouan(*transfer.clear, home=home).returncode == 6
    done = certify(transfer.out, evaluation(), tmp_path, home)
    assert (done.returncode, "part1.xlsx" in open_of(done)["read"]) == (3, True)
    number = json.loads(done.stdout)["number"]
    assert kouan("verify", home / "certificates" / number, home=home).returncode == 0


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_there_all_the_same(home, tmp_path, mode):
    transfer = Transfer.lay(tmp_path / "keyed")
    folder, other = cleared(transfer, home), shutil.copytree(home, tmp_path / "home")
    (other / "keys" / "root.key").chmod(mode)
    refused = certify(folder, evaluation(), tmp_path, other)
    assert (refused.returncode, "K-EVI-002" in refused.stderr) == (2, True), refused.stdout


@pytest.mark.parametrize("table", ["staff.csv!staff", "part1.csv!part1"])
def test_attacks_that_leave_a_table_out_are_found_by_whoever_verifies(home, tmp_path, table):
    folder = cleared(lay(tmp_path / "whole", sources=2), home)
    path = folder / "attacks.json"
    document = json.loads(path.read_text("utf-8"))
    document["body"]["tables"] = [one for one in document["body"]["tables"] if one["entity"] != table]
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    seal_again(folder, home)
    found = json.loads(kouan("verify", folder, "--json", home=home).stdout)
    assert "K-CLR-170" in [one["code"] for one in found["problems"]]


@pytest.fixture(scope="module")
def issued(one, home, tmp_path_factory):
    """A certificate that stays open."""
    done = certify(one, evaluation(M5="{answer: null}"), tmp_path_factory.mktemp("issued"), home)
    number = json.loads(done.stdout)["number"]
    return number, home / "certificates" / number


LATER = {"valid_to": "2099-01-01"}
YES = {"effect": "anonymised"}


@pytest.mark.parametrize(
    ("change", "tool"),
    [(LATER, None), (YES, None), (YES, "kouan 0.0.1"), (LATER, "kouan 0.0.1"), ({"number": "C20990101-0123456789"}, "kouan 0.0.1")],
)  # fmt: skip
def test_a_finding_that_does_not_follow_is_found_without_the_data(  # noqa: PLR0917 - what is tried
    issued, one, home, tmp_path, change, tool
):
    number, place = issued
    copy = copied(place, tmp_path / "copy")
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    document["body"] |= change | ({"tool": tool} if tool else {})
    sealed_again(copy, one, home, document=document, number=number)
    found = json.loads(kouan("verify", copy, "--json", home=home).stdout)
    assert [(one["code"], one["where"]) for one in found["problems"]][:1] == [("K-CLR-210", "certificate.json")]


def test_another_editions_certificate_says_what_was_not_compared(issued, one, home, tmp_path):
    number, place = issued
    copy = copied(place, tmp_path / "copy")
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    document["body"]["tool"] = "kouan 0.0.1"
    (copy / "certificate.zh.docx").write_bytes(b"other words")
    sealed_again(copy, one, home, document=document, number=number)
    done = kouan("verify", copy, home=home)
    assert (done.returncode, "another edition (kouan 0.0.1)" in " ".join(done.stdout.split())) == (0, True), done.stdout


def test_gates_that_are_said_to_pass_are_held_to_the_answers(issued, one, home, tmp_path):
    number, place = issued
    copy = copied(place, tmp_path / "copy")
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    for gate in document["body"]["gates"]:
        gate["outcome"] = "pass"
    document["body"]["effect"] = "anonymised"
    sealed_again(copy, one, home, document=document, number=number)
    assert kouan("verify", copy, home=home).returncode == 5


def pack(path, members):
    with zipfile.ZipFile(path, "w") as made:
        for name, data in members:
            made.writestr(name, data)


def test_a_second_member_of_one_name_makes_a_paper_another_one(issued, one, home, tmp_path):
    number, place = issued
    copy = copied(place, tmp_path / "copy")
    path = copy / "certificate.zh.docx"
    with zipfile.ZipFile(path) as held:
        members = [(item.filename, held.read(item)) for item in held.infolist()]
    members.insert(0, ("word/document.xml", "<已匿名化/>".encode()))
    with pytest.warns(UserWarning, match="Duplicate"):
        pack(path, members)
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    sealed_again(copy, one, home, document=document, number=number)
    found = json.loads(kouan("verify", copy, "--json", home=home).stdout)
    assert [one["where"] for one in found["problems"]] == ["certificate.zh.docx"]


def test_an_out_that_is_there_or_inside_the_clearance_is_refused_and_breaks_nothing(one, home, tmp_path):
    for place in (tmp_path, one / "staged" / "certificate", one / "certificate"):
        refused = certify(one, evaluation(M7="{answer: true, evidence: 三}"), tmp_path, home, "--out", place)
        assert (refused.returncode, "K-CLR-231" in refused.stderr) == (2, True), refused.stderr
    assert kouan("verify", one, home=home).returncode == 0


UNSEEN = "".join(map(chr, (0x00, 0x01, 0x0B, 0x1F, 0x7F, 0x202E, 0xFFFE, 0xFFFF)))


def test_letters_that_no_paper_can_hold_are_shown_escaped(one, home, tmp_path):
    text = evaluation(M8='{answer: true, evidence: "' + escaped(UNSEEN) + '档案"}')
    text = text.replace("name: 测试戊", f'name: "测{escaped(UNSEEN)}试"').replace("可接受", f'"余{escaped(UNSEEN)}"')
    text = text.replace("name: 测试甲", f'name: "甲{escaped(UNSEEN)}"')
    done = certify(one, text, tmp_path, home, "--out", tmp_path / "certificate")
    assert done.returncode == 0, done.stderr
    words = str(read_printed(tmp_path / "certificate" / "certificate.zh.docx"))
    assert "测\\u0000\\u0001" in words.replace("\\\\", "\\")
    assert kouan("verify", tmp_path / "certificate", home=home).returncode == 0


def escaped(text):
    return "".join(f"\\u{ord(letter):04x}" for letter in text)
