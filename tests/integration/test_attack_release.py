"""Release under attack: crashes between its steps, other releases meanwhile, other days, other hands."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import shutil
import threading

import pytest

from kouan.clearance.counting import exporter_key
from kouan.clearance.declare import read_declaration
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.meter.ledger import Entry, Ledger
from kouan.model.decision import Pathway
from kouan.model.errors import Exit, KouanError
from kouan.model.facts import Range
from tests.integration.attacking import TODAY, clear_example, copied, killed, settings_of

USCC = "91110108YY0000028L"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    clear_example(folder, "retail")
    return folder


@pytest.fixture
def folder(root, tmp_path):
    shutil.copytree(root / "home", tmp_path / "home")
    return copied(root / "retail", tmp_path / "retail")


def _release(folder, *, now=TODAY, **changes):
    settings = settings_of(folder.parent / "home", now=now)
    body = json.loads((folder / "decision.json").read_text("utf-8"))["body"]["treated"]
    pathway = Pathway(body["possible"][0]["options"][0])
    attested = {one["id"]: "no 7" for one in body["conditions"] if not one["pathways"] or pathway in one["pathways"]}
    return release(folder, settings=settings, pathway=pathway, attested=changes.get("attested", attested), by="Li")


def _counted(folder):
    return Ledger(folder.parent / "home" / "meter.sqlite").year(USCC, 2026)


def _beside(folder):
    return sorted(path.name for path in folder.parent.iterdir())


@pytest.mark.parametrize(
    "step",
    ["shutil.copytree", "write_document", "write_label", "Log.open", "seal", "Ledger.record", "sync_directory"],
)
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_a_step_it_is_released_by_the_next_run_and_counted_once(folder, step, after):
    def run():
        place = importlib.import_module(f"kouan.{'meter.ledger' if step == 'Ledger.record' else 'clearance.release'}")
        for part in step.split(".")[:-1]:
            place = getattr(place, part)
        name = step.rpartition(".")[2]
        real = getattr(place, name)

        def dies(*arguments, **keywords):
            if after:
                real(*arguments, **keywords)
            os._exit(9)

        setattr(place, name, dies)
        _release(folder)

    assert killed(run) == 9
    left = _counted(folder)
    assert (folder / "released").exists() <= (left is not None), "data left uncounted"
    if not (folder / "released").exists():
        done = _release(folder)
        assert done.folder.is_dir()
    assert not verify_folder(folder, TrustStore.of_home(folder.parent / "home")).problems
    first = _counted(folder)
    assert first.ordinary.hi + first.sensitive.hi >= 12_000
    assert left in {None, first}
    assert _beside(folder) == ["home", "retail"]


def test_two_releases_at_once_leave_one(folder):
    ends = []

    def run():
        try:
            ends.append(_release(folder))
        except KouanError as error:
            ends.append(error.code)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [end for end in ends if isinstance(end, str)]
    assert len(refused) == 2
    assert set(refused) <= {"K-CLR-010", "K-CLR-026"}
    assert _counted(folder).ordinary.hi > 0


def test_a_decision_of_another_year_releases_nothing(folder):
    for now in (dt.datetime(2027, 1, 4, tzinfo=dt.UTC), dt.datetime(2025, 12, 31, 15, tzinfo=dt.UTC)):
        with pytest.raises(KouanError) as caught:
            _release(folder, now=now)
        assert (caught.value.code, caught.value.status) == ("K-CLR-028", Exit.PROHIBITED)
    assert _beside(folder) == ["home", "retail"]
    # 16:00 UTC on 31 December is already the next year in Shanghai.
    with pytest.raises(KouanError) as caught:
        _release(folder, now=dt.datetime(2026, 12, 31, 16, tzinfo=dt.UTC))
    assert caught.value.code == "K-CLR-028"
    assert _counted(folder) is None


def test_a_transfer_split_into_releases_meets_the_sum(folder):
    """Each part alone is below the floor of an assessment; what left since the clearance counts all the same."""
    ledger = Ledger(folder.parent / "home" / "meter.sqlite")
    many = Range(lo=999_000, hi=999_000)
    ledger.record(Entry("x", USCC, 2026, "2026-11-20", ordinary=many, sensitive=many))
    with pytest.raises(KouanError) as caught:
        _release(folder)
    assert caught.value.code == "K-CLR-028"
    assert not (folder / "released").exists()
    assert _beside(folder) == ["home", "retail"]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u3000", "\u200b", "\u2060\ufeff", "-", "\u202e"])
def test_blank_words_attest_nothing(folder, blank):
    body = json.loads((folder / "decision.json").read_text("utf-8"))["body"]["treated"]
    attested = {one["id"]: blank for one in body["conditions"] if not one["pathways"]}
    with pytest.raises(KouanError) as caught:
        _release(folder, attested=attested)
    assert caught.value.code == "K-CLR-021"


@pytest.mark.parametrize("what", ["replace", "remove", "add", "link"])
def test_what_changes_in_staged_after_the_check_does_not_leave(folder, monkeypatch, what, tmp_path):
    staged = folder / "staged" / "members.parquet"
    (tmp_path / "secret").write_text("x")

    def then_changed(*arguments):
        result = verify_folder(*arguments)
        if what == "replace":
            staged.write_bytes(b"x")
        elif what == "remove":
            staged.unlink()
        elif what == "add":
            (folder / "staged" / "more.csv").write_text("x")
        else:
            staged.unlink()
            staged.symlink_to(tmp_path / "secret")
        return result

    monkeypatch.setattr("kouan.clearance.release.verify_folder", then_changed)
    with pytest.raises(KouanError) as caught:
        _release(folder)
    assert caught.value.code == "K-CLR-027"
    assert not (folder / "released").exists()
    assert _counted(folder) is None
    assert not [name for name in _beside(folder) if name.startswith(".")]


def test_a_dangling_link_in_the_place_of_the_release_is_refused(folder):
    (folder / "released").symlink_to("/nowhere")
    with pytest.raises(KouanError) as caught:
        _release(folder)
    assert caught.value.code == "K-CLR-026"


@pytest.mark.parametrize("spelling", [" 91110108yy0000028l ", "91110108\uff39\uff390000028L", "9111-0108-YY00-0002-8L"])
def test_another_spelling_of_the_exporter_starts_no_new_count(root, tmp_path, spelling):
    text = (root / "exports" / "retail" / "transfer.yaml").read_text("utf-8")
    other = tmp_path / "transfer.yaml"
    other.write_text(text.replace(USCC, spelling), "utf-8")
    assert exporter_key(read_declaration(other)[0]) == USCC
