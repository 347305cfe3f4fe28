import json
import os

import pytest

from kouan.evidence.check import check_folder
from kouan.evidence.manifest import event_bytes, read_manifest
from kouan.evidence.sealing import hash_folder
from kouan.evidence.walk import digest_of
from kouan.model.canonical import sha256_bytes
from kouan.model.errors import KouanError
from tests.support_evidence import TRANSFER, make_home, seal_clearance, sealed_folder


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "home")


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "folder"
    (path / "b").mkdir(parents=True)
    (path / "b" / "二.txt").write_text("two")
    (path / "a.txt").write_text("one")
    return path


def test_a_manifest_lists_every_file_by_raw_bytes_in_order(folder, home):
    sealed = seal_clearance(folder, home)
    assert [(entry.path, entry.size) for entry in sealed.manifest.files] == [("a.txt", 3), ("b/二.txt", 3)]
    assert sealed.manifest.files[0].sha256 == sha256_bytes(b"one")
    raw = (folder / "manifest.json").read_bytes()
    assert sealed.sha256 == sha256_bytes(raw)
    assert read_manifest(raw, "manifest.json") == sealed.manifest
    assert json.loads(raw)["kind"] == "manifest"


def test_the_log_learns_digests_and_no_names(folder, home):
    sealed = seal_clearance(folder, home)
    event = json.loads(sealed.receipt.entry)
    assert event == {"kind": "kouan/clearance/v1", "manifest": sealed.sha256, "sealed_at": "2026-11-22T08:00:00Z"}
    assert TRANSFER.encode() not in sealed.receipt.entry
    assert sealed.receipt.entry == event_bytes(sealed.manifest, sealed.sha256)
    assert (folder / "receipt").read_bytes() == sealed.receipt.to_bytes()


def test_sealing_again_replaces_the_seal_and_clears_what_a_crash_left(folder, home):
    seal_clearance(folder, home)
    (folder / "a.txt").write_text("changed")
    (folder / ".manifest.json.123.tmp").write_text("half")
    (folder / ".receipt.123.tmp").write_text("half")
    sealed = seal_clearance(folder, home)
    assert sealed.receipt.index == 1
    assert check_folder(folder, home.trust).ok


@pytest.mark.parametrize("point", ["manifest", "log", "receipt"])
def test_a_crash_while_sealing_leaves_no_folder_that_passes(folder, home, monkeypatch, point):
    seal_clearance(folder, home)
    (folder / "a.txt").write_text("changed")
    real = os.replace

    def cut(source, target, **options):
        if {"manifest": "manifest.json", "log": "checkpoint", "receipt": "receipt"}[point] in str(target):
            raise KeyboardInterrupt
        return real(source, target, **options)

    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        seal_clearance(folder, home)
    monkeypatch.undo()
    assert not check_folder(folder, home.trust).ok
    seal_clearance(folder, home)
    assert check_folder(folder, home.trust).ok


def test_links_special_files_and_bad_names_are_not_sealed(folder, home):
    for name, make, code in (
        ("link", lambda path: path.symlink_to("a.txt"), "K-EVI-020"),
        ("folderlink", lambda path: path.symlink_to("b"), "K-EVI-020"),
        ("pipe", os.mkfifo, "K-EVI-020"),
        ("re\u0301sume\u0301", lambda path: path.write_text("x"), "K-EVI-021"),
        ("a\\b", lambda path: path.write_text("x"), "K-EVI-021"),
        ("a\nb", lambda path: path.write_text("x"), "K-EVI-021"),
        (os.fsdecode(b"\xff"), lambda path: path.write_text("x"), "K-EVI-021"),
    ):
        make(folder / name)
        with pytest.raises(KouanError) as error:
            seal_clearance(folder, home)
        assert error.value.code == code
        assert "\n" not in error.value.where
        (folder / name).unlink()
    assert not (folder / "receipt").exists()
    assert home.log.size == 0


