"""The parser speaks both languages, and whatever it refuses is one of our errors."""

from __future__ import annotations

import re

import pytest

from kouan.cli.commands.law_parts import PARTS, part_of
from kouan.cli.dispatch import run_command
from kouan.cli.parser import GLOBAL, build_parser, guess_language
from kouan.cli.words import COMMANDS, OPTIONS

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_OF_ARGPARSE = re.compile(r"show this help message|positional arguments|optional arguments|\boptions:|\busage:")


@pytest.fixture
def run(monkeypatch, tmp_path, capfd):
    """Run a command line in this process; gives (status, stdout, stderr)."""

    def call(*words, lang="zh"):
        monkeypatch.setenv("KOUAN_LANG", lang)
        monkeypatch.setenv("KOUAN_HOME", str(tmp_path / "home"))
        monkeypatch.chdir(tmp_path)
        status = run_command(list(words))
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return call


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_both_languages(run, command):
    words = [command, "--help"] if command else ["--help"]
    status, zh, err = run(*words)
    assert (status, err) == (0, "")
    about = COMMANDS[command].zh if command else "口岸"
    assert about.replace(" ", "") in re.sub(r"\s", "", zh)
    assert not ENGLISH_OF_ARGPARSE.search(zh)
    status, en, err = run(*words, lang="en")
    assert (status, err) == (0, "")
    assert not HAN.search(en)


@pytest.mark.parametrize("part", PARTS)
def test_help_of_every_part_of_law(run, part):
    status, zh, err = run("law", part, "--help")
    assert (status, err) == (0, "")
    assert part_of(part).ABOUT.zh.replace(" ", "") in re.sub(r"\s", "", zh)
    status, en, _ = run("law", part, "--help", lang="en")
    assert status == 0
    assert not HAN.search(en)


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name != "law"), *(f"law {one}" for one in PARTS)])
def test_no_option_is_without_words(run, command):
    _, en, _ = run(*command.split(), "--help", lang="en")
    options = re.findall(r"^  (-[^\n]*)(?:\n {10,}(.*))?", en, re.MULTILINE)
    assert len(options) >= len(GLOBAL) + 2
    for head, below in options:
        assert below or re.search(r"\S {2,}\S", head), head


def test_all_words_are_used():
    parser = build_parser("en")
    used = {action.help for action in parser._actions}
    for command in parser._subparsers._group_actions[0].choices.values():
        used |= {action.help for action in command._actions}
    assert {text.en for text in OPTIONS.values()} <= used


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("clear",),
        ("clear", "a.yaml", "b.yaml"),
        ("clear", "a.yaml", "--out"),
        ("clear", "a.yaml", "--nonsense"),
        ("inspect",),
        ("verify",),
        ("clear", "a.yaml", "--lang", "fr"),
        ("clear", "a.yaml", "--json=yes"),
        ("schema", "a", "b"),
    ],
)
def test_usage_errors(run, words, lang):
    status, out, err = run(*words, lang=lang)
    assert (status, out) == (2, "")
    first, *rest = err.splitlines()
    assert first.startswith("K-CLI-143 " if words[0] == "deidentify" else "K-CLI-001 ")
    assert len(rest) == 2
    assert bool(HAN.search(err)) is (lang == "zh")
    if lang == "zh":
        assert not re.search(r"the following|unrecognized|invalid choice|expected one|are required|ignored", err)


def test_no_command_shows_help_and_is_usage(run):
    status, out, _ = run()
    assert status == 2
    assert "clear" in out


def test_abbreviated_options_are_refused(run):
    status, _, err = run("clear", "a.yaml", "--thread", "2")
    assert status == 2
    assert err.startswith("K-CLI-001")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["--lang", "en", "clear"], "en"),
        (["clear", "--lang=en"], "en"),
        (["clear", "--lang"], None),
        (["clear"], None),
    ],
)
def test_language_is_known_before_the_parser(words, lang):
    assert guess_language(words) == lang


def test_version(run):
    status, out, _ = run("--version")
    assert status == 0
    assert re.fullmatch(r"kouan \d+\.\d+\.\d+\n", out)
