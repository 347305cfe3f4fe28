"""Files made to hurt, through the command line: bounded time and memory, a code for each, the rest goes on, no content."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import hostile
from tests.commands import DECLARATION, STAFF, kouan, start

SECONDS = 60
"""Longest that one file may take; tens of times what it takes on a quiet machine, and nothing to one without bounds."""
ROOM = 1536 << 20
GOOD = 7


def quiet(text):
    assert "Traceback" not in text
    assert "K-CLI-500" not in text
    assert hostile.SECRET not in text
    assert "root:" not in text


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Bytes of address space: what reading a harmless file needs, and 1.5 GiB more."""
    folder = tmp_path_factory.mktemp("baseline")
    (folder / "a.csv").write_text(STAFF, "utf-8")
    peak = 0
    with start("inspect", folder / "a.csv", home=folder / "home") as process:
        while process.poll() is None:
            found = re.search(r"VmPeak:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text("ascii"))
            peak = max(peak, int(found[1]) << 10) if found else peak
            time.sleep(0.005)
    return peak + ROOM


def bounded(*words, room, **options):
    """Run the command line within time and memory."""
    started = time.monotonic()
    done = kouan(*words, limits={resource.RLIMIT_AS: room}, **options)
    assert time.monotonic() - started < SECONDS
    quiet(done.stdout + done.stderr)
    return done


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_refused_with_a_code(tmp_path, room, name):
    hostile.lay(tmp_path / "in", [name])
    lang = "zh" if len(name) % 2 else "en"
    done = bounded("inspect", tmp_path / "in" / name, home=tmp_path / "home", room=room, lang=lang)
    assert (done.returncode, done.stderr.split(" ")[0]) == (2, hostile.REFUSED[name][0]), done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert name in done.stderr.splitlines()[0]
    assert not list(tmp_path.rglob("*way-out.csv"))


@pytest.mark.parametrize("name", hostile.READ)
def test_read_at_the_edge(tmp_path, room, name):
    hostile.lay(tmp_path / "in", [name])
    done = bounded("inspect", tmp_path / "in" / name, home=tmp_path / "home", room=room)
    assert done.returncode == 0, done.stderr


def declare(folder, *paths):
    lines = "\n".join(f'  - {{path: "{path}", subjects: [employee]}}' for path in paths)
    text = DECLARATION.replace("  - {path: staff.csv, subjects: [employee]}", lines)
    (folder / "transfer.yaml").write_text(text, "utf-8")
    return folder / "transfer.yaml"


def good(folder, count=GOOD):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"good{number}.csv").write_text(STAFF.replace("E-73", f"E-{number}3"), "utf-8")


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said = []

    def handle_data(self, data):
        self.said.append(data)


def words_of(page):
    parser = _Words()
    parser.feed(page.read_text("utf-8"))
    return " ".join(parser.said)


def body(path):
    return json.loads(path.read_text("utf-8"))["body"]


NESTED = "K-FMT-044"
SPARSE = {"cell.csv", "cell.json", "cell.xml"}


@pytest.fixture(scope="module")
def cleared(tmp_path_factory, room):
    """A folder of every refused file and some good ones, cleared."""
    place = tmp_path_factory.mktemp("cleared")
    bad = [name for name in hostile.REFUSED if name not in SPARSE]
    good(place / "data")
    hostile.lay(place / "data", bad)
    hostile.loops(place / "data")
    out, home = place / "out", place / "home"
    done = bounded("clear", declare(place, "data/"), "--out", out, home=home, lang="zh", room=room)
    assert done.returncode == 6, done.stdout + done.stderr
    return place, done.stdout, bad


def test_one_hostile_file_among_good_ones_is_named_everywhere(cleared):
    place, said, bad = cleared
    notes = json.dumps(body(place / "out" / "inventory.json")["sources"][0]["notes"], ensure_ascii=False)
    page = words_of(place / "out" / "report.html")
    flat = re.sub(r"\s", "", said)
    for name in bad:
        code = NESTED if name.endswith((".zip", ".tar")) else hostile.REFUSED[name][0]
        inside = re.compile(re.escape(code) + r"[^。]*?" + re.escape(name))
        assert code in notes, name
        assert name in notes, code
        assert code in page, name
        assert name in page, code
        assert name in flat, code
        assert inside.search(notes), name
    quiet(notes + page)
    assert f"{len(bad)}个没有读取" in flat


def test_the_rest_is_staged_and_the_decision_stays_open(cleared):
    place, said, _ = cleared
    staged = sorted(path.name for path in (place / "out" / "staged" / "data").iterdir())
    assert staged == [f"good{number}.csv" for number in range(GOOD)]
    decision = body(place / "out" / "decision.json")["treated"]
    assert [flow["id"] for flow in decision["flows"]] == ["employee", "unread"]
    assert len(decision["possible"]) > 1
    lines = said.splitlines()
    assert lines[0] == "!! 未能完整读取：data/"
    assert "!! 未能完整读取：data/" in lines[-4:]


