"""A folder whose seal holds must not contradict itself, whoever sealed it, and no second seal may hide in it."""

from __future__ import annotations

import json
import shutil

import pytest

from kouan.clearance import replay as replaying
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore, open_signer
from kouan.model.errors import KouanError
from kouan.packs import load_packs
from tests.integration.attacking import clear_example, copied, seal_again, settings_of


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    clear_example(folder)
    clear_example(folder, "hr")
    return folder


def _edit(name, old, new):
    def change(folder):
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def _fewer_persons(folder):
    document = json.loads((folder / "inventory.json").read_text("utf-8"))
    document["body"]["persons"][0]["persons"] = {"lo": 1, "hi": 2}
    (folder / "inventory.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


def _codes(folder, home):
    return {problem.code for problem in verify_folder(folder, TrustStore.of_home(home)).problems}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_edit("decision.json", '"kind": "decision"', '"kind": "x", "kind": "decision"'), "K-CLR-030"),
        (_edit("decision.json", '"kind": "decision"', '"kind": "inventory"'), "K-CLR-030"),
        (_edit("decision.json", '"version": 1', '"version": 2'), "K-CLR-030"),
        (_edit("declaration.yaml", "ciio: false", "ciio: true"), "K-CLR-031"),
        (_edit("declaration.yaml", "data.important: false", "data.important: true"), "K-CLR-031"),
        (_fewer_persons, "K-CLR-031 K-CLR-061"),
        (lambda folder: (folder / "inventory.json").unlink(), "K-CLR-030"),
        (lambda folder: (folder / "decision.json").unlink(), "K-CLR-030"),
        (lambda folder: shutil.rmtree(folder / "packs"), "K-CLR-030"),
        (_edit("treatment.json", '"action": "drop"', '"action": "keep"'), "K-CLR-135"),
        (
            _edit("plan.yaml", "action: drop", "action: suppress\n    params: {below: 5}"),
            "K-CLR-135 K-CLR-061 K-CLR-211",
        ),
        (lambda folder: shutil.rmtree(folder / "staged"), "K-CLR-032 K-CLR-170"),
        (lambda folder: (folder / "staged" / "orders.parquet").write_text("x"), "K-CLR-032 K-CLR-170"),
        (lambda folder: (folder / "staged" / "more.csv").write_text("x"), "K-CLR-032 K-CLR-170"),
    ],
)
def test_a_lying_maker_contradicts_himself(root, tmp_path, change, code):
    folder = copied(root / "retail-light", tmp_path / "copy")
    seal_again(folder, root / "home")
    assert _codes(folder, root / "home") == set()
    change(folder)
    seal_again(folder, root / "home")
    assert _codes(folder, root / "home") == set(code.split())


def test_a_stranger_seals_what_is_not_his(root, tmp_path):
    folder = copied(root / "retail-light", tmp_path / "copy")
    seal_again(folder, tmp_path / "stranger")
    assert "K-EVI-040" in _codes(folder, root / "home")


def test_packs_that_are_not_the_verifiers_own_are_named(root, tmp_path):
    folder = copied(root / "retail-light", tmp_path / "copy")
    trust = TrustStore.of_home(root / "home")
    assert verify_folder(folder, trust).foreign_packs == ()
    head = next((folder / "packs").glob("*16*/pack.yaml"))
    pack = head.parent.name
    digest = next(ref for ref in verify_folder(folder, trust).decisions[0].packs if ref.id == pack).sha256
    head.write_text(head.read_text("utf-8") + "# another text\n", "utf-8")
    changed = next(ref for ref in load_packs(folder / "packs").refs if ref.id == pack).sha256
    text = (folder / "decision.json").read_text("utf-8").replace(digest, changed)
    (folder / "decision.json").write_text(text, "utf-8")
    seal_again(folder, root / "home")
    result = verify_folder(folder, trust)
    assert not result.problems
    assert [name.split()[0] for name in result.foreign_packs] == [pack]


def test_a_release_of_one_trusted_key_does_not_fit_the_clearance_of_another(root, tmp_path, monkeypatch):
    folder = copied(root / "retail-light", tmp_path / "ours")
    other = tmp_path / "other"
    signers = iter([open_signer(root / "home", create=False)])
    theirs = open_signer(other, create=True)
    for key in (root / "home" / "trust").iterdir():
        shutil.copy(key, other / "trust")
    with pytest.raises(KouanError) as caught:
        _release(folder, settings_of(other))
    assert caught.value.code == "K-CLR-029"
    # Past the check: the other party makes a release for our manifest, under its own key.
    monkeypatch.setattr("kouan.clearance.release.open_signer", lambda *_, **__: next(signers, theirs))
    _release(folder, settings_of(other))
    assert _codes(folder, other) == {"K-CLR-033"}


def test_a_release_of_less_than_was_staged_shows(root, tmp_path, monkeypatch):
    folder = copied(root / "hr", tmp_path / "hr")
    monkeypatch.setattr("kouan.clearance.release.attest", lambda *_, **__: ())
    _release(folder, settings_of(root / "home"))
    codes = [problem.code for problem in verify_folder(folder, TrustStore.of_home(root / "home")).problems]
    assert codes == ["K-CLR-033"]


def test_a_file_swapped_between_check_and_reading_shows(root, tmp_path, monkeypatch):
    folder = copied(root / "retail-light", tmp_path / "copy")
    read = replaying.replay

    def swap_first(check, known):
        _edit("declaration.yaml", "ciio: false", "ciio: true")(folder)
        return read(check, known)

    monkeypatch.setattr("kouan.clearance.verify.replay", swap_first)
    assert _codes(folder, root / "home") == {"K-CLR-027"}


def _release(folder, settings):
    conditions = {one["id"] for one in _conditions(folder)}
    return release(folder, settings=settings, pathway=None, attested=dict.fromkeys(conditions, "no 7"), by="Li")


def _conditions(folder):
    body = json.loads((folder / "decision.json").read_text("utf-8"))["body"]
    return body["treated"]["conditions"]
