"""Keys of persons on disk: hashed, without a name, gone with the process, refused cleanly when the disk is full."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from kouan.formats.collection.spool import Spool
from kouan.model.errors import KouanError
from kouan.recognize import keyring
from kouan.recognize.kernel.sips import sip_texts
from kouan.recognize.keyring import Keyring
from kouan.recognize.siphash import keyed, words_of
from tests.recognizing import given, look, mobile_of, ric_of

if TYPE_CHECKING:
    from kouan.model.inventory import PersonCount

_SIPHASH = {
    0: "a3817f04ba25a8e66df67214c7550293",
    1: "da87c1d86b99af44347659119b22fc45",
    8: "3b62a9ba6258f5610f83e264f31497b4",
    15: "5493e99933b0a8117e08ec0f97cfc3d9",
    63: "5150d1772f50834a503e069a973fbd7c",
}
"""Of the bytes 0, 1, 2, … under the key of the bytes 0 to 15: the reference implementation's vectors_sip128."""


@pytest.mark.parametrize("length", _SIPHASH)
def test_siphash_is_that_of_its_authors(length: int) -> None:
    text = bytes(range(length)).decode()
    words = keyed(bytes(range(16)), pa.array(["x", text, "Zw", text]))
    assert words[1].astype("<u8").tobytes().hex() == _SIPHASH[length]
    assert (words[1] == words[3]).all()
    plain = [0, 0]
    sip_texts(bytes(range(length)), [0, length], [0], words_of(bytes(range(16))), plain)
    assert b"".join(word.to_bytes(8, "little") for word in plain).hex() == _SIPHASH[length]


def test_a_number_hashes_as_its_eight_bytes() -> None:
    words = keyed(bytes(range(16)), pa.array([0x0706050403020100]))
    assert words[0].astype("<u8").tobytes().hex() == _SIPHASH[8]


@pytest.mark.parametrize("held", [0, 1_000])
def test_numbers_and_texts_of_one_kind_are_different_persons(held: int) -> None:
    ring = Keyring(held)
    ring.add(2, {"mobile": pa.array([13800000001, None])})
    ring.add(2, {"mobile": pa.array(["13800000001", "x"])})
    ring.add(2, {"mobile": pa.array([13800000001, 1])})
    ring.add(1, {"name": pa.array(["13800000001"])})
    codes = ring.codes()
    assert codes["mobile"].tolist() == [0, -1, 2, 3, 0, 5, -1]
    assert codes["name"].tolist() == [-1] * 6 + [6]


_PLANTED: dict[str, list[Any]] = {
    "身份证号": [ric_of(n) for n in range(40)],
    "手机": [mobile_of(n) for n in range(40)],
    "email": [f"planted{n}@example.com" for n in range(40)],
    "姓名": ["王种植", "李种植"] * 20,
    "会员号": [f"PLANT-{n:05d}" if n % 3 else None for n in range(40)],
}


def persons(*, batch_rows: int = 65_536, threads: int = 1) -> tuple[PersonCount, ...]:
    return look(given({"data": _PLANTED}, batch_rows=batch_rows), threads=threads).persons


def test_files_hold_no_raw_value_and_the_count_is_that_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = persons()
    written: list[bytes] = []
    append = Spool.append

    def watched(spool: Spool, data: Any) -> Any:
        written.append(bytes(data))
        return append(spool, data)

    monkeypatch.setattr(Spool, "append", watched)
    assert persons() == expected
    assert not written  # so few rows stay in memory
    monkeypatch.setattr(keyring, "KEYS_HELD", 0)
    for batch_rows, threads in ((65_536, 1), (7, 1), (3, 3)):
        assert persons(batch_rows=batch_rows, threads=threads) == expected
    content = b"".join(written)
    assert content
    for value in (value for values in _PLANTED.values() for value in values if value):
        assert value.encode() not in content
    for numbers in ([int(value[:17]) for value in _PLANTED["身份证号"]], [int(value) for value in _PLANTED["手机"]]):
        assert not any(np.int64(number).tobytes() in content for number in numbers)


def test_a_full_disk_stops_the_count_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    monkeypatch.setattr(keyring, "KEYS_HELD", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    full = os.open("/dev/full", os.O_RDWR)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_, **__: os.fdopen(os.dup(full), "r+b", buffering=0))
    with pytest.raises(KouanError) as caught:
        persons()
    assert caught.value.code == "K-REC-006"
    assert "TMPDIR" in caught.value.fix.zh
    assert str(tmp_path) == caught.value.where
    os.close(full)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_stops_the_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keyring, "KEYS_HELD", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(KouanError) as caught:
        persons()
    assert caught.value.code == "K-REC-006"


_KILLED = """
import os, signal, pyarrow as pa
from kouan.recognize.keyring import Keyring
ring = Keyring(0)
ring.add(3, {"mobile": pa.array([1, 2, 3])})
ring.add(3, {"mobile": pa.array([1, 2, 3])})
print(sum(file._spool.size for file in ring._files.values()), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where files without a name are to be had")
def test_a_killed_process_leaves_nothing(tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", _KILLED], env=env, capture_output=True, check=False)
    assert done.returncode == -9
    assert int(done.stdout) == 6 * 20  # records were on disk
    assert not list(tmp_path.iterdir())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "ROWS_AT_MOST", 3)
    with pytest.raises(KouanError) as caught:
        Keyring().add(4, {})
    assert caught.value.code == "K-REC-007"