def test_a_declared_file_among_others(tmp_path, room):
    good(tmp_path, 1)
    hostile.lay(tmp_path, ["torn.csv", "depth.json", "endless.parquet"])
    declaration = declare(tmp_path, "good0.csv", "torn.csv", "depth.json", "endless.parquet")
    done = bounded("clear", declaration, "--out", tmp_path / "out", home=tmp_path / "home", room=room)
    assert done.returncode == 6, done.stdout + done.stderr
    sources = body(tmp_path / "out" / "inventory.json")["sources"]
    assert [(one["complete"], one["entities"] == []) for one in sources] == [(True, False), *[(False, True)] * 3]
    assert [path.name for path in (tmp_path / "out" / "staged").iterdir()] == ["good0.csv"]
    for name in ("torn.csv", "depth.json", "endless.parquet"):
        assert hostile.REFUSED[name][0] in done.stdout
    released = kouan("release", tmp_path / "out", "--by", "王五", home=tmp_path / "home")
    assert released.returncode != 0
    assert not (tmp_path / "out" / "released").exists()


def test_nothing_that_can_be_read_stops_the_run(tmp_path, room):
    hostile.lay(tmp_path, ["torn.csv", "depth.json"])
    declaration = declare(tmp_path, "torn.csv", "depth.json")
    done = bounded("clear", declaration, "--out", tmp_path / "out", home=tmp_path / "home", room=room)
    assert (done.returncode, done.stderr.split(" ")[0]) == (2, "K-FMT-009")
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_a_mistake_in_the_declaration(tmp_path, room):
    good(tmp_path, 1)
    done = bounded("clear", declare(tmp_path, "good0.csv", "gone.csv"), home=tmp_path / "home", room=room)
    assert (done.returncode, done.stderr.split(" ")[0]) == (2, "K-FMT-001")


@pytest.mark.parametrize("change", ["grow", "truncate", "vanish", "swap"])
def test_a_file_that_changes_while_it_is_read(tmp_path, change):
    """Changed again and again until the run ends: it ends by saying so, or before the first change."""
    good(tmp_path, 1)
    path = tmp_path / "good0.csv"
    rows = [f"E-{number},欧阳试验{number},139{number:08d},研发部,1990-01-02,{number}" for number in range(60_000)]
    text = "\n".join([STAFF.splitlines()[0], *rows]) + "\n"
    path.write_text(text, "utf-8")
    ended = threading.Event()

    def spoil():
        while not ended.wait(0.3):
            if change == "grow":
                with path.open("a", encoding="utf-8") as stream:
                    stream.write(rows[0] + "\n")
            elif change == "truncate":
                os.truncate(path, max(0, path.stat().st_size // 2))
            elif change == "vanish":
                path.unlink(missing_ok=True)
            else:
                shutil.copy(path, tmp_path / "new")
                (tmp_path / "new").replace(path)

    with start("clear", declare(tmp_path, "good0.csv"), "--out", tmp_path / "out", home=tmp_path / "home") as process:
        spoiler = threading.Thread(target=spoil)
        spoiler.start()
        out, err = process.communicate(timeout=SECONDS)
        ended.set()
        spoiler.join()
    quiet(out + err)
    assert process.returncode == 2, out + err
    assert err.split(" ")[0] in {"K-FMT-001", "K-FMT-004", "K-FMT-009", "K-FMT-013", "K-FMT-025"}, err
    assert not (tmp_path / "out").exists()


def test_two_at_once(tmp_path):
    good(tmp_path, 1)
    words = ("clear", declare(tmp_path, "good0.csv"), "--out", tmp_path / "out")
    both = [start(*words, home=tmp_path / "home") for _ in range(2)]
    ends = [(process.communicate(timeout=SECONDS), process.returncode) for process in both]
    for (out, err), _ in ends:
        quiet(out + err)
    assert {code for _, code in ends} <= {0, 2, 3}
    assert any(code in {0, 3} for _, code in ends)
    assert kouan("verify", tmp_path / "out", home=tmp_path / "home").returncode == 0


@pytest.mark.parametrize(
    ("name", "status"),
    [("名" * 83 + ".csv", 0), ("a\nb\x1b[31m.csv", 0), ("13800138000.csv", 2), ("li@example.com.csv", 2)],
)
def test_names(tmp_path, room, name, status):
    good(tmp_path / "data", 1)
    (tmp_path / "data" / "good0.csv").rename(tmp_path / "data" / name)
    done = bounded("inspect", tmp_path / "data", home=tmp_path / "home", room=room)
    assert done.returncode == status, done.stdout + done.stderr
    assert "\x1b[31m" not in done.stdout + done.stderr
    if status:
        assert name not in done.stdout + done.stderr
