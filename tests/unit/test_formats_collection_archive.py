import gzip
import io
import os
import re
import signal
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from kouan.formats import Limits, ReadOptions, member_names
from kouan.formats.collection.spool import Spool
from kouan.model.errors import KouanError
from tests.folders import opened, tables, tarred, written_back, zipped

ROOT = Path(__file__).parents[2]
FLAT = {"a.csv": b"id,city\n1,x\n2,y\n", "b.csv": b"id,city\n3,z\n"}


def refused(path, **limits):
    with pytest.raises(KouanError) as caught:
        opened(path, ReadOptions(limits=Limits(**limits)))
    assert "/proc/" not in str(caught.value)
    return caught.value.code


def raw_zip(path, entries):
    """Write a zip by hand: (name, data, changes of the directory's fields) per entry."""
    body, directory = b"", b""
    for name, data, change in entries:
        deflated = zlib.compress(data, 9)[2:-4]
        fields = {"flags": 0, "method": 8, "crc": zlib.crc32(data), "size": len(data), "at": len(body)} | change
        raw = name if isinstance(name, bytes) else name.encode()
        common = (fields["flags"], fields["method"], 0, 0x21, fields["crc"], len(deflated), fields["size"], len(raw), 0)
        if "at" not in change:
            body += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *common) + raw + deflated
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, fields["at"]) + raw
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    path.write_bytes(body + directory + end)
    return path


def archives(tmp_path):
    return [
        zipped(tmp_path / "x.zip", FLAT),
        zipped(tmp_path / "s.zip", FLAT, zipfile.ZIP_STORED),
        tarred(tmp_path / "x.tar", FLAT),
        tarred(tmp_path / "x.tar.gz", FLAT, "w:gz"),
    ]


