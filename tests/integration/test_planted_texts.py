"""Persons named in notes and minutes: what is said of the texts never holds what stands in them."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands import kouan
from tests.planted import artefacts, people, traces

if TYPE_CHECKING:
    from pathlib import Path

PLANTED = people(6, 21)
DECLARATION = """\
transfer: {name: 会议纪要, scenario: research_and_development}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 交流
sources:
  - {path: minutes.txt, subjects: [customer]}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
"""


def _sentences() -> list[str]:
    said = []
    for one in PLANTED:
        cells = (one.cell(name) for name in ("姓名", "家庭住址", "手机号", "身份证号", "邮箱"))
        name, home, phone, number, mail = cells
        said += [
            f"联系人：{name}，患者诊断为糖尿病，住{home}",
            f"{name}先生来电，手机{phone}，身份证{number}，希望回电",
            f"请将资料寄到{home}，收件人姓名：{name}，邮箱{mail}",
        ]
    return said * 10


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts") / "transfer"
    folder.mkdir()
    (folder / "transfer.yaml").write_text(DECLARATION, "utf-8")
    (folder / "minutes.txt").write_text("".join(f"{one}\n" for one in _sentences()), "utf-8")
    return folder


def _item(folder: Path, home: Path) -> dict[str, Any]:
    done = kouan("inspect", folder / "minutes.txt", "--json", home=home)
    return dict(json.loads(done.stdout)["items"][0])


def test_the_texts_are_understood(minutes: Path) -> None:
    """Otherwise nothing would have had a reason to show them."""
    item = _item(minutes, minutes.parent / "home")
    found = {one["identifier"] for one in item["findings"]}
    assert item["meaning"] == "free_text"
    assert {"name", "address", "health", "cn.mobile", "cn.ric", "email"} <= found


@pytest.mark.parametrize("model", ["off", "auto"])
@pytest.mark.parametrize("ending", ["json", "xlsx", "html", "csv"])
def test_no_inventory_holds_them(minutes: Path, tmp_path: Path, ending: str, model: str) -> None:
    out = tmp_path / f"inventory.{ending}"
    done = kouan("inspect", minutes / "minutes.txt", "--out", out, "--text-model", model, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    texts = artefacts(tmp_path)
    if ending == "xlsx":
        with zipfile.ZipFile(out) as book:
            texts |= {name: book.read(name) for name in book.namelist()}
    assert not traces(PLANTED, texts)


@pytest.mark.parametrize("words", [("--all",), ("--explain", "text"), ("--explain", "text", "--json")])
def test_no_terminal_shows_them(minutes: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = kouan("inspect", minutes / "minutes.txt", *words, home=tmp_path)
    assert "text" in done.stdout
    assert not traces(PLANTED, {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()})


def test_no_clearance_folder_holds_them_and_nobody_is_counted_as_none(minutes: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = kouan("clear", minutes / "transfer.yaml", "--out", out, home=tmp_path / "home", lang="zh")
    assert done.returncode == 3, done.stdout + done.stderr
    assert not traces(PLANTED, artefacts(out, leave=[out / "staged"]) | {"stdout": done.stdout.encode()})
    body = json.loads((out / "inventory.json").read_text("utf-8"))["body"]
    assert body["items"][0]["personal"] is True
    assert [(one["subject"], one["persons"]) for one in body["persons"]] == [("customer", {"lo": 1, "hi": None})]
