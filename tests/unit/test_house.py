"""The house rules that no linter holds: sizes, borders between rooms, words on what is public, nothing of one machine."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "kouan"
REGISTRIES = re.compile(
    r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|crates\.io|docker\.io|conda|mirrors?\.)[\w./-]*", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.$~}-])/(?:work|root|home|Users|mnt|media|data\d*)/[\w.][\w./-]*")
BINARY = {".png", ".parquet", ".xlsx", ".gz", ".woff2"}


@cache
def _modules():
    paths = sorted(SRC.rglob("*.py"))
    assert len(paths) > 100
    return {path.relative_to(SRC): ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def _committed():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return {path.relative_to(ROOT).as_posix(): path for path in paths if path.is_file() and path.suffix not in BINARY}


def _functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_modules_are_short():
    lines = {name: len((SRC / name).read_text("utf-8").splitlines()) for name in _modules()}
    assert not {name: count for name, count in lines.items() if count > 600}
    assert statistics.median(lines.values()) <= 150


def test_functions_are_short():
    lengths = {
        f"{name}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for name, tree in _modules().items()
        for node in _functions(tree)
    }
    assert not {name: length for name, length in lengths.items() if length > 80}
    assert sorted(lengths.values())[int(len(lengths) * 0.95)] <= 40


def test_no_room_reaches_into_another():
    reached = []
    for name, tree in _modules().items():
        room = name.parts[0]
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("kouan."):
                continue
            parts = [*node.module.split(".")[1:], *(alias.name for alias in node.names)]
            if parts[0] != room and any(re.match(r"_(?!_)", part) for part in parts):
                reached.append(f"{name}:{node.lineno} {node.module}")
    assert not reached


def test_what_is_public_says_what_it_is():
    silent = []
    for name, tree in _modules().items():
        nodes = [("", tree)] + [
            (node.name, node)
            for scope in (tree, *(part for part in tree.body if isinstance(part, ast.ClassDef)))
            for node in scope.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        private = {
            id(node)
            for part in tree.body
            if isinstance(part, ast.ClassDef) and part.name.startswith("_")
            for node in part.body
        }
        silent += [
            f"{name} {title}" for title, node in nodes if not ast.get_docstring(node) and id(node) not in private
        ]
    assert not silent


def test_every_dependency_has_its_reason_and_licence():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for part in lists for line in part.splitlines() if line.strip()]
    assert len(lists) == 2
    assert len(lines) > 10
    for line in lines:
        assert re.match(r'  "[\w.-]+[^"]*",\s+# \S.{5,} ?\([^)]+\)$', line), line


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE], ids=["registries", "paths of one machine"])
def test_committed_files_name_no(pattern):
    found = [
        f"{name}: {hit.group()}"
        for name, path in _committed().items()
        if name != "tests/unit/test_house.py"
        for hit in pattern.finditer(path.read_text("utf-8"))
    ]
    assert not found


def test_patterns_find_what_they_are_for():
    assert REGISTRIES.search("index = https://pypi.org/simple")
    assert MACHINE.search("see /" + "work/x/file")
    assert MACHINE.search('"/' + 'root/.cache"')
    assert not MACHINE.search("https://example.com/home/page and src/data/x and ~/data/x")


def test_every_room_has_a_reason_to_exist():
    rooms = {name.parts[0] for name in _modules() if len(name.parts) > 1}
    for room in rooms:
        code = [name for name in _modules() if name.parts[0] == room and name.name != "__init__.py"]
        assert code, room
