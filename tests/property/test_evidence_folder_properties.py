"""Whatever is changed in a sealed folder, the check refuses it and names the file."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.evidence.check import check_folder
from tests.support_evidence import make_home, sealed_folder

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\x00"), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)
COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("made")
    home = make_home(root / "home")
    sealed_folder(root / "folder", home)
    files = sorted(str(path.relative_to(root / "folder")) for path in (root / "folder").rglob("*") if path.is_file())
    assert len(files) == 9
    return root, home, files


def fresh(root: Path) -> Path:
    shutil.rmtree(root / "copy", ignore_errors=True)
    return Path(shutil.copytree(root / "folder", root / "copy"))


def named(result, name):
    """Whether a problem stands at the file, or at the manifest or receipt that vouches for it."""
    folder = name.rpartition("/")[0]
    vouchers = {f"{folder}/{one}".lstrip("/") for one in ("manifest.json", "receipt")}
    places = {place for problem in result.all_problems for place in problem.where.split(", ")}
    return name in places or (name in vouchers and bool(vouchers & places))


@COMMON
@given(data=st.data())
def test_any_changed_byte(made, data):
    root, home, files = made
    folder = fresh(root)
    name = data.draw(st.sampled_from([name for name in files if name != "empty.txt"]))
    content = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(content)
    result = check_folder(folder, home.trust)
    assert not result.ok
    assert named(result, name)


@COMMON
@given(data=st.data())
def test_any_cut_or_grown_file(made, data):
    root, home, files = made
    folder = fresh(root)
    name = data.draw(st.sampled_from(files))
    content = (folder / name).read_bytes()
    grown = content + data.draw(st.binary(min_size=1, max_size=3))
    cut = content[: data.draw(st.integers(0, max(0, len(content) - 1)))]
    (folder / name).write_bytes(grown if name == "empty.txt" or data.draw(st.booleans()) else cut)
    result = check_folder(folder, home.trust)
    assert not result.ok
    assert named(result, name)


@COMMON
@given(data=st.data())
def test_any_removed_renamed_or_added_file(made, data):
    root, home, files = made
    folder = fresh(root)
    name = data.draw(st.sampled_from(files))
    new = data.draw(NAMES)
    target = (folder / name).with_name(new)
    change = data.draw(st.sampled_from(["remove", "rename", "add", "folder"]))
    if change != "remove" and (len(new.encode()) > 200 or target.exists()):
        return
    if change == "remove":
        (folder / name).unlink()
    elif change == "rename":
        (folder / name).rename(target)
    elif change == "add":
        target.write_bytes(b"")
    else:
        target.mkdir()
    result = check_folder(folder, home.trust)
    assert not result.ok
    places = " ".join(problem.where + problem.what.en for problem in result.all_problems)
    assert change in {"add", "folder"} or name in places
