"""Every example and the published pharmaceutical samples: treated, still of their format, each with a certificate."""

from __future__ import annotations

import json
import zipfile

import pyarrow.parquet as pq
import pyreadstat
import pytest
from docx import Document
from lxml import etree

from examples.build import EXAMPLES, build
from examples.planted import planted
from kouan.evidence import TrustStore, check_folder
from kouan.model.certificate import Certificate
from kouan.model.files import read_document
from tests.commands import kouan
from tests.integration.test_samples_pharma import e2b, fhir, sdtm  # noqa: F401 - fixtures
from tests.planted import artefacts

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
MEASURED = {"gbt-42460", "tc609-evaluation", "direct-identifiers"}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The small examples, cleared and certified by the command that `./run demo` runs, and what it printed."""
    root = tmp_path_factory.mktemp("demo")
    build(root / "exports", small=True)
    done = kouan("demo", root / "exports", "--out", root / "out", home=root / "home")
    assert done.returncode in {0, 3, 4}, done.stderr  # so few rows do not reach every target
    return root, done.stdout


def opens(path):
    """Read a staged file with a reader that is not Kouan's own."""
    kind = path.suffix.lower()
    if kind == ".xml":
        etree.parse(path, PARSER)
    elif kind == ".xpt":
        pyreadstat.read_xport(path, output_format="dict")
    elif kind == ".parquet":
        pq.read_table(path)
    elif kind == ".xlsx":
        assert zipfile.ZipFile(path).testzip() is None
    else:
        json.loads(path.read_text("utf-8"))


def entries(home, *words):
    done = kouan("certificates", *words, "--json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def whole(entry, home, folder):
    """Check one registered certificate: seal, papers, what it says and what it rests on; return it."""
    place = folder.__class__(entry["folder"])
    check = check_folder(place, TrustStore.of_home(home))
    assert not check.all_problems
    assert check.sha256 == entry["manifest"]
    assert (place / "receipt").is_file()
    found = read_document(place / "certificate.json", Certificate, kind="certificate")
    assert found.number == entry["number"]
    for lang in ("zh", "en"):
        paper = Document(str(place / f"certificate.{lang}.docx"))
        text = "\n".join(line.text for line in paper.paragraphs)
        cells = "\n".join(cell.text for table in paper.tables[:3] for row in table.rows for cell in row.cells)
        assert found.number in text
        assert found.exporter in cells
        assert (found.valid_to - found.valid_from).days in {364, 365}
    staged = {one.name for one in found.inputs if one.name.startswith("staged/")}
    assert staged == {f"staged/{path.relative_to(folder / 'staged').as_posix()}" for path in files(folder)}
    assert {gate.id for gate in found.gates} >= MEASURED
    return found


def files(folder):
    return [path for path in (folder / "staged").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", [example.name for example in EXAMPLES])
def test_an_example_is_treated_valid_and_certified(shown, name):
    root, _ = shown
    folder = root / "out" / name
    assert files(folder)
    for path in files(folder):
        opens(path)
    clearance = check_folder(folder, TrustStore.of_home(root / "home")).sha256
    (entry,) = [one["entry"] for one in entries(root / "home") if one["entry"]["clearance"] == clearance]
    found = whole(entry, root / "home", folder)
    assert found.attacked is not None
    assert found.attacked.tables
    assert found.effect.value in {"de_identified", "not_reached", "open"}  # none reaches the drafts' strictest row
    assert [gate for gate in found.gates if gate.outcome != "pass"]


def test_the_demo_shows_each_certificate_and_again_the_same_one(shown):
    root, printed = shown
    numbers = [one["entry"]["number"] for one in entries(root / "home")]
    assert len(numbers) == len(EXAMPLES)
    assert all(number in printed for number in numbers)
    assert printed.count("requirements:") == len(EXAMPLES)
    again = kouan("demo", root / "exports", "--out", root / "out", home=root / "home")
    assert all(number in again.stdout for number in numbers)
    assert len(entries(root / "home")) == len(EXAMPLES)


def test_a_certificate_of_many_items_and_files_is_short_and_leaves_none_out(shown):
    root, _ = shown
    places = [root.__class__(one["entry"]["folder"]) for one in entries(root / "home")]
    found = [(read_document(place / "certificate.json", Certificate, kind="certificate"), place) for place in places]
    certificate, place = max(found, key=lambda one: len(one[0].items))
    assert len(certificate.items) > 100
    paper = Document(str(place / "certificate.en.docx"))
    texts = [line.text for line in paper.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    listed = [row[0].split(", ") for rows in tables if rows[0][1:3] == ["What it is", "Treatment"] for row in rows[1:]]
    aside = [int(text.split()[0]) for text in texts if "further items leave as they are" in text]
    assert sum(map(len, listed)) + sum(aside) == len(certificate.items)
    assert len(listed) < len(certificate.items) / 2
    assert not [names for names in listed if any(name.startswith("controlActProcess") for name in names)]
    folded = [int(text.split()[1]) for text in texts if "files of treated data" in text]
    digests = [row for rows in tables if rows[0] == ["Document", "Digest"] for row in rows[1:]]
    assert len(digests) + sum(folded) == len(certificate.inputs)


@pytest.mark.parametrize("name", ["e2b", "sdtm", "fhir"])
def test_a_published_sample_is_treated_valid_and_certified(request, tmp_path, name):
    cleared = request.getfixturevalue(name)
    home = cleared.folder.parent / "home"
    assert files(cleared.folder)
    for path in files(cleared.folder):
        opens(path)
    answers = tmp_path / "evaluation.yaml"
    assert kouan("certify", "--init", answers, home=home).returncode == 0
    done = kouan("certify", cleared.folder, "--evaluation", answers, "--json", home=home)
    said = json.loads(done.stdout)
    assert done.returncode == (3 if said["effect"] == "open" else 0), done.stderr
    assert said["effect"] != "anonymised"
    assert said["missing"]  # nobody answered, and it says so
    (entry,) = [one["entry"] for one in entries(home, said["number"])]
    whole(entry, home, cleared.folder)
    checked = kouan("certificates", "--check", said["number"], "--folder", cleared.folder, home=home)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", ["icsr", "trial"])
def test_no_planted_identifier_stands_in_a_certificate(shown, name):
    root, _ = shown
    written = b"\0".join(artefacts(root / "home" / "certificates").values())
    known = [one.value.encode() for one in planted(name, small=True) if len(one.value) > 3]
    assert len(known) > 30
    assert not [value for value in known if value in written]