def test_a_file_swapped_for_a_link_while_it_is_hashed_is_not_read(folder):
    (folder / "link").symlink_to("a.txt")
    (folder / "c").symlink_to("b")
    assert digest_of(folder, "b/二.txt", 3) == (3, sha256_bytes(b"two"))
    assert digest_of(folder, "b/二.txt", 1)[0] == 2, "one byte beyond the limit is enough to know"
    for path in ("link", "c/二.txt", "b", "nowhere"):
        with pytest.raises(OSError, match=r".*"):
            digest_of(folder, path, 100)


def test_limits(folder, home, monkeypatch):
    monkeypatch.setattr("kouan.evidence.walk.MOST_FILES", 3)
    assert len(hash_folder(folder)) == 2
    (folder / "more").write_text("x")
    with pytest.raises(KouanError) as error:
        hash_folder(folder)
    assert error.value.code == "K-EVI-022"
    monkeypatch.undo()
    (folder / "/".join(["d"] * 40)).mkdir(parents=True)
    with pytest.raises(KouanError) as error:
        hash_folder(folder)
    assert error.value.code == "K-EVI-022"


def test_a_folder_that_is_not_there(tmp_path, home):
    with pytest.raises(KouanError) as error:
        hash_folder(tmp_path / "nowhere")
    assert error.value.code == "K-EVI-023"


GOOD = {
    "kind": "manifest",
    "version": 1,
    "inputs": [],
    "body": {
        "kind": "clearance",
        "transfer": "t",
        "sealed_at": "2026-11-22T08:00:00Z",
        "tool": "kouan",
        "parent": None,
        "files": [{"path": path, "size": 1, "sha256": "sha256:" + "0" * 64} for path in ("a", "b/c")],
    },
}


def with_paths(*paths):
    files = [{"path": path, "size": 1, "sha256": "sha256:" + "0" * 64} for path in paths]
    return json.dumps({**GOOD, "body": {**GOOD["body"], "files": files}})


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "[" * 100_000, json.dumps({**GOOD, "kind": "other"}), json.dumps({**GOOD, "version": 2}),
        json.dumps({**GOOD, "more": 1}), json.dumps(GOOD).replace('"version": 1', '"version": 1, "version": 1'),
        json.dumps(GOOD).replace('"size": 1', '"size": -1'), json.dumps(GOOD).replace('"size": 1', '"size": NaN'),
        json.dumps({**GOOD, "body": {**GOOD["body"], "kind": "other"}}),
        json.dumps(GOOD).replace('"size": 1', '"size": 1.5'), json.dumps(GOOD).replace("2026-11-22T08:00:00Z", "yesterday"),
        with_paths("b", "a"), with_paths("a", "a"), with_paths("/etc/passwd"), with_paths("../a"), with_paths("a/../b"), with_paths("a//b"),
        with_paths("."), with_paths(""), with_paths("a\\b"), with_paths("a\u0000"), with_paths("e\u0301"), with_paths("manifest.json"),
        with_paths("receipt"), with_paths("released/a"), with_paths("a" * 1025), with_paths("\ud800"),
    ],
)  # fmt: skip
def test_hostile_manifests(text):
    with pytest.raises(KouanError) as error:
        read_manifest(text.encode("utf-8", "surrogatepass"), "manifest.json")
    assert error.value.code == "K-EVI-031"


def test_half_characters_outside_paths_do_not_stop_the_check(folder, home):
    seal_clearance(folder, home)
    text = (folder / "manifest.json").read_text().replace(f'"{TRANSFER}"', '"\\ud800"')
    (folder / "manifest.json").write_text(text)
    assert {problem.code for problem in check_folder(folder, home.trust).problems} <= {"K-EVI-031", "K-EVI-038"}
    assert not check_folder(folder, home.trust).ok


def test_the_good_manifest_reads():
    assert len(read_manifest(json.dumps(GOOD).encode(), "manifest.json").files) == 2


def test_a_release_is_sealed_inside_its_clearance(tmp_path, home):
    sealed = sealed_folder(tmp_path / "f", home)
    assert all(not entry.path.startswith("released") for entry in sealed.manifest.files)
    result = check_folder(tmp_path / "f", home.trust)
    assert result.ok
    assert result.sha256 == sealed.sha256
    inner = result.inner[0]
    assert inner.manifest is not None
    assert inner.manifest.parent == sealed.sha256
    assert check_folder(tmp_path / "f" / "released", home.trust).ok
