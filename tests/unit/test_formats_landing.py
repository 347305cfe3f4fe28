import shutil
import stat
import tempfile
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from kouan.formats import open_sink, open_source
from kouan.formats.landing import PART_SUFFIX, Landing
from kouan.model.errors import KouanError
from tests import workbooks
from tests.limits import largest_file
from tests.tables import MemorySource

FORMATS = ["csv", "parquet", "xlsx"]
TABLE = pa.table({"a": [f"value-{index * 7919}" for index in range(3000)]})


@cache
def workbook(times):
    """The workbook that an xlsx sink patches, away from the folder under test."""
    folder = Path(tempfile.mkdtemp())
    return workbooks.of_table(folder / "b.xlsx", {"S": pa.concat_tables([TABLE] * times)})


@pytest.fixture(autouse=True, scope="module")
def swept():
    yield
    for times in (1, 4):
        shutil.rmtree(workbook(times).parent)


def sink(path, kind, times=1):
    like = MemorySource.of("m", {"S": TABLE}, kind=kind)
    if kind == "xlsx":
        like = open_source(workbook(times), name="m")
    return open_sink(path, like, schemas={"S": TABLE.schema})


def write(path, kind, times=1, error=None):
    with sink(path, kind, times) as opened:
        for _ in range(times):
            opened.write("S", TABLE.to_batches()[0])
        if error:
            raise error


@pytest.mark.parametrize("kind", FORMATS)
def test_the_final_name_appears_only_at_the_end_and_for_its_owner(tmp_path, kind):
    final = tmp_path / "out"
    with sink(final, kind) as opened:
        opened.write("S", TABLE.to_batches()[0])
        assert not final.exists()
        parts = list(tmp_path.iterdir())
        assert parts
        assert all(part.name.startswith(".out.") and part.name.endswith(PART_SUFFIX) for part in parts)
        assert all(stat.S_IMODE(part.stat().st_mode) & 0o077 == 0 for part in parts)
    assert [part.name for part in tmp_path.iterdir()] == ["out"]
    assert stat.S_IMODE(final.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_nothing_and_keeps_what_was_there(tmp_path, kind, error):
    final = tmp_path / "out"
    final.write_text("before")
    with pytest.raises(error):
        write(final, kind, error=error)
    assert [part.name for part in tmp_path.iterdir()] == ["out"]
    assert final.read_text() == "before"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", [0, 5000])
def test_a_full_disk(tmp_path, kind, size):
    workbook(4)
    with largest_file(size), pytest.raises(KouanError) as caught:
        write(tmp_path / "out", kind, times=4)
    assert caught.value.code == "K-FMT-027"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_that_is_not_there(tmp_path, kind):
    with pytest.raises(KouanError) as caught:
        write(tmp_path / "no" / "out", kind)
    assert caught.value.code == "K-FMT-028"
    assert "ENOENT" in caught.value.what.en


def test_abandoning_twice_does_no_harm(tmp_path):
    landing = Landing(tmp_path / "out")
    landing.abandon()
    landing.abandon()
    assert list(tmp_path.iterdir()) == []
