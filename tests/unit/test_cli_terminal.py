"""Paragraphs: no line too wide, no closing mark first, no opening mark last, nothing lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from kouan.cli.terminal import plain, say

TEXTS = st.text(st.sampled_from("中文字 abc d，。（）《》“”12"), max_size=200)


def printed(text, width=40, lead=""):
    out = Console(file=io.StringIO(), width=width, highlight=False, color_system=None)
    say(out, text, lead=lead)
    return out.file.getvalue().splitlines()


@settings(max_examples=100)
@given(TEXTS)
def test_nothing_but_spaces_is_lost(text):
    assert "".join(printed(text)).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=100)
@given(st.text(st.sampled_from("中文字，（"), max_size=200))
def test_marks_stand_where_they_may(text):
    for line in printed(text)[1:]:
        assert cell_len(line) <= 40 + 2 * len(text)  # a run of marks may hang over
    for line in printed("中" * 18 + "（" + "文" * 18 + "，" + "字" * 30):
        assert not line.endswith("（")
        assert not line.startswith("，")


def test_hanging_indent():
    lines = printed("字" * 50, width=40, lead="  □ ")
    assert lines[0].startswith("  □ 字")
    assert all(line.startswith("    字") for line in lines[1:])
    assert max(cell_len(line) for line in lines) <= 40


@pytest.mark.parametrize("hostile", ["[bold]x[/bold]", "a\x1b[31mb", "a\rb", "\u202ex"])
def test_foreign_text_cannot_steer_the_terminal(hostile):
    assert "\x1b" not in plain(hostile)
    assert "\r" not in plain(hostile)
    assert "\u202e" not in plain(hostile)
    assert "[bold]x[/bold]" in printed("[bold]x[/bold]")[0]
