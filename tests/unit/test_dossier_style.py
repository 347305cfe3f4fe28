"""Colours of the report against WCAG 2.1, 1.4.3: 4.5 to 1 for text, in light, dark and print."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = files("kouan.dossier").joinpath("templates", "style.css").read_text(encoding="utf-8")
BLOCKS = [
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
]
TEXT = ("ink", "soft", "seal", "link", "mark", "free", "filed", "assessed", "prohibited", "open")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("name", TEXT)
def test_text_stands_out(theme, ground, name):
    assert contrast(BLOCKS[theme][name], BLOCKS[theme][ground]) >= 4.5


def test_bars_of_before_and_after_differ_without_colour():
    for block in BLOCKS:
        assert contrast(block["before"], block["after"]) >= 1.9
