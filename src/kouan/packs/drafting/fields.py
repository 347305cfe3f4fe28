"""Fields, scenarios and exceptions in the descriptions of printed entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kouan.packs.drafting.numbers import plain

_COUNTING = re.compile(r"(?:个人信息)?(?:的)?计算数量以自然人.*\Z|属于《促进和规范数据跨境流动规定》.*\Z")
_ONLY = re.compile(r"仅限于?([^。;]*?场景)(?=[。;,]|\Z)")
_NAMED = re.compile(r"(?:(?P<scenario>[^。;,、]{1,40}?场景)(?=[^。;]*?(?:包括|如)))?(?P<rest>.*)\Z")
_AND_SO_ON = re.compile(r"等(?:[^、]{0,20})?\Z")
_EXEMPT = re.compile(r"《促进和规范数据跨境流动规定》(.*?)规定情形")
_REST = re.compile(r"除第?([0-9、,和至-]+)项以外")
_LONGEST = 60
_EXEMPTIONS = {
    "第三条": ("O16-3",),
    "第四条": ("O16-4",),
    "第五条第一款第一项至第三项": ("O16-5(1)1", "O16-5(1)2", "O16-5(1)3"),
    "第五条第一款第一项": ("O16-5(1)1",),
    "第五条第一款第二项": ("O16-5(1)2",),
    "第五条第一款第三项": ("O16-5(1)3",),
    "第六条": ("O16-6",),
}


@dataclass(frozen=True, slots=True)
class PrintedFields:
    """Fields as printed.

    Attributes:
        scenario: that the description names before them, if any.
        open: the list ends with 等.
    """

    names: tuple[str, ...]
    scenario: str | None = None
    open: bool = False


def fields_of(description: str) -> list[PrintedFields]:
    """Return the fields that a description lists after 如 or 包括."""
    text = _COUNTING.sub("", _ONLY.sub("", plain(description)))
    found = []
    for chunk in re.split(r"[。;]", text):
        match = _NAMED.match(chunk)
        rest = match["rest"] if match else chunk
        if "包括" not in rest and "如" not in rest:
            continue
        listed = re.split(r",如|\(如|如|包括", rest, maxsplit=0)[-1]
        more = _AND_SO_ON.search(listed)
        names = tuple(name for part in _split(listed[: more.start()] if more else listed) if (name := part.strip(",")))
        if names and all(len(name) <= _LONGEST for name in names):
            scenario = bare_scenario(match["scenario"]) if match and match["scenario"] else None
            found.append(PrintedFields(tuple(dict.fromkeys(names)), scenario, bool(more)))
    return found


def scenarios_of(cell: str, description: str) -> list[str]:
    """Return the scenarios of an entry: of its own column, or those to which the description limits it."""
    only = _ONLY.search(plain(description))
    # White space inside a cell comes from line breaks in the middle of a word.
    text = plain(cell) or (only[1] if only else "")
    return [name for part in _split(text.replace(";", "、")) if (name := bare_scenario(part))]


def bare_scenario(text: str) -> str:
    """Return a scenario's name without the word for scenario."""
    return re.sub(r"(相关)?场景\Z", "", text.strip())


def rest_of(*texts: str) -> list[int] | None:
    """Return the entries outside which an entry stands (除第5、6项以外), or None."""
    for text in texts:
        if found := _REST.search(plain(text)):
            numbers: list[int] = []
            for part in re.split("[、,和]", found[1]):
                ends = [int(end) for end in re.split("[至-]", part) if end]
                numbers += range(ends[0], ends[-1] + 1) if ends else []
            return numbers
    return None


def not_counted(description: str) -> tuple[str, ...]:
    """Return which flows an entry leaves out of its numbers."""
    found = _EXEMPT.search(plain(description))
    return tuple(code for part in found[1].split("、") for code in _EXEMPTIONS.get(part, ())) if found else ()


def _split(text: str) -> list[str]:
    """Split at 、 outside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "(《“") - (char in ")》”")
        if char == "、" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
