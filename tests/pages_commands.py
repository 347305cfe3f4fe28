"""Commands and links of the pages that people read."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d+)$")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a page, continuation lines joined, and the status it ends with."""

    command: str
    status: int

    @property
    def words(self) -> list[str]:
        """The words of a `./run kouan` command without these two; empty for any other command."""
        words = shlex.split(self.command.replace("\\\n", " "), comments=True)
        return words[2:] if words[:2] == ["./run", "kouan"] else []


def blocks(page: Path, kind: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return [text for name, text in _BLOCK.findall(page.read_text("utf-8")) if name == kind]


def steps(page: Path) -> list[Step]:
    """Return the commands of a page in order; a loop is one command."""
    found: list[Step] = []
    for block in blocks(page, "sh"):
        pending: list[str] = []
        for line in block.splitlines():
            pending.append(line)
            loop = any(one.startswith("for ") for one in pending) and line != "done"
            if line.endswith("\\") or loop or not line.strip():
                continue
            text = "\n".join(pending)
            marked = _EXIT.search(text)
            found.append(Step(_EXIT.sub("", text), int(marked[1]) if marked else 0))
            pending = []
    return found


def links(page: Path) -> list[str]:
    """Return the targets of links that stay in the repository."""
    return [target for target in _LINK.findall(page.read_text("utf-8")) if "://" not in target]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
