import os

import pytest

from kouan.formats import open_source
from kouan.formats.files import take_in
from kouan.model.canonical import sha256_bytes
from kouan.model.errors import KouanError


def refused(path):
    with pytest.raises(KouanError) as caught:
        open_source(path, name=path.name)
    return caught.value.code


def test_missing_file(tmp_path):
    assert refused(tmp_path / "no.csv") == "K-FMT-001"
    (tmp_path / "plain").write_text("x")
    assert refused(tmp_path / "plain" / "no.csv") == "K-FMT-001"


def test_pipe_device_and_socket_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe.csv", tmp_path / "link.csv"):
        assert refused(path) == "K-FMT-002"


def test_symlink_to_a_file_is_followed(tmp_path):
    (tmp_path / "real.csv").write_text("a,b\n1,2\n")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert open_source(tmp_path / "link.csv", name="l").sha256 == sha256_bytes(b"a,b\n1,2\n")


@pytest.mark.parametrize("error", [PermissionError(13, "x"), OSError(5, "x")])
def test_refusals_of_the_system(tmp_path, monkeypatch, error):
    (tmp_path / "a.csv").write_text("a\n")

    def refuse(*_args, **_options):
        raise error

    monkeypatch.setattr("kouan.formats.files.os.open", refuse)
    assert refused(tmp_path / "a.csv") == ("K-FMT-003" if error.errno == 13 else "K-FMT-026")


def test_empty_file(tmp_path):
    (tmp_path / "a.csv").touch()
    assert refused(tmp_path / "a.csv") == "K-FMT-004"


def test_a_change_is_noticed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    file = take_in(path)
    file.check_unchanged()
    path.write_text("a,b\n1,3\n")
    os.utime(path, ns=(file.mtime_ns, file.mtime_ns + 1))
    with pytest.raises(KouanError, match="K-FMT-025"):
        file.check_unchanged()
    path.unlink()
    with pytest.raises(KouanError, match="K-FMT-025"):
        file.check_unchanged()


def test_a_file_replaced_by_an_equal_one_is_a_change(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    file = take_in(path)
    other = tmp_path / "other"
    other.write_text("a,b\n1,2\n")
    os.utime(other, ns=(file.mtime_ns, file.mtime_ns))
    other.replace(path)
    with pytest.raises(KouanError, match="K-FMT-025"):
        file.check_unchanged()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_that_changes_between_opening_and_reading(tmp_path, suffix):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        path.write_text("a,b\n1,2\n")
    else:
        pq.write_table(pa.table({"a": list(range(1000))}), path)
    source = open_source(path, name="a")
    path.write_bytes(path.read_bytes()[:-3] + b"99")
    with pytest.raises(KouanError) as caught:
        list(source.entities[0].batches())
    assert caught.value.code == "K-FMT-025"
