"""Names and words that others chose: no script, no hidden character, no personal value reaches a page or a terminal."""

from __future__ import annotations

import csv
import html.parser
import json
import os
import stat

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.clearance.journey import clear
from kouan.clearance.verify import verify_folder
from kouan.cli import main
from kouan.deidentify import read_plan
from kouan.evidence import TrustStore
from kouan.model.errors import KouanError
from tests.integration.attacking import settings_of

SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(2)>'
TRICKS = "\u202egpj.exe\u200b\ufffe\uffff"
DRIVEN = "\x1b[31mred\x9b2J\x07"
BRACES = "{evil}{0}{{7*7}}"
MARKUP = "[red]m[/red][link=http://x]y[/link]"
COLUMNS = [SCRIPT, HANDLER, TRICKS, DRIVEN, "=cmd|calc!A0", "+1", "@SUM(1)", "-2", BRACES, MARKUP, "员工编号", "%s"]
HIDDEN = {"\x1b", "\x9b", "\x07", "\u202e", "\u200b", "\ufffe", "\uffff"}


def _declare(folder, source, *, items=(), **words):
    meant = json.dumps({name: {"meaning": "store"} for name in items})
    words = {"subject": "employee", "name": "t", **words}
    quoted = {key: json.dumps(value) for key, value in words.items()}
    (folder / "transfer.yaml").write_text(
        f"""
transfer: {{name: {quoted["name"]}, scenario: {quoted["name"]}, standing: false, mode: controlled}}
parties:
  - {{role: exporter, name: {quoted["name"]}, uscc: {quoted["name"]}, ciio: false}}
  - {{role: recipient, name: {quoted["name"]}, country: DE, contact: {quoted["name"]}}}
purpose: {quoted["name"]}
sources:
  - path: {json.dumps(source)}
    subjects: [{quoted["subject"]}]
    items: {meant}
year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-11-01}}
""",
        "utf-8",
    )
    return folder / "transfer.yaml"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A transfer in which every name is an attack, cleared under the widest file mode mask."""
    folder = tmp_path_factory.mktemp("names")
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        rows.writerows([f"v{row}"] * len(COLUMNS) for row in range(50))
    name = SCRIPT + HANDLER + TRICKS + DRIVEN + BRACES + MARKUP
    before = os.umask(0)
    try:
        # What is not understood is dropped; one name must come through to the papers of what leaves.
        declaration = _declare(folder, "a.csv", items=["=cmd|calc!A0"], name=name, subject=name)
        clear(declaration, folder / "out", settings=settings_of(folder / "home"))
    finally:
        os.umask(before)
    return folder


class _Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attrs):
        acts = tag in {"script", "img", "iframe", "object", "embed", "base", "form"}
        led = any(key in {"href", "src"} and not (value or "").startswith(("#", "https://")) for key, value in attrs)
        if acts or led or any(key.startswith("on") for key, _ in attrs):
            self.bad.append((tag, attrs))


def test_pages_and_papers_hold_no_script_no_formula_and_nothing_unseen(hostile):
    page = _Page()
    page.feed((hostile / "out" / "report.html").read_text("utf-8"))
    assert page.bad == []
    seen = 0
    for path in (hostile / "out").rglob("*"):
        if path.is_file() and path.parts[-2] != "staged" and path.name != "declaration.yaml":
            text = path.read_text("utf-8")
            assert not HIDDEN & set(text), path
            seen += 1
    assert seen > 10
    with (hostile / "out" / "dossier" / "items.csv").open(newline="", encoding="utf-8-sig") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert "'=cmd|calc!A0" in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]


def test_documents_mean_what_they_meant(hostile):
    assert not verify_folder(hostile / "out", TrustStore.of_home(hostile / "home")).problems
    items = json.loads((hostile / "out" / "inventory.json").read_text("utf-8"))["body"]["items"]
    assert [item["name"] for item in items][:4] == COLUMNS[:4]
    plan = read_plan((hostile / "out" / "plan.yaml").read_text("utf-8"), "plan.yaml")
    assert {line.item for line in plan.lines} == {item["id"] for item in items}


@pytest.mark.parametrize("words", [["clear"], ["clear", "--json"], ["decide"], ["decide", "--json"], ["plan"]])
def test_the_terminal_is_not_driven(hostile, words, capsys, monkeypatch):
    monkeypatch.setenv("KOUAN_HOME", str(hostile / "home"))
    monkeypatch.setenv("KOUAN_AS_OF", "2026-11-22")
    out = ["--out", str(hostile / "out2")] if words[0] == "clear" else []
    main([words[0], str(hostile / "transfer.yaml"), *words[1:], *out])
    said = capsys.readouterr()
    assert said.out
    assert not HIDDEN & set(said.out + said.err)


def test_what_is_made_is_for_its_owner_alone_whatever_the_mask(hostile):
    for name in ("out", "out/staged", "home", "home/keys", "home/locks"):
        assert stat.S_IMODE((hostile / name).stat().st_mode) == 0o700, name
    assert {stat.S_IMODE(path.stat().st_mode) for path in (hostile / "out" / "staged").iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("file", "column"),
    [("13812345678.parquet", "x"), ("a.parquet", "138 1234 5678"), ("a.parquet", "li.lei@example.com"),
     ("a.parquet", "11010519491231002X"), ("86-li@example.cn.parquet", "x")],
)  # fmt: skip
def test_personal_values_are_no_names(tmp_path, file, column):
    pq.write_table(pa.table({"x1": ["a"], column: ["b"]}), tmp_path / file)
    with pytest.raises(KouanError) as caught:
        clear(_declare(tmp_path, file), tmp_path / "out", settings=settings_of(tmp_path / "home"))
    assert caught.value.code == "K-CLR-016"
    said = "".join((*caught.value.lines("zh"), *caught.value.lines("en")))
    assert not any(part in said for part in ("1234", "example", "491231"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("column", ["20261122103045", "1700000000000", "id_100000000001", "a@b", "110105194912310"])
def test_numbers_and_marks_are_names(tmp_path, column):
    pq.write_table(pa.table({column: ["a", "b"]}), tmp_path / "a.parquet")
    clear(_declare(tmp_path, "a.parquet"), tmp_path / "out", settings=settings_of(tmp_path / "home"))
    assert (tmp_path / "out").is_dir()
