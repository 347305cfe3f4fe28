"""Report and dossier of a cleared folder are made again by whoever verifies it, in a process of his own."""

from __future__ import annotations

import json

import pytest

from examples.build import build
from kouan.clearance.journey import clear
from kouan.clearance.tool import tool
from kouan.clearance.verify import verify_folder
from kouan.evidence import Log, TrustStore, open_signer, seal
from tests.commands import kouan
from tests.integration.attacking import TODAY, copied, settings_of


@pytest.fixture(scope="module", params=["hr", "retail-light"])
def root(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    build(folder / "exports", only=(request.param,), small=True)
    clear(folder / "exports" / request.param / "transfer.yaml", folder / "done", settings=settings_of(folder / "home"))
    return folder


def changed(root, name, paper, change, *, sealed_with=None):
    folder = copied(root / "done", root / name)
    path = folder / paper
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    log = Log.open(root / "home/log", open_signer(root / "home", create=True))
    seal(folder, kind="clearance", transfer="t", log=log, clock=lambda: TODAY, tool=sealed_with or tool())
    return folder


def found(folder, root):
    return verify_folder(folder, TrustStore.of_home(root / "home"))


def softer(text):
    assert "<main" in text
    return text.replace("<main", "<p>风险：低</p><main", 1)


def test_what_was_sealed_is_made_again_in_another_process(root):
    said = kouan("verify", root / "done", "--json", home=root / "home")
    summary = json.loads(said.stdout)
    assert (said.returncode, summary["problems"], summary["papers_not_compared"]) == (0, [], [])


@pytest.mark.parametrize(
    ("paper", "change"),
    [
        ("report.html", softer),
        ("dossier/conditions.md", lambda text: text + "\n无。\n"),
        ("dossier/persons.json", lambda text: text.replace("persons", "people", 1)),
    ],
    ids=["report", "conditions", "persons"],
)
def test_a_paper_that_says_something_else_under_a_good_seal_is_found(root, paper, change):
    (problem,) = found(changed(root, f"other-{paper.replace('/', '-')}", paper, change), root).problems
    assert (problem.code, problem.where) == ("K-CLR-250", paper)


def test_a_frame_that_names_another_key_is_found(root):
    def other(text):
        document = json.loads(text)
        document["body"]["signer"] = "kouan-000000000000+00000000"
        return json.dumps(document, ensure_ascii=False)

    assert [one.where for one in found(changed(root, "key", "report.json", other), root).problems] == ["report.html"]


def test_papers_of_another_edition_are_said_not_to_be_compared(root):
    folder = changed(root, "edition", "report.html", softer, sealed_with="kouan 0.0.1")
    result = found(folder, root)
    assert (result.problems, result.papers_of_another_edition) == ((), ("report.html",))
    said = kouan("verify", folder, home=root / "home")
    assert said.returncode == 0
    assert "report.html were not compared: kouan 0.0.1 is said" in " ".join(said.stdout.split())
