"""`kouan inspect --explain, --confirm, --correct, --precision`, and labels in a clearance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kouan.clearance.labelling import writing
from tests.commands import DAY, Transfer, cells_in, kouan

if TYPE_CHECKING:
    from pathlib import Path

LABELS = "kouan.labels.yaml"


@pytest.fixture
def transfer(tmp_path: Path) -> Transfer:
    return Transfer.lay(tmp_path)


def inspect(transfer: Transfer, *words: str, lang: str = "en") -> str:
    done = kouan("inspect", transfer.declaration, *words, home=transfer.home, lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    assert not cells_in(done.stdout)
    return done.stdout


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("zh", ("认定为手机号码（cn.mobile），确认", "手机号", "无校验位", "全部 3 格", "138****8000")),
        ("en", ("taken for mobile number (cn.mobile)", "words of the names", "all 3 cells", "138****8000")),
    ],
)
def test_explained(transfer: Transfer, lang: str, parts: tuple[str, ...]) -> None:
    out = inspect(transfer, "--explain", "手机号", lang=lang)
    assert all(part in out for part in parts)


def test_explained_for_machines(transfer: Transfer) -> None:
    (item,) = json.loads(inspect(transfer, "--explain", "staff#手机号", "--json"))
    assert item["evidence"]["context"] == ["手机"]
    assert item["evidence"]["counts"][0]["format"] == 3
    assert item["word"] is None


def test_confirmed_and_corrected(transfer: Transfer) -> None:
    inspect(transfer, "--confirm", "手机号", "--correct", "部门=position", "--by", "张三", "--note", "见字典")
    text = (transfer.folder / LABELS).read_text("utf-8")
    assert f'"staff.csv!staff#部门": {{meaning: "position", by: "张三", on: {DAY}, note: "见字典"}}' in text
    assert "by 张三" in inspect(transfer)
    out = inspect(transfer, "--precision")
    assert "department by recognition, position by a person" in out
    report = json.loads(inspect(transfer, "--precision", "--json"))
    assert (report["total"]["confirmed"], report["total"]["corrected"]) == (1, 1)
    assert "人工认定" in inspect(transfer, lang="zh")


def test_labels_of_bare_files_stand_where_they_are_told_to(transfer: Transfer) -> None:
    words = ("inspect", transfer.data, "--confirm", "姓名", "--by", "张三")
    assert "K-CLI-031" in kouan(*words, home=transfer.home).stderr
    file = transfer.folder / "own.yaml"
    for _ in range(2):
        done = kouan(*words, "--labels", file, "--json", home=transfer.home)
        assert done.returncode == 0, done.stderr
    assert list(json.loads(done.stdout)["items"]) == ["staff.csv!staff#姓名"]
    assert file.read_text("utf-8").count("姓名") == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--confirm", "手机号"), "K-CLI-025"),
        (("--correct", "手机号", "--by", "x"), "K-CLI-024"),
        (("--correct", "手机号=mobil", "--by", "x"), "K-REC-002"),
        (("--confirm", "手机", "--by", "x"), "K-CLR-111"),
        (("--precision", "--explain", "手机号"), "K-CLI-023"),
        (("--labels", "missing.yaml"), "K-CLR-001"),
    ],
)
def test_refused_without_a_trace(transfer: Transfer, words: tuple[str, ...], code: str) -> None:
    done = kouan("inspect", transfer.declaration, *words, home=transfer.home)
    assert done.returncode == 2
    assert done.stderr.startswith(code)
    assert not (transfer.folder / LABELS).exists()


def test_a_clearance_keeps_the_labels_it_was_made_with_and_is_made_anew_with_others(transfer: Transfer) -> None:
    assert kouan(*transfer.clear, home=transfer.home).returncode in {0, 3}
    assert not (transfer.out / LABELS).exists()
    inspect(transfer, "--correct", "部门=religion", "--by", "张三")
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr
    assert (transfer.out / LABELS).read_bytes() == (transfer.folder / LABELS).read_bytes()
    inventory = json.loads((transfer.out / "inventory.json").read_text("utf-8"))
    assert LABELS in [one["name"] for one in inventory["inputs"]]
    item = next(one for one in inventory["body"]["items"] if one["name"] == "部门")
    assert (item["sensitive"]["value"], item["word"]["by"]) == (True, "张三")
    assert f"人工认定：张三 {DAY}" in (transfer.out / "report.html").read_text("utf-8")
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0


def test_two_at_once_lose_nothing(transfer: Transfer) -> None:
    inspect(transfer, "--confirm", "手机号", "--by", "张三")
    kept = (transfer.folder / LABELS).read_bytes()
    words = ("inspect", transfer.declaration, "--confirm", "部门", "--by", "李四")
    with writing(transfer.folder / LABELS, transfer.home):
        done = kouan(*words, home=transfer.home)
        assert (done.returncode, done.stderr[:10]) == (2, "K-CLR-113 ")
        assert (transfer.folder / LABELS).read_bytes() == kept
    assert kouan(*words, home=transfer.home).returncode == 0
    assert "手机号" in (transfer.folder / LABELS).read_text("utf-8")
