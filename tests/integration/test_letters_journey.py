"""Letters, notes and mail go through the whole journey: what is staged holds no planted value in any part."""

import json
import re
import zipfile

import pytest

from tests.commands import kouan
from tests.letters import W, core, docx, paragraph, run, table
from tests.planted import people, traces

PERSONS = people(3, 41)
DECLARATION = """\
transfer: {name: 会诊, scenario: hr_management}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 会诊
basis: [consent]
sources:
  - {path: letter.docx, subjects: [patient]}
  - {path: mail.eml, subjects: [customer]}
  - {path: notes, subjects: [patient]}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts: {data.important: false, transfer.collected_abroad: false, transfer.contract_party: false,
  transfer.emergency: false, transfer.trade_activity: false}
"""
KEPT = {"part", "field"}
SCRUBBED = {"text", "mail_subject"}


def _told(person):
    return f"{person.cell('姓名')}，手机{person.cell('手机号')}，证件{person.cell('身份证号')}"


def _lay(folder):
    folder.mkdir()
    one, two, three = PERSONS
    name = one.cell("姓名")
    comment = f'<w:c xmlns:w="{W}"><w:comment w:author="{two.cell("姓名")}" w:id="0">{paragraph(_told(one))}</w:comment></w:c>'
    rows = [[person.cell("姓名"), person.cell("手机号"), person.cell("身份证号")] for person in PERSONS]
    body = (
        paragraph(run(f"患者{name[:2]}"), run(f"{name[2:]}，男。"), run(_told(two), "<w:vanish/>"))
        + f'<w:p><w:del w:author="{name}"><w:r><w:delText>{_told(three)}</w:delText></w:r></w:del></w:p>'
        + table(["姓名", "手机号", "身份证号"], *rows)
    )
    parts = {"word/comments.xml": comment, "docProps/core.xml": core(creator=name, lastModifiedBy=two.cell("姓名"))}
    (folder / "letter.docx").write_bytes(docx(body, parts))
    mail = (
        f"From: {name} <{one.cell('邮箱')}>\nTo: {two.cell('姓名')} <{two.cell('邮箱')}>\nSubject: {name}的复查\n"
        f"Content-Type: text/html; charset=utf-8\n\n<p>{name}：<b>{_told(one)}</b></p>\n"
    )
    (folder / "mail.eml").write_text(mail, "utf-8")
    (folder / "notes").mkdir()
    for number, person in enumerate(PERSONS):
        (folder / "notes" / f"{number}.txt").write_text(
            f"查房记录\n\n手机{person.cell('手机号')}，一切正常。\n", "utf-8"
        )


def _planned(text):
    """Keep what the reader says itself, scrub texts, and drop all else but the table's names."""

    def line(found):
        column = found[1].rpartition("#")[2]
        action = "keep" if column in KEPT else "scrub" if column in SCRUBBED else "drop"
        more = ""
        if column == "姓名":
            action, more = "pseudonym", "\n    params: {form: short}"
        return f'- item: "{found[1]}"\n    action: {action}{more}'

    return re.sub(r'- item: "([^"]*)"\n    action: \w+(?:\n    params: .*)?', line, text)


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    base = tmp_path_factory.mktemp("letters")
    folder, home = base / "transfer", base / "home"
    _lay(folder)
    (folder / "transfer.yaml").write_text(DECLARATION, "utf-8")
    first = kouan("clear", folder / "transfer.yaml", "--out", base / "first", home=home)
    assert first.returncode in (0, 3), first.stderr
    (folder / "plan.yaml").write_text(_planned((base / "first" / "plan.yaml").read_text("utf-8")), "utf-8")
    done = kouan("clear", folder / "transfer.yaml", "--plan", folder / "plan.yaml", "--out", base / "out", home=home)
    assert done.returncode in (0, 3), done.stderr
    return base, done


def test_no_part_of_what_is_staged_holds_a_planted_value(cleared):
    base, _ = cleared
    with zipfile.ZipFile(base / "out" / "staged" / "letter.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = {
        path.name: path.read_bytes()
        for path in (base / "out" / "staged").rglob("*")
        if path.is_file() and path.suffix != ".docx"
    }
    assert {"mail.eml", "0.txt", "1.txt", "2.txt"} <= set(texts)
    assert not traces(PERSONS, parts | texts)
    assert "患者" in parts["word/document.xml"].decode()
    assert "一切正常" in texts["0.txt"].decode()


def test_items_are_those_of_the_raw_data(cleared):
    base, _ = cleared
    raw, treated = (
        {item["id"] for item in json.loads((base / "out" / name).read_text("utf-8"))["body"]["items"]}
        for name in ("inventory.json", "inventory-treated.json")
    )
    assert treated <= raw
    assert {"letter.docx!body#text", "letter.docx!table 姓名#手机号", "letter.docx!properties#author_name"} <= raw
    assert {"mail.eml!addresses#email", "notes!notes#text"} <= raw


def test_what_is_said_on_the_way_holds_none(cleared):
    base, done = cleared
    said = {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    files = {
        str(path): path.read_bytes()
        for path in (base / "out").rglob("*")
        if path.is_file() and "staged" not in path.parts
    }
    assert not traces(PERSONS, said | files)


def test_inspecting_a_letter_alone(cleared):
    base, _ = cleared
    done = kouan("inspect", base / "transfer" / "letter.docx", home=base / "home")
    assert done.returncode == 0, done.stderr
    assert "table 姓名" in done.stdout
    assert "deleted texts" in done.stdout
    assert not traces(PERSONS, {"stdout": done.stdout.encode()})
