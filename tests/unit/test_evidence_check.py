import json
import os
import shutil
from pathlib import Path

import pytest

from kouan.evidence.check import check_folder
from kouan.evidence.trust import TrustStore
from kouan.model.errors import Exit, KouanError
from tests.support_evidence import make_home, seal_clearance, seal_release, sealed_folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made")
    home = make_home(root / "home")
    sealed_folder(root / "folder", home)
    return root, home


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made[0] / "folder", tmp_path / "folder"))


@pytest.fixture
def home(made):
    return made[1]


def found(folder, home):
    result = check_folder(folder, home.trust)
    assert result.ok == (not result.all_problems)
    assert result.status is (Exit.OK if result.ok else Exit.VERIFICATION_FAILED)
    return {(problem.code, problem.where) for problem in result.all_problems}


def write(text):
    return lambda path: path.write_text(text)


@pytest.mark.parametrize(
    ("name", "change", "problems"),
    [
        ("decision.json", write('{"a": 2}\n'), {("K-EVI-032", "decision.json")}),
        ("decision.json", write("longer than it was"), {("K-EVI-032", "decision.json")}),
        ("decision.json", Path.unlink, {("K-EVI-033", "decision.json")}),
        ("empty.txt", Path.unlink, {("K-EVI-033", "empty.txt")}),
        ("staged/员工.csv", lambda path: path.rename(path.with_name("员工2.csv")), {("K-EVI-035", "staged/员工2.csv")}),
        ("extra.txt", write("x"), {("K-EVI-034", "extra.txt")}),
        (".hidden", write(""), {("K-EVI-034", ".hidden")}),
        ("folder", Path.mkdir, {("K-EVI-034", "folder/")}),
        ("staged/deeper", Path.mkdir, {("K-EVI-034", "staged/deeper/")}),
        ("link", lambda path: path.symlink_to("/etc/passwd"), {("K-EVI-020", "link")}),
        ("loop", lambda path: path.symlink_to("."), {("K-EVI-020", "loop")}),
        ("pipe", os.mkfifo, {("K-EVI-020", "pipe")}),
        ("staged", lambda path: path.rename(path.with_name("stage")), {("K-EVI-035", "stage/员工.csv"), ("K-EVI-034", "stage/")}),
        ("manifest.json", Path.unlink, {("K-EVI-030", "manifest.json")}),
        ("receipt", Path.unlink, {("K-EVI-036", "receipt")}),
        ("receipt", write("x"), {("K-EVI-037", "receipt")}),
        ("released/员工.csv", write("部门,人数\n研发,4\n"), {("K-EVI-032", "released/员工.csv")}),
        ("released/extra", write(""), {("K-EVI-034", "released/extra")}),
        ("released/receipt", Path.unlink, {("K-EVI-036", "released/receipt")}),
        ("released/link", lambda path: path.symlink_to("员工.csv"), {("K-EVI-020", "released/link")}),
        ("released/label.dsse.json", Path.unlink, {("K-EVI-033", "released/label.dsse.json"), ("K-EVI-044", "released/label.dsse.json")}),
        ("released", lambda path: path.rename(path.with_name("Released")), {("K-EVI-034", f"Released/{name}") for name in ("", "manifest.json", "receipt", "label.dsse.json", "员工.csv")}),
        ("e\u0301", write(""), {("K-EVI-021", "e\u0301")}),
    ],
)  # fmt: skip
def test_every_change_is_found_and_names_the_file(folder, home, name, change, problems):
    assert found(folder, home) == set()
    change(folder / name)
    assert found(folder, home) == problems


def test_all_problems_are_listed_not_only_the_first(folder, home):
    (folder / "decision.json").write_text("changed")
    (folder / "empty.txt").unlink()
    (folder / "extra\x1b[2J").write_text("x")
    (folder / "released" / "x").write_text("x")
    assert found(folder, home) == {
        ("K-EVI-032", "decision.json"),
        ("K-EVI-033", "empty.txt"),
        ("K-EVI-021", "extra\\x1b[2J"),
        ("K-EVI-034", "released/x"),
    }


def test_a_file_replaced_by_a_link_to_its_own_copy(folder, home, tmp_path):
    target = tmp_path / "copy"
    (folder / "decision.json").rename(target)
    (folder / "decision.json").symlink_to(target)
    assert found(folder, home) == {("K-EVI-020", "decision.json"), ("K-EVI-033", "decision.json")}


@pytest.mark.parametrize(
    "name", ["manifest.json", "receipt", "released", "released/manifest.json", "released/label.dsse.json"]
)
def test_what_proves_the_folder_is_never_read_through_a_link(folder, home, tmp_path, name):
    (folder / name).rename(tmp_path / "real")
    (folder / name).symlink_to(tmp_path / "real")
    problems = found(folder, home)
    assert ("K-EVI-020", name) in problems