def test_members_of_one_schema_are_one_table_and_come_back(tmp_path):
    for path in archives(tmp_path):
        source = opened(path)
        assert source.format == path.name.split(".")[1]
        assert source.complete
        assert tables(source) == {
            path.name[0]: [{"id": "1", "city": "x"}, {"id": "2", "city": "y"}, {"id": "3", "city": "z"}]
        }
        out = tmp_path / "out" / path.name
        files, said = written_back(source, out)
        assert [(file.path, file.rows, len(file.parts)) for file in files] == [(out, 3, 2)]
        assert len(said) == 1
        again = opened(out)
        assert (member_names(again), tables(again)) == (("a.csv", "b.csv"), tables(source))
        first = out.read_bytes()
        written_back(source, out)
        assert out.read_bytes() == first
    with zipfile.ZipFile(tmp_path / "out" / "x.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FLAT


def test_a_member_that_loses_every_row_is_not_written(tmp_path):
    for path in archives(tmp_path):
        out = tmp_path / "out" / path.name
        written_back(
            opened(path), out, lambda _, batch: pa.array([key != "3" for key in batch.column("id").to_pylist()])
        )
        assert member_names(opened(out)) == ("a.csv",)
        out.unlink()
        assert written_back(opened(path), out, lambda _, batch: pa.array([False] * batch.num_rows))[0] == []
        assert not out.exists()


def test_gzip_of_any_format_by_content(tmp_path):
    for name in ("t.csv.gz", "t.dat"):
        (tmp_path / name).write_bytes(gzip.compress(FLAT["a.csv"]) + gzip.compress(b"3,z\n") + bytes(64))
        source = opened(tmp_path / name)
        assert (source.format, source.detail) == ("gzip", "csv × 1")
        assert tables(source) == {"t": [{"id": "1", "city": "x"}, {"id": "2", "city": "y"}, {"id": "3", "city": "z"}]}
        files, _ = written_back(source, tmp_path / "out" / name)
        assert gzip.decompress(files[0].path.read_bytes()) == FLAT["a.csv"] + b"3,z\n"


@pytest.mark.parametrize("damage", ["cut", "garbage", "checksum", "nothing"])
def test_damaged_gzip(tmp_path, damage):
    data = gzip.compress(b"a,b\n" + os.urandom(500).hex().encode() + b",2\n")
    data = {
        "cut": data[:-9],
        "garbage": data + b"PK and more",
        "checksum": data[:-8] + bytes([data[-8] ^ 1]) + data[-7:],
        "nothing": data[:10],
    }[damage]
    (tmp_path / "t.csv.gz").write_bytes(data)
    assert refused(tmp_path / "t.csv.gz") == "K-FMT-049"


def test_gzip_bombs(tmp_path):
    (tmp_path / "b.gz").write_bytes(gzip.compress(bytes(20 << 20)))
    assert refused(tmp_path / "b.gz") == "K-FMT-043"
    (tmp_path / "c.gz").write_bytes(gzip.compress(os.urandom(2 << 20)))
    assert refused(tmp_path / "c.gz", unpacked_bytes=1 << 20) == "K-FMT-043"


def test_zip_bombs_that_say_so_and_that_lie(tmp_path):
    bomb = bytes(20 << 20)
    assert refused(zipped(tmp_path / "flat.zip", {"a.csv": bomb})) == "K-FMT-043"
    assert refused(raw_zip(tmp_path / "lies.zip", [("a.csv", bomb, {"size": 100})])) == "K-FMT-049"
    assert refused(raw_zip(tmp_path / "more.zip", [("a.csv", b"a,b\n1,2\n", {"size": 100})])) == "K-FMT-049"
    assert refused(zipped(tmp_path / "sum.zip", FLAT), unpacked_bytes=20) == "K-FMT-043"
    assert refused(zipped(tmp_path / "many.zip", FLAT), members=1) == "K-FMT-042"
    assert refused(raw_zip(tmp_path / "crc.zip", [("a.csv", b"a,b\n1,2\n", {"crc": 1})])) == "K-FMT-049"


def test_overlapping_members(tmp_path):
    data = b"a,b\n1,2\n"
    path = raw_zip(tmp_path / "o.zip", [("a.csv", data, {}), ("b.csv", data, {"at": 0})])
    assert refused(path) == "K-FMT-048"


def test_archives_inside_archives(tmp_path):
    inner = zipped(tmp_path / "i.zip", FLAT).read_bytes()
    packed = gzip.compress(FLAT["a.csv"])
    for files in ({"i.zip": inner}, {"i.csv.gz": packed}, {"i.tar": tarred(tmp_path / "i.tar", FLAT).read_bytes()}):
        assert refused(zipped(tmp_path / "o.zip", files)) == "K-FMT-044"
        assert refused(tarred(tmp_path / "o.tar", files)) == "K-FMT-044"
        (tmp_path / "o.gz").write_bytes(gzip.compress(next(iter(files.values()))))
        if "i.tar" not in files:
            assert refused(tmp_path / "o.gz") == "K-FMT-044"
    source = opened(zipped(tmp_path / "o.zip", {"i.zip": inner, **FLAT}))
    assert not source.complete
    assert tables(source).keys() == {"o"}


BAD = ["../x.csv", "/x.csv", "a/../../x.csv", "C:x.csv", "a\\x.csv", "./x.csv", "a//x.csv", "x\x1b[2J.csv", "x" * 300]


@pytest.mark.parametrize("name", BAD)
def test_names_that_lead_elsewhere(tmp_path, name):
    assert refused(raw_zip(tmp_path / "n.zip", [(name, b"a,b\n1,2\n", {})])) == "K-FMT-045"
    if not name.startswith("./") and "//" not in name:  # tar writes ./x for x
        assert refused(tarred(tmp_path / "n.tar", {name: b"a,b\n1,2\n"})) == "K-FMT-045"
    assert not list(tmp_path.parent.glob("x.csv"))


@pytest.mark.parametrize(
    "names", [("a.csv", "a.csv"), ("a.csv", "A.CSV"), ("\u00e9.csv", "e\u0301.csv"), ("a", "a/b.csv"), ("a/b.csv", "A")]
)
def test_names_that_mean_two_files(tmp_path, names):
    entries = [(name, b"k%d,v\n1,2\n" % place, {"flags": 0x800}) for place, name in enumerate(names)]
    assert refused(raw_zip(tmp_path / "n.zip", entries)) == "K-FMT-046"
    with tarfile.open(tmp_path / "n.tar", "w") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 4
            archive.addfile(info, io.BytesIO(b"a,b\n"))
    assert refused(tmp_path / "n.tar") == "K-FMT-046"


def test_chinese_names_of_old_zip_programs(tmp_path):
    path = raw_zip(tmp_path / "n.zip", [("员工.csv".encode("gb18030"), b"a,b\n1,2\n", {})])
    source = opened(path)
    assert (member_names(source), [entity.name for entity in source.entities]) == (("员工.csv",), ["员工"])


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, b"S"])
def test_links_and_devices_in_tar(tmp_path, kind):
    info = tarfile.TarInfo("x.csv")
    info.type, info.linkname = kind, "/etc/hostname"
    with tarfile.open(tmp_path / "l.tar", "w", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("d.csv"))
        archive.addfile(info)
    assert refused(tmp_path / "l.tar") == "K-FMT-047"


