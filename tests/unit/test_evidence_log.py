import os
import shutil
from pathlib import Path

import pytest

from kouan.evidence.audit import audit_log
from kouan.evidence.durable import locked
from kouan.evidence.log import Log
from kouan.evidence.signing import open_signer
from kouan.evidence.tilefiles import TileFiles
from kouan.evidence.tlog.proofs import consistency_proof, verify_consistency
from kouan.evidence.tlog.receipt import parse_receipt
from kouan.model.errors import Exit, KouanError
from tests.support_evidence import make_home


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A log that has crossed two tile borders, and its receipts."""
    home = make_home(tmp_path_factory.mktemp("grown"))
    return home, [home.log.append(b"entry %d" % at) for at in range(520)]


def test_every_receipt_holds_and_reads_back(grown):
    home, receipts = grown
    assert home.log.size == 520
    for at, receipt in enumerate(receipts):
        assert (receipt.index, receipt.tree.size, receipt.entry) == (at, at + 1, b"entry %d" % at)
        assert receipt.holds()
        assert parse_receipt(receipt.to_bytes()) == receipt
        note = receipt.checkpoint
        assert home.trust.check(note.text.encode(), note.signatures, where="") == home.signer.verifier


def test_every_tree_is_the_beginning_of_the_last(grown):
    home, receipts = grown
    node = TileFiles(home.log.directory, 520).node
    last = receipts[-1].tree
    for receipt in receipts[::37]:
        tree = receipt.tree
        proof = consistency_proof(tree.size, 520, node=node)
        assert verify_consistency(tree.size, 520, old_root=tree.root, new_root=last.root, proof=proof)


def test_the_files_are_those_of_tlog_tiles(grown):
    home, _ = grown
    assert audit_log(home.log.directory, home.trust).size == 520
    tile = home.log.directory / "tile"
    assert (tile / "0" / "001").stat().st_size == 8192
    assert (tile / "1" / "000.p" / "2").stat().st_size == 64
    assert not (tile / "0" / "001.p").exists()
    assert not (tile / "entries" / "001.p").exists()
    assert (tile / "entries" / "002.p" / "8").exists()


def test_a_new_log_is_empty_and_signed(tmp_path):
    home = make_home(tmp_path)
    assert home.log.size == 0
    assert (
        (home.log.directory / "checkpoint")
        .read_text()
        .startswith(f"{home.signer.name}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRk")
    )
    assert audit_log(home.log.directory, home.trust).size == 0
    assert Log.open(home.log.directory, home.signer).size == 0


def test_an_entry_that_is_too_long_is_refused(tmp_path):
    home = make_home(tmp_path)
    assert home.log.append(b"x" * 65_535).holds()
    with pytest.raises(KouanError) as error:
        home.log.append(b"x" * 65_536)
    assert error.value.code == "K-EVI-013"
    assert home.log.size == 1


def test_another_key_does_not_continue_a_log(tmp_path):
    home = make_home(tmp_path / "a")
    for name in ("exporter.example/kouan", "other.example"):
        other = open_signer(tmp_path / name.replace("/", "-"), create=True, name=name)
        with pytest.raises(KouanError) as error:
            Log.open(home.log.directory, other)
        assert error.value.code == "K-EVI-012"


def test_a_busy_log_is_waited_for_and_then_reported(tmp_path):
    home = make_home(tmp_path)
    lock = home.log.directory / ".lock"
    with locked(lock), pytest.raises(KouanError) as error, locked(lock, patience=0.05):
        pass
    assert error.value.code == "K-EVI-010"
    assert home.log.append(b"x").holds()


def damage(path: Path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("checkpoint", damage), ("checkpoint", Path.unlink), ("tile/0/000.p/5", damage), ("tile/0/000.p/5", Path.unlink),
        ("tile/entries/000.p/5", damage), ("tile/entries/000.p/5", Path.unlink),
    ],
)  # fmt: skip
def test_a_damaged_log_is_not_continued(tmp_path, name, change):
    home = make_home(tmp_path)
    for at in range(5):
        home.log.append(b"%d" % at)
    change(home.log.directory / name)
    with pytest.raises(KouanError) as error:
        home.log.append(b"more")
    assert error.value.code in {"K-EVI-011", "K-EVI-012"}
    assert error.value.status is (Exit.USAGE if error.value.code == "K-EVI-012" else Exit.VERIFICATION_FAILED)
    with pytest.raises(KouanError):
        audit_log(home.log.directory, home.trust)


def test_a_log_put_back_without_its_checkpoint_is_not_begun_anew(tmp_path):
    home = make_home(tmp_path)
    home.log.append(b"x")
    (home.log.directory / "checkpoint").unlink()
    with pytest.raises(KouanError) as error:
        Log.open(home.log.directory, home.signer)
    assert error.value.code == "K-EVI-011"


def test_reopening_removes_what_nobody_signed_for(tmp_path):
    home = make_home(tmp_path)
    home.log.append(b"x")
    beyond = [home.log.directory / name for name in ("tile/0/000.p/2", "tile/entries/000.p/2", ".tmp/.2.99999.tmp")]
    for path in beyond:
        path.write_bytes(b"left by a killed process")
    assert audit_log(home.log.directory, home.trust).size == 1
    Log.open(home.log.directory, home.signer)
    assert not any(path.exists() for path in beyond)


class PowerCut(BaseException):
    """The machine stops: from now on no call of the operating system has any effect."""


class Machine:
    """Counts calls that change the disk and stops at one of them for good; a write may be torn."""

    CALLS = ("write", "fsync", "replace", "mkdir", "unlink", "rmdir")

    def __init__(self, monkeypatch, stop):
        self.left = stop
        self.off = False
        for name in self.CALLS:
            monkeypatch.setattr(os, name, self.wrapped(name, getattr(os, name)))

    def wrapped(self, name, real):
        def call(*args, **options):
            self.left -= 1
            if self.off or self.left < 0:
                if name == "write" and not self.off:
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                self.off = True
                raise PowerCut
            return real(*args, **options)

        return call


@pytest.mark.parametrize("size", [0, 1, 255, 256])
def test_power_may_fail_between_any_two_writes(tmp_path, size):
    """At every single point: the log reopens, holds what was receipted, continues, and audits."""
    origin = make_home(tmp_path / "origin")
    for at in range(size):
        origin.log.append(b"entry %d" % at)
    for old in (origin.log.directory / "tile").glob("*/000.p/[12]??"):
        if old.name != str(size) and int(old.name) < 254:
            old.unlink()  # fewer old forms to tidy away, so fewer places to stop at
    for old in (origin.log.directory / "tile").glob("*/000.p/??"):
        old.unlink()
    finished, stop = False, 0
    while not finished:
        directory = tmp_path / f"{size}-{stop}"
        shutil.copytree(origin.log.directory, directory)
        log = Log(directory, origin.signer)
        with pytest.MonkeyPatch.context() as patch:
            machine = Machine(patch, stop)
            try:
                log.append(b"lost or kept")
            except PowerCut:
                assert machine.off
            else:
                finished = True
        log = Log.open(directory, origin.signer)
        assert log.size in {size, size + 1}
        assert log.size == size + 1 or not finished
        assert audit_log(directory, origin.trust).size == log.size
        assert log.append(b"afterwards").holds()
        assert audit_log(directory, origin.trust).size == log.size
        assert list((directory / ".tmp").iterdir()) == []
        shutil.rmtree(directory)
        stop += 1
    assert stop > 10


def test_power_may_fail_while_a_log_is_begun(tmp_path):
    home = make_home(tmp_path)
    finished, stop = False, 0
    while not finished:
        directory = tmp_path / f"new-{stop}"
        with pytest.MonkeyPatch.context() as patch:
            machine = Machine(patch, stop)
            try:
                Log.open(directory, home.signer)
            except PowerCut:
                assert machine.off
            else:
                finished = True
        assert Log.open(directory, home.signer).append(b"x").holds()
        assert audit_log(directory, home.trust).size == 1
        stop += 1
    assert stop > 4


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_is_said_and_changes_nothing(tmp_path, call):
    home = make_home(tmp_path)
    home.log.append(b"first")

    def full(*_):
        raise OSError(28, os.strerror(28))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(KouanError) as error:
            home.log.append(b"second")
    assert error.value.code == "K-EVI-014"
    assert audit_log(home.log.directory, home.trust).size == 1
    assert home.log.append(b"second").index == 1


@pytest.mark.parametrize(
    "name", ["tile/0/000.p/2", "tile/entries/000.p/1", "tile/7/000.p/1", "tile/0/stray", "tile/entries/000.p/9"]
)
def test_an_audit_looks_at_every_file(tmp_path, name):
    home = make_home(tmp_path)
    for at in range(3):
        home.log.append(b"%d" % at)
    path = home.log.directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * 32)
    with pytest.raises(KouanError) as error:
        audit_log(home.log.directory, home.trust)
    assert error.value.code == "K-EVI-011"
    assert error.value.where == str(path)


def test_an_audit_believes_only_trusted_keys(tmp_path):
    home, other = make_home(tmp_path / "a"), make_home(tmp_path / "b")
    with pytest.raises(KouanError) as error:
        audit_log(home.log.directory, make_home(tmp_path / "c", name="c.example").trust)
    assert error.value.code == "K-EVI-040"
    assert audit_log(home.log.directory, other.trust).size == 0, "both homes draw the same test key"
