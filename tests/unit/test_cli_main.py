"""The last net of the command line: every end has a status, no traceback, and no text that might quote data."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kouan.cli import main
from kouan.cli.commands import schema
from kouan.model.errors import Message
from kouan.model.text import Text

ROOT = Path(__file__).parents[2]
SECRET = "张三 13800138000"
HOSTILE = Message(
    code="K-TST-001",
    what=Text(zh="坏名称“{name}”", en="bad name “{name}”"),
    why=Text(zh="因", en="why"),
    fix=Text(zh="改", en="fix"),
)


@pytest.fixture
def run(monkeypatch, tmp_path, capfd):
    """Run `kouan schema` with a body of the test's own; gives (status, stdout, stderr)."""

    def call(fault, *words, lang="zh"):
        def body(arguments, settings):
            fault()

        monkeypatch.setattr(schema, "run", body)
        monkeypatch.setenv("KOUAN_LANG", lang)
        monkeypatch.setenv("KOUAN_HOME", str(tmp_path / "home"))
        monkeypatch.chdir(tmp_path)
        status = main(["schema", *words])
        out, err = capfd.readouterr()
        return status, out, err

    return call


def _process(*words, lang="en", **options):
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "KOUAN_LANG": lang, "HOME": "/nonexistent"}
    environ |= options.pop("environ", {})
    return subprocess.Popen([sys.executable, "-W", "error", "-m", "kouan.cli", *words], env=environ, **options)


def _raise(error):
    raise error


@pytest.mark.parametrize(("lang", "says"), [("zh", "内部错误"), ("en", "Internal error")])
def test_internal_error_shows_its_place_and_not_its_text(run, lang, says):
    status, out, err = run(lambda: _raise(ValueError(f"cannot convert {SECRET}")), lang=lang)
    assert (status, out) == (1, "")
    assert err.startswith(f"K-CLI-500 {says}")
    assert "ValueError" in err
    assert "test_cli_main.py:" in err
    assert "Traceback" not in err
    assert not any(part in err for part in SECRET.split())


def test_a_chain_of_errors_is_not_shown_either(run):
    def fault():
        try:
            _raise(KeyError(SECRET))
        except KeyError as error:
            raise RuntimeError("outer") from error

    status, _, err = run(fault)
    assert status == 1
    assert "KeyError" not in err


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (lambda: _raise(KeyboardInterrupt()), 130, "K-CLI-130"),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), 130, "K-CLI-130"),
        (lambda: _raise(HOSTILE.at("x", name="y")), 2, "K-TST-001"),
        (lambda: _raise(RecursionError()), 1, "K-CLI-500"),
        (lambda: _raise(MemoryError()), 1, "K-CLI-500"),
    ],
)
def test_statuses(run, fault, status, code):
    got, out, err = run(fault)
    assert (got, out) == (status, "")
    assert err.startswith(code)


def test_errors_for_machines(run):
    status, out, err = run(lambda: _raise(HOSTILE.at("transfer.yaml:3", name="甲")), "--json")
    assert status == 2
    assert json.loads(out) == {
        "error": {
            "code": "K-TST-001",
            "where": "transfer.yaml:3",
            "what": {"zh": "坏名称“甲”", "en": "bad name “甲”"},
            "why": {"zh": "因", "en": "why"},
            "fix": {"zh": "改", "en": "fix"},
        }
    }
    assert err.startswith("K-TST-001")


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_hostile_names_cannot_command_the_terminal(run, words):
    name = "a\x1b[2J\x07\n伪造的一行\x9b31m\u202e\udcff"
    status, out, err = run(lambda: _raise(HOSTILE.at(f"dir/{name}", name=name)), *words)
    assert status == 2
    assert len(err.splitlines()) == 3
    assert not [char for char in err if char != "\n" and not char.isprintable()]
    if words:
        assert json.loads(out)["error"]["code"] == "K-TST-001"


def test_reader_that_went_away_is_no_error():
    process = _process("schema", "decision", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_full_output_is_an_error_with_a_code():
    with Path("/dev/full").open("w") as full:
        process = _process("schema", "decision", stdout=full, stderr=subprocess.PIPE)
        err = process.communicate(timeout=20)[1].decode()
    assert process.returncode == 2
    assert err.startswith("K-CLI-007")
    assert "Traceback" not in err


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_output_that_cannot_hold_chinese_is_still_written(encoding):
    process = _process("--help", lang="zh", environ={"PYTHONIOENCODING": encoding}, stdout=subprocess.PIPE)
    out = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert b"clear" in out


def test_interrupted_outside_the_net(monkeypatch):
    monkeypatch.setattr("kouan.cli.dispatch.run_command", lambda argv: _raise(KeyboardInterrupt()))
    assert main(["schema"]) == 130


def test_sigterm_is_given_back():
    before = signal.getsignal(signal.SIGTERM)
    assert main(["--version"]) == 0
    assert signal.getsignal(signal.SIGTERM) is before


def test_run_command_works_outside_the_main_thread(tmp_path):
    script = (
        "import threading, kouan.cli as c; t = threading.Thread(target=c.main, args=(['schema'],)); t.start(); t.join()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.stderr == ""
    assert "declaration" in done.stdout


def test_main_stays_a_function_once_a_command_has_run():
    import kouan.cli

    assert kouan.cli.main(["--version"]) == 0
    assert kouan.cli.main(["--version"]) == 0
