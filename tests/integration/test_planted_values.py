"""Raw personal values stay in the data: no artefact, message or log holds one, in any form, also when things go wrong."""

from __future__ import annotations

import base64
import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.commands import kouan
from tests.planted import COLUMNS, NUMBERS, artefacts, people, traces

COUNT = 12
STAFF, MEMBERS, GUESTS = people(COUNT, 7), people(COUNT, 8), people(COUNT, 9)
ALL = [*STAFF, *MEMBERS, *GUESTS]
DECLARATION = """\
transfer: {name: 员工与会员, scenario: hr_management}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 人力资源管理
basis: [consent, hr]
sources:
  - {path: staff.csv, subjects: [employee]}
  - {path: members.parquet, subjects: [member]}
  - {path: guests.xlsx, subjects: [customer]}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts: {data.important: false, transfer.collected_abroad: false, transfer.contract_party: false,
  transfer.emergency: false, transfer.trade_activity: false, hr.cross_border_management: false}
"""


def _csv(persons, *, head=True):
    rows = [",".join(person.cells) for person in persons]
    return "\r\n".join([",".join(COLUMNS), *rows] if head else rows) + "\r\n"


def _lay(folder):
    folder.mkdir(parents=True)
    (folder / "transfer.yaml").write_text(DECLARATION, "utf-8")
    (folder / "staff.csv").write_bytes(_csv(STAFF).encode("gb18030"))
    columns = dict(zip(COLUMNS, zip(*(person.cells for person in MEMBERS), strict=True), strict=True))
    columns["手机号"] = [int(number) for number in columns["手机号"]]
    pq.write_table(pa.table(columns), folder / "members.parquet")
    with xlsxwriter.Workbook(folder / "guests.xlsx") as book:
        sheet = book.add_worksheet("客人")
        for row, cells in enumerate([COLUMNS, *(person.cells for person in GUESTS)]):
            sheet.write_row(row, 0, cells)
    return folder


def _said(done):
    return {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    return _lay(tmp_path_factory.mktemp("planted") / "transfer")


@pytest.fixture(scope="module")
def cleared(laid):
    """The transfer, cleared once."""
    home, out = laid.parent / "home", laid.parent / "out"
    done = kouan("clear", laid / "transfer.yaml", "--out", out, home=home, lang="zh")
    assert done.returncode == 0, done.stdout + done.stderr
    return home, out, done


def test_the_search_finds_what_is_there():
    person = ALL[0]
    name, number = person.cell("姓名"), person.cell("手机号")
    hidden = {
        "utf-8": name.encode(),
        "gb18030": name.encode("gb18030"),
        "utf-16": name.encode("utf-16"),
        "base64": base64.b64encode(b"x" + name.encode()),
        "base64 for URLs": base64.urlsafe_b64encode(f"?>?{name}".encode("utf-16-le")),
        "hex": name.encode().hex().upper().encode(),
        "odd hex": b"f" + name.encode("gb18030").hex().encode(),
        "json": json.dumps(name).encode(),
    }
    for form, data in hidden.items():
        assert traces([person], {"x": b"before " + data + b" after"}) == ["x: 姓名"], form
    assert traces([person], {"x": b"tel " + number[3:9].encode()}) == ["x: part of 手机号"]
    assert traces(ALL, {"x": f"{number[:5]} {name[:2]} 1101".encode()}) == []


def test_values_are_recognised_for_what_they_are(cleared):
    """Otherwise nothing would have had a reason to show them."""
    _, out, _ = cleared
    items = json.loads((out / "inventory.json").read_text("utf-8"))["body"]["items"]
    meanings = {item["name"]: item["meaning"] for item in items if item["id"].startswith("staff.csv")}
    assert {meanings[name] for name in NUMBERS[1:4]} == {"cn.ric", "cn.mobile", "cn.bankcard"}
    assert (meanings["姓名"], meanings["邮箱"], meanings["家庭住址"]) == ("name", "email", "address")
    assert any(item["samples"] for item in items)


def test_treated_data_do_not_hold_them_either(cleared):
    """Not the rule (a plan may keep a value), but the plan that Kouan makes keeps none of these."""
    _, out, _ = cleared
    assert not traces(ALL, artefacts(out / "staged"))


def test_clearance_home_and_terminal(cleared):
    home, out, done = cleared
    texts = artefacts(out, home, leave=[out / "staged"]) | _said(done)
    assert len(texts) > 25
    assert not traces(ALL, texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["inspect", "decide", "plan", "assess", "what-if"])
def test_single_steps(laid, cleared, command, lang):
    for words in ((), ("--json",)):
        done = kouan(command, laid / "transfer.yaml", *words, home=cleared[0], lang=lang)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout) > 100
        assert not traces(ALL, _said(done))


def test_necessity_is_among_what_is_searched(cleared):
    _, out, _ = cleared
    assert any(place.endswith("necessity.json") for place in artefacts(out))


