"""The generator: the same bytes for the same seed, made again only when needed, edits respected."""

from __future__ import annotations

import hashlib
import json

import pytest

from examples import __main__ as command
from examples import build as building
from examples.build import build


def digests(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_gives_same_bytes(tmp_path):
    build(tmp_path / "one", small=True)
    build(tmp_path / "two", small=True)
    first = digests(tmp_path / "one")
    assert len(first) == 40
    assert first == digests(tmp_path / "two")


def test_other_seed_gives_other_data_but_same_declarations(tmp_path):
    build(tmp_path / "one", small=True)
    build(tmp_path / "two", small=True, seed=7)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    same = {name for name in one if one[name] == two[name]}
    answers = ("transfer.yaml", "evaluation.yaml")
    assert same == {f"{example.name}/{name}" for example in building.EXAMPLES for name in answers}


def test_second_run_makes_nothing(tmp_path):
    assert len(build(tmp_path, small=True)) == len(building.EXAMPLES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    assert build(tmp_path, small=True) == []
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}


@pytest.mark.parametrize("damage", ["missing", "cut", "stamp", "version"])
def test_damaged_example_is_made_again(tmp_path, monkeypatch, damage):
    build(tmp_path, only=["retail"], small=True)
    whole = digests(tmp_path)
    orders, stamp = tmp_path / "retail/orders.parquet", tmp_path / "retail/.example.json"
    if damage == "missing":
        orders.unlink()
    elif damage == "cut":
        orders.write_bytes(orders.read_bytes()[:-9])
    elif damage == "stamp":
        stamp.write_text(stamp.read_text()[:20])
    else:
        monkeypatch.setattr(building, "VERSION", building.VERSION + 1)
    assert build(tmp_path, only=["retail"], small=True) == [tmp_path / "retail"]
    after = digests(tmp_path)
    if damage == "version":
        assert json.loads(stamp.read_text())["version"] == building.VERSION
        del whole["retail/.example.json"], after["retail/.example.json"]
    assert after == whole


@pytest.mark.parametrize("damage", ["missing", "cut", "more"])
def test_damaged_folder_of_files_is_made_again(tmp_path, damage):
    build(tmp_path, only=["icsr"], small=True)
    whole = digests(tmp_path)
    cases = sorted(tmp_path.glob("icsr/cases/*.xml"))
    if damage == "missing":
        cases[0].unlink()
    elif damage == "cut":
        cases[1].write_bytes(cases[1].read_bytes()[:-9])
    else:
        (cases[0].parent / "other.xml").write_bytes(cases[0].read_bytes())
    assert build(tmp_path, only=["icsr"], small=True) == [tmp_path / "icsr"]
    assert digests(tmp_path) == whole


def test_other_scale_leaves_no_file_of_the_former(tmp_path):
    build(tmp_path, only=["icsr"])
    assert len(list(tmp_path.glob("icsr/cases/*"))) == 300
    (tmp_path / "icsr/cases/notes.txt").write_text("mine")
    build(tmp_path, only=["icsr"], small=True)
    assert len(list(tmp_path.glob("icsr/cases/*.xml"))) == 6
    assert (tmp_path / "icsr/cases/notes.txt").read_text() == "mine"


def test_edited_declaration_survives_everything(tmp_path):
    build(tmp_path, only=["hr"], small=True)
    declaration = tmp_path / "hr/transfer.yaml"
    declaration.write_text(declaration.read_text() + "# 我的修改\n")
    for seed in (building.SEED, 8, 9):
        build(tmp_path, only=["hr"], small=True, seed=seed)
        assert declaration.read_text().endswith("# 我的修改\n")


def test_untouched_declaration_follows_ours(tmp_path, monkeypatch):
    build(tmp_path, only=["hr"], small=True)
    monkeypatch.setattr(building, "declaration", lambda name: f"# {name}\n")
    for _ in range(2):
        assert build(tmp_path, only=["hr"], small=True) == []
        assert (tmp_path / "hr/transfer.yaml").read_text() == "# hr\n"


def test_light_orders_are_the_retail_orders(tmp_path):
    build(tmp_path / "both", small=True)
    build(tmp_path / "alone", only=["retail-light"], small=True)
    both = (tmp_path / "both/retail/orders.parquet").read_bytes()
    assert both == (tmp_path / "both/retail-light/orders.parquet").read_bytes()
    assert both == (tmp_path / "alone/retail-light/orders.parquet").read_bytes()


def test_light_orders_are_copied_where_links_are_refused(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError

    monkeypatch.setattr(building.os, "link", refuse)
    build(tmp_path, only=["retail", "retail-light"], small=True)
    light = tmp_path / "retail-light/orders.parquet"
    assert light.stat().st_nlink == 1
    assert light.read_bytes() == (tmp_path / "retail/orders.parquet").read_bytes()


def test_remaking_one_example_leaves_its_linked_neighbour_alone(tmp_path):
    build(tmp_path, small=True)
    light = tmp_path / "retail-light/orders.parquet"
    before = light.read_bytes()
    build(tmp_path, only=["retail"], small=True, seed=5)
    assert light.read_bytes() == before
    assert (tmp_path / "retail/orders.parquet").read_bytes() != before


def test_command_says_what_it_did(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["examples", str(tmp_path), "--only", "hr", "--small"])
    assert command.main() == 0
    assert command.main() == 0
    assert capsys.readouterr().out.splitlines() == [f"{tmp_path}/hr  made", f"{tmp_path}/hr  already there"]
