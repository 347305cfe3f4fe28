"""What argparse says when it refuses a command line, in the reader's language."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from kouan.cli import messages
from kouan.cli.words import USAGE
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

_REFUSALS = (
    (r"the following arguments are required: (?P<names>.+)", Text(zh="缺少 {names}", en="{names} is missing")),
    (r"unrecognized arguments: (?P<words>.+)", Text(zh="不认识 {words}", en="{words} is not known")),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<word>.+) \(choose from (?P<known>.+)\)",
        Text(zh="{name} 没有 {word}，可用：{known}", en="{name} cannot be {word}; there are: {known}"),
    ),
    (r"argument (?P<name>.+?): expected .+", Text(zh="{name} 后面缺少值", en="{name} needs a value")),
    (r"argument (?P<name>.+?): ignored explicit .+", Text(zh="{name} 后面不带值", en="{name} takes no value")),
)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose refusals are our errors, in both languages; options are written in full."""

    def error(self, message: str) -> NoReturn:
        """Raise K-CLI-001."""
        raise messages.USAGE.at(self.prog, problem=_translated(message), command=self.prog)


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose first word is Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Name the usage in Chinese unless the caller names it."""
        super().add_usage(usage, actions, groups, f"{USAGE.zh}：" if prefix is None else prefix)


def _translated(message: str) -> Text:
    for pattern, words in _REFUSALS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return words.fill(**found.groupdict())
    return same(message)
