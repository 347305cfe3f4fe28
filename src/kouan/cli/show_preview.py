"""Masked examples of what a plan does, item by item."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from kouan.cli.terminal import console, plain, say
from kouan.model.items import split_item_id
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.deidentify.preview import Example
    from kouan.model.plan import Plan

_HEAD = Text(
    zh="方案对每个数据项的效果（原值已遮蔽：# 为数字，x、X 为字母，字为汉字；假名和平移所用的密钥不保存）：",
    en="What the plan does to each item (values are masked: # a digit, x and X a letter, 字 a character; pseudonyms and"
    " moved dates are made with a key that nothing keeps):",
)
_NOTHING = Text(zh="（不出境）", en="(does not leave)")
_EMPTY = Text(zh="（变为空）", en="(becomes empty)")
_NO_EXAMPLE = Text(zh="没有可作例子的值", en="no value to give as an example")


def show_preview(plan: Plan, examples: Mapping[str, tuple[Example, ...]], lang: str) -> None:
    """Print up to a few masked values of each item before and after."""
    out = console()
    say(out, _HEAD.of(lang))
    for table, lines in itertools.groupby(plan.lines, lambda line: split_item_id(line.item)[:2]):
        out.print(f"\n[bold]{plain('!'.join(table))}[/bold]")
        for line in lines:
            params = ", ".join(f"{name} {value}" for name, value in line.params.items())
            out.print(plain(f"  {split_item_id(line.item)[2]}: {line.action}{f' ({params})' if params else ''}"))
            found = examples.get(line.item, ())
            gone = _NOTHING if line.action == "drop" else _EMPTY
            for one in found:
                say(out, f"{one.before} → {gone.of(lang) if one.after is None else one.after}", lead="      ")
            if not found:
                say(out, _NO_EXAMPLE.of(lang), lead="      ", style="dim")