def test_the_reasons_and_the_interview(laid, cleared, tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_text('{"as_of": "2026-11-22"}', "utf-8")
    for words in (("--why",), ("--ask", "--json"), ("--ask", "--why"), ("--ask", "--resume", kept)):
        done = kouan("decide", laid / "transfer.yaml", *words, home=cleared[0])
        assert done.returncode in (0, 3), done.stderr
        assert len(done.stdout) > 200
        assert not traces(ALL, _said(done) | artefacts(tmp_path)), words


def test_a_value_given_as_an_answer_is_not_repeated_in_a_refusal(cleared, tmp_path):
    value, state = ALL[0].cell("身份证号"), tmp_path / "state.json"
    for fact in ("exporter.ciio", "no.such", "year.ordinary_persons", "flow.persons"):
        answers = [{"fact": fact, "value": value}]
        state.write_text(json.dumps({"as_of": "2026-11-22", "answers": answers}), "utf-8")
        for words in ((), ("--json",)):
            done = kouan("decide", "--ask", "--resume", state, *words, home=cleared[0])
            assert done.returncode == 2, done.stdout
            assert not traces(ALL[:1], _said(done)), fact


def test_release_and_verification(cleared, tmp_path):
    home, out, _ = cleared
    folder = tmp_path / "copy"
    shutil.copytree(out, folder)
    decision = json.loads((out / "decision.json").read_text("utf-8"))["body"]["treated"]
    options = decision["possible"][0]["options"]
    bound = [one for one in decision["conditions"] if not one["pathways"] or options[0] in one["pathways"]]
    words = [word for one in bound for word in ("--attest", f"{one['id']}=file 7")]
    done = kouan("release", folder, *words, "--by", "Li", "--pathway", options[0], home=home)
    assert done.returncode == 0, done.stderr
    checked = kouan("verify", folder, home=home)
    assert checked.returncode == 0, checked.stdout
    texts = artefacts(folder, home, leave=[folder / "staged", folder / "released" / "data"])
    assert any("released" in place for place in texts)
    assert not traces(ALL, texts | _said(done) | _said(checked))


def _ragged(folder):
    short = ",".join(STAFF[3].cells[:5])
    (folder / "staff.csv").write_bytes((_csv(STAFF) + short + "\r\n" + _csv(STAFF, head=False)).encode("gb18030"))


def _open_quote(folder):
    text = _csv(STAFF).replace(STAFF[4].cell("家庭住址"), '"' + STAFF[4].cell("家庭住址"))
    (folder / "staff.csv").write_bytes(text.encode("gb18030"))


def _two_encodings(folder):
    (folder / "staff.csv").write_bytes(_csv(STAFF).encode() + _csv(MEMBERS, head=False).encode("gb18030") + b"\xff")


def _nul(folder):
    (folder / "staff.csv").write_bytes(_csv(STAFF).encode().replace(b"\r\n", b"\0\r\n", 5))


def _torn_page(folder):
    path = folder / "members.parquet"
    data = bytearray(path.read_bytes())
    data[60:200] = b"\xff" * 140
    path.write_bytes(data)


def _torn_end(folder):
    path = folder / "members.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def _torn_sheet(folder):
    path = folder / "guests.xlsx"
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 60] = b"\0" * 60
    path.write_bytes(data)


def _kept(folder):
    (folder / "plan.yaml").write_text(
        'kind: plan\nversion: 1\nmode: controlled\nkey: k\nlines:\n  - {item: "staff.csv!staff#姓名", action: keep, why: x}\n'
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_ragged, "K-FMT-013"),
        (_open_quote, "K-FMT-013"),
        (_two_encodings, "K-FMT-009"),
        (_nul, "K-FMT-012"),
        (_torn_page, "K-FMT-017"),
        (_torn_end, "K-FMT-017"),
        (_torn_sheet, "K-FMT-021"),
    ],
)
def test_when_one_file_of_several_cannot_be_read(tmp_path, spoil, code):
    folder = _lay(tmp_path / "transfer")
    spoil(folder)
    out, home = tmp_path / "out", tmp_path / "home"
    done = kouan("clear", folder / "transfer.yaml", "--out", out, home=home)
    assert done.returncode == 6, done.stdout + done.stderr
    assert code in done.stdout + done.stderr
    assert not traces(ALL, artefacts(tmp_path, leave=[folder, out / "staged"]) | _said(done))


def test_when_a_plan_keeps_what_names_people(tmp_path):
    folder = _lay(tmp_path / "transfer")
    _kept(folder)
    out, home = tmp_path / "out", tmp_path / "home"
    done = kouan("clear", folder / "transfer.yaml", "--out", out, "--plan", folder / "plan.yaml", home=home)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("K-DEI-005"), done.stderr
    left = artefacts(tmp_path, leave=[folder, tmp_path / ".out.work" / "staged"])
    assert not out.exists()
    assert not traces(ALL, left | _said(done))


def test_a_file_without_a_header_has_no_person_for_column_names(tmp_path):
    folder = _lay(tmp_path / "transfer")
    (folder / "staff.csv").write_text(_csv(STAFF, head=False), "utf-8")
    out, home = tmp_path / "out", tmp_path / "home"
    done = kouan("clear", folder / "transfer.yaml", "--out", out, home=home)
    assert done.returncode in {0, 3}, done.stderr
    assert not traces(ALL, artefacts(out, home, leave=[out / "staged"]) | _said(done))