@pytest.mark.parametrize("at", [512, 700, 1024, 1030, 2048])
def test_damaged_tar(tmp_path, at):
    data = tarred(tmp_path / "x.tar", FLAT).read_bytes()
    (tmp_path / "x.tar").write_bytes(data[:at])
    assert refused(tmp_path / "x.tar") == "K-FMT-049"


def test_a_header_in_the_middle_of_a_tar_that_is_none(tmp_path):
    data = bytearray(tarred(tmp_path / "x.tar", FLAT).read_bytes())
    data[1024 + 10] ^= 1
    (tmp_path / "x.tar").write_bytes(data)
    assert refused(tmp_path / "x.tar") == "K-FMT-049"


def test_tar_headers_that_would_fill_the_memory(tmp_path):
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 3 << 20
    with (tmp_path / "x.tar").open("wb") as stream:
        stream.write(long.tobuf(tarfile.GNU_FORMAT) + b"x" * (3 << 20) + tarfile.TarInfo("a.csv").tobuf() + bytes(1024))
    assert refused(tmp_path / "x.tar") == "K-FMT-049"


def test_a_member_with_a_password_and_one_of_a_rare_method(tmp_path):
    locked = ("p.csv", b"a,b\n13800000000,2\n", {"flags": 1})
    assert refused(raw_zip(tmp_path / "p.zip", [locked])) == "K-FMT-050"
    path = raw_zip(tmp_path / "q.zip", [locked, ("m.csv", b"a,b\n1,2\n", {"method": 9}), ("r.csv", b"a,b\n1,2\n", {})])
    source = opened(path)
    assert not source.complete
    said = [note.en for note in source.notes]
    assert any("K-FMT-050" in note and "p.csv" in note for note in said)
    assert any("K-FMT-051" in note and "m.csv" in note for note in said)
    assert tables(source) == {"r": [{"a": "1", "b": "2"}]}


def test_shadows_of_macos_and_folders_are_no_members(tmp_path):
    path = zipped(
        tmp_path / "x.zip", {"d/": b"", "d/a.csv": b"a,b\n1,2\n", "__MACOSX/d/._a.csv": b"\0\5", ".DS_Store": b"x"}
    )
    source = opened(path)
    assert member_names(source) == ("d/a.csv",)
    assert "2 hidden" in source.notes[0].en


def test_a_changed_archive_is_noticed(tmp_path):
    path = zipped(tmp_path / "x.zip", FLAT)
    source = opened(path)
    zipped(path, {**FLAT, "c.csv": b"id,city\n"})
    with pytest.raises(KouanError, match="K-FMT-025"):
        source.check_unchanged()


def test_raw_bytes_have_no_name_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    source = opened(zipped(tmp_path / "x.zip", FLAT))
    spool = Spool.of([b"secret"])
    assert spool.path.read_bytes() == b"secret"
    assert tables(source)
    assert not list((tmp_path / "tmp").iterdir())
    monkeypatch.setattr("kouan.formats.collection.spool._DESCRIPTORS", tmp_path / "none")
    spool = Spool.of([b"secret"])
    (folder,) = (tmp_path / "tmp").iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert spool.path.read_bytes() == b"secret"
    del spool
    assert not list((tmp_path / "tmp").iterdir())


def test_nothing_is_left_on_disk_when_killed(tmp_path):
    (tmp_path / "tmp").mkdir()
    zipped(tmp_path / "x.zip", FLAT)
    code = (
        "import os, signal, sys; from pathlib import Path; from kouan.formats import open_source\n"
        "s = open_source(Path(sys.argv[1]), name='x.zip'); next(s.entities[0].batches()); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environ = {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path / "tmp"), "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "x.zip"], env=environ, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert not list((tmp_path / "tmp").iterdir())


def test_errors_name_the_archive_and_not_a_descriptor(tmp_path):
    path = zipped(tmp_path / "x.zip", {"a.csv": b"a,b\n1,2,3\n"})
    with pytest.raises(KouanError) as caught:
        opened(path)
    assert re.search(r"x\.zip / a\.csv$", caught.value.where)


def test_an_entry_of_a_zip_without_a_name(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a": b"id\n1\n"})
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 28 : entry + 32] = b"\0\0\1\0"  # the name's one byte becomes an extra field's
    path.write_bytes(data)
    with pytest.raises(KouanError, match="K-FMT-049"):
        opened(path)
