"""Which scanner reads a document, and where machine code is kept."""

from __future__ import annotations

import time

import numpy as np
import pytest

from kouan.formats import compiled
from kouan.formats.options import Limits
from kouan.formats.tree import paths, scan
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.values import read_values

DOCUMENTS = {"xml": b'<a b="1">x<!-- y --></a>', "json": b'{"a": ["1", 2]}'}


@pytest.mark.parametrize("language", ["xml", "json"])
def test_large_documents_are_read_by_compiled_code_alike(monkeypatch, language):
    pytest.importorskip("numba")
    data = DOCUMENTS[language]
    plain = scan.scan(data, language, Limits())
    monkeypatch.setattr(compiled, "LARGE", 1)
    monkeypatch.setattr(scan, f"scan_{language}", None)
    fast = scan.scan(data, language, Limits())
    assert fast.names == plain.names
    assert np.array_equal(fast.start, plain.start)


@pytest.mark.parametrize("language", ["xml", "json"])
def test_without_numba_the_plain_scanner_reads_everything(monkeypatch, language):
    monkeypatch.setattr(compiled, "LARGE", 1)
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    assert len(scan.scan(DOCUMENTS[language], language, Limits()).kind) == 4


def test_depth_is_bounded_before_expat_sees_the_document(monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setattr(compiled, "LARGE", 1)
    with pytest.raises(ScanError) as caught:
        scan.scan(b"<a>" * 300, "xml", Limits(tree_depth=200))
    assert (caught.value.fault, caught.value.offset) == (Fault.DEPTH, 600)


def add_one(number):
    return number + 1


@pytest.fixture
def cache(tmp_path, monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "kouan"


def test_machine_code_is_kept_for_this_user_alone(cache):
    assert compiled.compiled(add_one)(1) == 2
    (folder,) = cache.iterdir()
    assert [path.stat().st_mode & 0o777 for path in (cache, folder)] == [0o700, 0o700]
    assert {path.suffix for path in folder.iterdir()} == {".nbi", ".nbc"}


def test_broken_machine_code_is_made_again(cache):
    compiled.compiled(add_one)(1)
    for path in cache.rglob("*.nb?"):
        path.write_bytes(b"\x80")
    assert compiled.compiled(add_one)(1) == 2


@pytest.mark.parametrize("fault", ["open to others", "a link", "a file"])
def test_no_machine_code_is_kept_where_others_could_have_put_it(cache, tmp_path, fault):
    if fault == "open to others":
        cache.mkdir()
        cache.chmod(0o777)
    elif fault == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        cache.symlink_to(tmp_path / "elsewhere")
    else:
        cache.write_bytes(b"")
    assert compiled.compiled(add_one)(1) == 2
    assert not [*tmp_path.rglob("*.nb?")]


@pytest.mark.parametrize("language", ["xml", "json"])
def test_values_of_large_documents_are_gathered_alike(monkeypatch, language):
    pytest.importorskip("numba")
    data = DOCUMENTS[language].replace(b"1", "口&amp;岸".encode())
    nodes = scan.scan(data, language, Limits())
    which = np.flatnonzero(nodes.kind != 0).astype(np.int32)
    plain = read_values(nodes, np.frombuffer(data, np.uint8), which)
    monkeypatch.setattr(compiled, "LARGE", 1)
    assert read_values(nodes, np.frombuffer(data, np.uint8), which).equals(plain)
    assert "口&岸" in plain.to_pylist() or language == "json"


def test_distinct_keys_are_the_same_by_table_and_by_sorting(monkeypatch):
    keys = np.array([7, 3, 7, 0, 90_000, 3], np.int64)
    expected = np.unique(keys, return_inverse=True)
    for small in (0, 1 << 20):
        monkeypatch.setattr(paths, "_SMALL", small)
        for one, other in zip(paths.distinct_of(keys), expected, strict=True):
            assert one.tolist() == other.tolist()


def test_very_many_lists_in_one_object_take_no_square_of_time():
    data = b"{%s}" % b",".join(b'"a%d":[]' % number for number in range(20_000))
    nodes = scan.scan(data, "json", Limits())
    begin = time.process_time()
    assert paths.place(nodes, data, shape=None, records={}).tables == ("record",)
    assert time.process_time() - begin < 5
