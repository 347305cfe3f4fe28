"""A folder of many files: an interrupted run goes on where it stopped, and the order of files does not matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kouan.clearance import journey
from kouan.clearance.desk import Desk
from kouan.clearance.journey import clear
from kouan.clearance.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

FILES = 120
DECLARATION = """\
transfer: {name: 会员数据, scenario: retail_analytics}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 会员消费分析
basis: [consent]
sources:
  - {path: data, subjects: [member]}
"""


def lay(folder: Path, order: range) -> Path:
    (folder / "data").mkdir(parents=True)
    for number in order:
        lines = [f"{number * 10 + i},欧阳试验{i},138{number:04d}{i:04d},{i}.50" for i in range(10)]
        text = "id,姓名,手机号,消费\n" + "\n".join(lines) + "\n"
        (folder / "data" / f"m-{number % 7}-{number:03d}.csv").write_text(text, "utf-8")
    (folder / "transfer.yaml").write_text(DECLARATION, "utf-8")
    return folder / "transfer.yaml"


def run(declaration: Path, home: Path) -> Path:
    flags = {"home": str(home), "as_of": "2026-11-22"}
    settings = load_settings(flags, {}, folder=declaration.parent)
    return clear(declaration, declaration.with_name("out"), settings=settings).folder


def staged(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("staged/**/*.csv")}


def test_an_interrupted_run_does_not_look_at_the_data_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = lay(tmp_path / "a", range(FILES))
    home = tmp_path / "home"

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journey, "apply_plan", stopped)
        with pytest.raises(KeyboardInterrupt):
            run(declaration, home)
    assert not declaration.with_name("out").exists()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "inspect", stopped)  # what was recognised before stands
        first = run(declaration, home)
    assert len(staged(first)) == FILES

    other = lay(tmp_path / "b", range(FILES - 1, -1, -1))
    second = run(other, home)
    assert staged(second) == staged(first)
    sources = [json.loads((one / "inventory.json").read_text("utf-8"))["body"]["sources"] for one in (first, second)]
    assert sources[0] == sources[1]


def test_a_file_that_changed_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = lay(tmp_path / "a", range(3))
    folder = run(declaration, tmp_path / "home")
    before = json.loads((folder / "inventory.json").read_text("utf-8"))["body"]["sources"][0]
    file = next((tmp_path / "a" / "data").iterdir())
    file.write_text(file.read_text("utf-8") + "999,欧阳试验九,13999990000,1.00\n", "utf-8")
    after = json.loads((run(declaration, tmp_path / "home") / "inventory.json").read_text("utf-8"))["body"]["sources"][
        0
    ]
    assert after["sha256"] != before["sha256"]
    assert after["entities"][0]["rows"] == before["entities"][0]["rows"] + 1
