"""Interviews on a bad day: two at once on one file, killed, no space left, and files of answers made to harm."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import time

import pytest

from tests.commands import DAY, kouan, start

HELD = f'{{"as_of": "{DAY}"}}'


def _begun(folder):
    """Start an interview on `state.json` and answer its first question."""
    process = start("decide", "--ask", "--resume", folder / "state.json", home=folder / "home", stdin=subprocess.PIPE)
    process.stdin.write("n\n")
    process.stdin.flush()
    _wait(lambda: _answers(folder))
    return process


def _wait(done):
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.1)
    assert done()


def _answers(folder):
    return json.loads((folder / "state.json").read_text("utf-8")).get("answers", [])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "state.json").write_text(HELD, "utf-8")
    return tmp_path


def test_a_second_interview_on_the_file_is_refused_and_one_killed_goes_on(folder):
    first = _begun(folder)
    kept = _answers(folder)
    (folder / "same").symlink_to(folder / "state.json")
    for name in ("state.json", "same"):
        second = kouan("decide", "--ask", "--resume", folder / name, home=folder / "home", stdin=subprocess.DEVNULL)
        assert (second.returncode, second.stderr[:10]) == (2, "K-CLR-066 ")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert _answers(folder) == kept
    assert len(kept) == 1
    again = kouan("decide", "--ask", "--resume", folder / "state.json", home=folder / "home", stdin=subprocess.DEVNULL)
    assert again.returncode == 3
    assert "Question 2" in again.stdout


def test_without_space_the_old_answers_stay(folder):
    words, small = ("decide", "--ask", "--resume", folder / "state.json"), {resource.RLIMIT_FSIZE: 64}
    with start(*words, home=folder / "home", stdin=subprocess.PIPE, limits=small) as process:
        _, err = process.communicate("n\nn\n", timeout=120)
    assert (process.returncode, err[:10]) == (2, "K-CLR-013 ")
    assert (folder / "state.json").read_text("utf-8") == HELD
    assert sorted(path.name for path in folder.iterdir()) == ["home", "state.json"]


COUNT = '{"fact": "year_before.ordinary_persons", "value": {"lo": %s, "hi": %s}}'
HOSTILE = {
    "nothing": "",
    "list": "[]",
    "deep": '{"as_of": "2026-11-22", "answers": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "huge": '{"as_of": "2026-11-22", "x": "' + "a" * (2 << 20) + '"}',
    "aliases": "as_of: &a [1, 2]\nfacts: *a\n",
    "twice": '{"as_of": "2026-11-22", "as_of": "2020-01-01"}',
    "nan": HELD[:-1] + f', "answers": [{COUNT % ("NaN", "null")}]}}',
    "infinite": HELD[:-1] + f', "answers": [{COUNT % ("0", "Infinity")}]}}',
    "negative": HELD[:-1] + f', "answers": [{COUNT % ("-5", "-1")}]}}',
    "fraction": HELD[:-1] + f', "answers": [{COUNT % ("1.5", "2.5")}]}}',
    "enormous": HELD[:-1] + f', "answers": [{COUNT % ("0", "9" * 400)}]}}',
    "endless": HELD[:-1] + f', "answers": [{COUNT % ("0", "9" * 4_300)}]}}',
    "unreadable": HELD[:-1] + f', "answers": [{COUNT % ("0", "9" * 5_000)}]}}',
    "type": HELD[:-1] + ', "answers": {"a": 1}}',
    "value": HELD[:-1] + ', "answers": [{"fact": "exporter.ciio", "value": "13812345678"}]}',
    "name": HELD[:-1] + ', "answers": [{"fact": "13812345678", "value": true}]}',
    "flow": HELD[:-1] + ', "answers": [{"fact": "flow.personal", "flow": "nowhere", "value": true}]}',
    "reading": HELD[:-1] + ', "adopted": {"a3": "both", "zz": "x"}}',
    "flows": json.dumps({"as_of": DAY, "flows": [{"id": f"f{n}", "label": {"zh": "x", "en": "x"}} for n in range(3000)]}),
    "alike": json.dumps({"as_of": DAY, "flows": [{"id": "f", "label": {"zh": "x", "en": "x"}}] * 2}),
    "early": '{"as_of": "0001-01-01"}',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_answers_is_refused_in_words(tmp_path, name, monkeypatch, capsys):
    from kouan.cli import main

    path = tmp_path / "state.json"
    path.write_text(HOSTILE[name], "utf-8")
    monkeypatch.setenv("KOUAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KOUAN_LANG", "en")
    monkeypatch.setenv("KOUAN_AS_OF", DAY)
    begun = time.monotonic()
    assert main(["decide", "--ask", "--resume", str(path)]) == 2
    assert time.monotonic() - begun < 20
    said = capsys.readouterr().err
    assert said.startswith(("K-CLI-021", "K-MOD-0", "K-LAW-0", "K-CLR-001"))
    assert "13812345678" not in said
    assert path.read_text("utf-8") == HOSTILE[name]