def test_a_sealed_folder_inside_must_belong_to_the_clearance(folder, home, tmp_path):
    other = make_home(tmp_path / "other", name="exporter.example/kouan")
    (folder / "decision.json").write_text("another decision")
    parent = seal_clearance(folder, other)
    assert found(folder, home) == {("K-EVI-043", "released/manifest.json")}
    seal_release(folder / "released", other, parent, transfer="另一次出境")
    assert found(folder, home) == {("K-EVI-043", "released/manifest.json")}
    shutil.rmtree(folder / "released")
    shutil.copytree(folder, tmp_path / "inner")
    shutil.move(tmp_path / "inner", folder / "released")
    assert found(folder, home) == {("K-EVI-043", "released/manifest.json")}


def test_an_unknown_key_is_refused_and_named(folder, made, tmp_path):
    stranger = make_home(tmp_path / "stranger", name="stranger.example")
    result = check_folder(folder, stranger.trust)
    codes = [problem.code for problem in result.all_problems]
    assert codes == ["K-EVI-040", "K-EVI-040", "K-EVI-040"], "receipt, inner receipt, label"
    assert made[1].signer.verifier.label in result.problems[0].what.zh
    assert "--trust" in result.problems[0].fix.en
    assert result.signed_by is None
    assert {problem.code for problem in check_folder(folder, TrustStore()).all_problems} == {"K-EVI-040"}


def test_a_folder_sealed_anew_by_a_stranger_is_refused(folder, home, tmp_path):
    stranger = make_home(tmp_path / "stranger", name="stranger.example")
    (folder / "decision.json").write_text("forged")
    seal_clearance(folder, stranger)
    assert ("K-EVI-040", "receipt") in found(folder, home)


def test_a_receipt_of_another_manifest_is_refused(folder, home, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "x").write_text("x")
    seal_clearance(other, home)
    shutil.copy(other / "receipt", folder / "receipt")
    assert found(folder, home) == {("K-EVI-038", "manifest.json, receipt")}


def test_a_manifest_brought_in_line_with_a_changed_file_is_refused(folder, home):
    manifest = folder / "manifest.json"
    body = json.loads(manifest.read_bytes())
    (folder / "extra").write_text("")
    empty = next(entry for entry in body["body"]["files"] if entry["size"] == 0)
    body["body"]["files"].insert(2, {**empty, "path": "extra"})
    body["body"]["files"].sort(key=lambda entry: entry["path"])
    manifest.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
    assert found(folder, home) == {("K-EVI-038", "manifest.json, receipt"), ("K-EVI-043", "released/manifest.json")}


def test_a_trusted_key_speaks_only_for_its_own_log(folder, made, home):
    from kouan.evidence.tlog.note import sign_note
    from kouan.evidence.tlog.receipt import Receipt, parse_receipt

    receipt = parse_receipt((folder / "receipt").read_bytes())
    text = receipt.checkpoint.text.replace(home.signer.name, "other.example")
    forged = Receipt(receipt.entry, receipt.index, receipt.proof, sign_note(text, home.signer))
    (folder / "receipt").write_bytes(forged.to_bytes())
    assert found(folder, home) == {("K-EVI-042", "receipt")}


def test_a_key_inside_the_folder_is_refused(folder, home):
    (folder / "key.vkey").write_text(home.signer.verifier.vkey)
    with pytest.raises(KouanError) as error:
        check_folder(folder, TrustStore.load(folder / "key.vkey"))
    assert error.value.code == "K-EVI-008"


def test_a_release_may_travel_alone(folder, home):
    result = check_folder(folder / "released", home.trust)
    assert result.ok
    assert result.label is not None
    assert result.label.claims.pathway == ("exempt",)
    assert result.signed_by == home.signer.verifier


def test_released_is_refused_when_the_caller_does_not_allow_it(folder, home):
    result = check_folder(folder, home.trust, allow=())
    assert {problem.where for problem in result.problems} >= {"released/", "released/员工.csv"}


def test_hostile_sizes_are_refused_and_not_read(folder, home, monkeypatch):
    with (folder / "decision.json").open("r+b") as stream:
        stream.truncate(1 << 40)
    with (folder / "receipt").open("r+b") as stream:
        stream.truncate(1 << 40)
    assert found(folder, home) == {("K-EVI-032", "decision.json"), ("K-EVI-022", "receipt")}
    monkeypatch.setattr("kouan.evidence.walk.MOST_FILES", 2)
    assert "K-EVI-022" in {code for code, _ in found(folder, home)}


def test_a_folder_that_is_not_there(tmp_path, home):
    with pytest.raises(KouanError) as error:
        check_folder(tmp_path / "nowhere", home.trust)
    assert error.value.code == "K-EVI-023"
