"""The pages agree with the code: commands parse, links lead somewhere, twins say the same, numbers are those in force."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kouan.cli.commands.law_parts import PARTS
from kouan.cli.parser import build_parser
from kouan.cli.words import COMMANDS
from kouan.formats.options import MIB, Limits
from kouan.formats.registry import FORMATS
from kouan.model import strictyaml
from kouan.model.sector import SectorSchema
from kouan.packs import load_sectors
from tests.pages_commands import ROOT, anchors, blocks, links, steps

TWINS = [(ROOT / "README.md", ROOT / "README.zh-CN.md")]
TWINS += [(page, ROOT / "docs" / "zh" / page.name) for page in sorted((ROOT / "docs" / "en").glob("*.md"))]
PAGES = [page for pair in TWINS for page in pair]
OTHERS = [ROOT / name for name in ("SECURITY.md", "CONTRIBUTING.md", "docs/glossary.md")]
FORMAT_PAGES = [ROOT / "docs" / lang / "formats.md" for lang in ("en", "zh")]
NAMES = {
    "csv": "CSV",
    "parquet": "Parquet",
    "orc": "ORC",
    "arrow": "Arrow",
    "xport": "XPORT",
    "xml": "XML",
    "json": "JSON",
    "pdf": "PDF",
    "picture": "PNG",
    "dicom": "DICOM",
}


def relative(page):
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_command_parses(page):
    for step in steps(page):
        if step.words:
            build_parser("en").parse_args([word for word in step.words if word != "…"])


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=relative)
def test_every_link_leads_somewhere(page):
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize(("english", "chinese"), TWINS, ids=lambda page: page.stem)
def test_twins_have_the_same_commands_and_headings(english, chinese):
    def commands(page):
        # What is attested and explained beside a command is in the page's language.
        return [
            (re.sub(r'="[^"]*"|--attest \S+ …|--by \S+|\s+# .*', "", step.command), step.status) for step in steps(page)
        ]

    assert commands(english) == commands(chinese)
    heads = [re.findall(r"^#+(?= )", page.read_text("utf-8"), re.MULTILINE) for page in (english, chinese)]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_code_of_an_error_exists(page):
    errors = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
    for code in re.findall(r"K-[A-Z]{3}-[0-9]{3}", page.read_text("utf-8")):
        assert f"### {code} " in errors


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=relative)
def test_the_table_of_formats_names_every_format(page):
    rows = [line.split("|")[1] for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    for name in FORMATS:
        wanted = "文件夹" if name == "folder" and page.parent.name == "zh" else NAMES.get(name, name)
        assert any(wanted in row for row in rows), name


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=relative)
def test_the_limits_are_those_in_force(page):
    limits = Limits()
    gib = 1024 * MIB
    shown = [
        *(f"{number:,}" for number in (limits.columns, limits.sheet_cells, limits.members, limits.cells, limits.pages)),
        *(f"{number:,}" for number in (limits.pixels, limits.page_letters)),
        *(f" {number} " for number in (limits.tree_depth, limits.folder_depth)),
        *(f"{number // MIB} MiB" for number in (limits.row_bytes, limits.value_bytes, limits.batch_bytes)),
        *(f"{number // MIB} MiB" for number in (limits.paper_bytes, limits.header_bytes)),
        *(f"{number // gib} GiB" for number in (limits.tree_bytes, limits.page_bytes, limits.unzipped_bytes)),
        f"{limits.unpacked_bytes // gib} GiB",
        *(f"{number} |" for number in (limits.zip_ratio, limits.unpacked_ratio)),
    ]
    text = page.read_text("utf-8")
    assert [one for one in shown if one not in text] == []


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=relative)
def test_the_sector_schemas_are_counted_right(page):
    text = page.read_text("utf-8")
    for one in load_sectors():
        schema = one.schema
        grades = Counter(item.confidence for item in schema.items)
        numbers = " | ".join(str(grades[grade]) for grade in "HML")
        assert f"| `{schema.id}` | {schema.standard} | {len(schema.items)} | {numbers} |" in text


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=relative)
def test_the_sector_schema_shown_is_one(page, tmp_path):
    (text,) = (block for block in blocks(page, "yaml") if block.startswith("id: "))
    assert strictyaml.parse(SectorSchema, text, page.name, "sector").id == "my-registry"
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    assert [one.schema.short for one in load_sectors(tmp_path)] == ["registry"]


@pytest.mark.parametrize("page", TWINS[0], ids=relative)
def test_the_front_page_names_every_command(page):
    text = page.read_text("utf-8")
    table = text[text.index("| `clear` |") :].split("\n\n")[0]
    named = set(re.findall(r"`([a-z-]+)`", table))
    assert {*COMMANDS, *PARTS} <= named


def test_records_of_decisions_have_one_number_each():
    numbers = [page.name[:4] for page in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(len(numbers))]
