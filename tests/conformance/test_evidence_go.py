"""What we write, checked by the Go project's own note and tlog packages: they accept it, and nothing changed."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kouan.evidence.audit import audit_log
from kouan.evidence.check import check_folder
from kouan.evidence.signing import vkey_path
from kouan.model.errors import KouanError
from tests.support_evidence import make_home, sealed_folder

pytestmark = pytest.mark.servers

HERE = Path(__file__).parent / "go"
GOLDEN = HERE.parents[1] / "golden" / "tlog" / "vectors.json"
PACKAGES = ["golang-go", "golang-golang-x-mod-dev"]
INSTALL = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
LIBRARY = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")


def install_go():
    if shutil.which("go") and LIBRARY.is_dir():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.fail(f"the independent verifier needs Go: {INSTALL}")
    done = subprocess.run(
        INSTALL,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        pytest.fail(f"could not install Go with: {INSTALL}\n{done.stderr[-2000:]}")


@pytest.fixture(scope="module")
def go(tmp_path_factory):
    """The Go verifier as a function: arguments to (accepted, output)."""
    install_go()
    root = tmp_path_factory.mktemp("go")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOFLAGS": "",
        "GOCACHE": str(root / "cache"),
    }
    built = subprocess.run(
        ["go", "build", "-o", root / "kouanverify", "."],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr

    def run(*args):
        done = subprocess.run([root / "kouanverify", *map(str, args)], capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A log over a tile border with a sealed folder in it; old partial tiles were tidied away but two."""
    root = tmp_path_factory.mktemp("made")
    home = make_home(root / "home", name="出境.example/日志")
    for at in range(256):
        home.log.append(b"entry %d" % at)
    sealed_folder(root / "folder", home)
    return root, home, vkey_path(home.path, home.signer).read_text()


def test_golden_vectors_are_what_the_go_program_says(go):
    accepted, output = go("vectors")
    assert accepted
    assert json.loads(output) == json.loads(GOLDEN.read_text())


def test_both_accept_what_we_wrote(go, made):
    root, home, vkey = made
    assert go("folder", vkey, root / "folder") == (True, "")
    assert go("folder", vkey, root / "folder" / "released") == (True, "")
    assert go("log", vkey, home.log.directory) == (True, "")
    assert check_folder(root / "folder", home.trust).ok
    assert audit_log(home.log.directory, home.trust).size == 258


def test_both_accept_an_empty_log(go, tmp_path):
    home = make_home(tmp_path)
    assert go("log", home.signer.verifier.vkey, home.log.directory) == (True, "")


def test_both_refuse_another_key(go, made, tmp_path):
    root, home, _ = made
    stranger = make_home(tmp_path, name="stranger.example")
    vkey = stranger.signer.verifier.vkey
    assert not go("folder", vkey, root / "folder")[0]
    assert not go("log", vkey, home.log.directory)[0]
    assert not check_folder(root / "folder", stranger.trust).ok


def spots(size, most):
    """Return at most `most` places spread over a file, its first and last byte among them."""
    step = max(1, size // most)
    return sorted({*range(0, size, step), size - 1})


def flipped(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(content)


def refused(check, *args):
    try:
        result = check(*args)
    except KouanError:
        return True
    return hasattr(result, "ok") and not result.ok


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def test_both_refuse_every_changed_byte_of_a_folder(go, made):
    root, home, vkey = made
    for path in files_of(root / "folder"):
        original = path.read_bytes()
        for at in spots(len(original), 60):
            flipped(path, at)
            assert not go("folder", vkey, root / "folder")[0], (path, at)
            assert refused(check_folder, root / "folder", home.trust), (path, at)
            path.write_bytes(original)
    assert go("folder", vkey, root / "folder")[0]


def test_both_refuse_every_changed_byte_of_a_log(go, made):
    _, home, vkey = made
    log = home.log.directory
    files = [path for path in files_of(log) if path.name != ".lock"]
    assert {str(path.relative_to(log)) for path in files} == {
        "checkpoint", "tile/0/000", "tile/0/001.p/1", "tile/0/001.p/2", "tile/1/000.p/1",
        "tile/entries/000", "tile/entries/001.p/1", "tile/entries/001.p/2",
    }  # fmt: skip
    for path in files:
        original = path.read_bytes()
        for at in spots(len(original), 40):
            flipped(path, at)
            assert not go("log", vkey, log)[0], (path, at)
            assert refused(audit_log, log, home.trust), (path, at)
            path.write_bytes(original)
    assert go("log", vkey, log)[0]


def test_both_refuse_missing_and_extra_files(go, made, tmp_path):
    root, home, vkey = made
    for path in files_of(root / "folder"):
        copy = Path(shutil.copytree(root / "folder", tmp_path / "copy"))
        (copy / path.relative_to(root / "folder")).unlink()
        assert not go("folder", vkey, copy)[0], path
        assert refused(check_folder, copy, home.trust), path
        shutil.rmtree(copy)
    copy = Path(shutil.copytree(root / "folder", tmp_path / "copy"))
    (copy / "released" / "more").write_text("")
    assert not go("folder", vkey, copy)[0]
    assert refused(check_folder, copy, home.trust)
