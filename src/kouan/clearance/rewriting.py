"""Write answers into the text of a declaration: a line is changed or added, everything else stays, comments too."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from kouan.clearance.declare import declarable
from kouan.clearance.facts import BY_CANDIDATES
from kouan.model import strictyaml
from kouan.model.declaration import Basis, Declaration, PartyRole
from kouan.model.errors import KouanError
from kouan.model.facts import Range
from kouan.model.interview import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.facts import Fact, FactValue
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

Path = tuple[str | int, ...]
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/-]*\Z")
_IMPORTANT = "data.important"
_PARTY = {"exporter.ciio": "ciio", "exporter.zone": "zone"}
_YEAR = {"year_before.ordinary_persons": "ordinary", "year_before.sensitive_persons": "sensitive"}


def with_answers(
    text: str, answers: Sequence[Answer], *, packs: PackSet, day: LegalDay
) -> tuple[str, tuple[Answer, ...]]:
    """Return the declaration with the answers in it, and those that a declaration has no place for.

    What follows from the data (facts of a flow), a range where a number is wanted, and grounds that leave others open
    are not written: the declaration would say more, or less, than was answered.

    Args:
        text: of a declaration that can be read.
        answers: in their order; "not known" writes nothing.
        packs: whose vocabulary says what is declared under `facts`.
        day: on which counts were answered.

    Raises:
        KouanError: K-MOD-001 to 005 where the text is no declaration.
    """
    declaration = strictyaml.parse(Declaration, text, "transfer.yaml", "declaration")
    left = []
    for one in answers:
        if one.value is None:
            continue
        changed = None
        if one.flow is None and not one.fact.startswith("basis."):
            changed = _written(text, one, declaration, packs=packs, day=day)
        if changed is None and not one.fact.startswith("basis."):
            left.append(one)
        text = changed or text
    grounds = [one for one in answers if one.fact.startswith("basis.") and one.value is not None]
    whole = _grounds(text, grounds)
    return (whole or text), (*left, *(grounds if whole is None else ()))


def with_checks(answers: tuple[Answer, ...], facts: Sequence[Fact]) -> tuple[Answer, ...]:
    """Return the answers; who says no to important data beside candidates was told to check each of them first."""
    held = any(one.name == _IMPORTANT and one.evidence.startswith(BY_CANDIDATES) for one in facts)
    denied = any(one.fact == _IMPORTANT and one.value is False for one in answers)
    return (*answers, Answer(fact=f"{_IMPORTANT}_checked", value=True)) if held and denied else answers


def _written(text: str, answer: Answer, declaration: Declaration, *, packs: PackSet, day: LegalDay) -> str | None:
    value = _plain_value(answer.value)
    if value is None:
        return None
    if answer.fact in declarable(packs):
        return _set(text, ("facts", answer.fact), value)
    if answer.fact in _PARTY:
        places = [number for number, party in enumerate(declaration.parties) if party.role is PartyRole.EXPORTER]
        return _set(text, ("parties", places[0], _PARTY[answer.fact]), value) if len(places) == 1 else None
    if answer.fact in _YEAR:
        if strictyaml.load(text, "").value.get("year_to_date") is None:
            text = _set(text, ("year_to_date", "as_of"), day) or text
        return _set(text, ("year_to_date", _YEAR[answer.fact]), value)
    return None


def _grounds(text: str, answers: Sequence[Answer]) -> str | None:
    """Write `basis` only where every ground was answered: the list says of each ground whether it is one."""
    said = {one.fact.removeprefix("basis."): one.value for one in answers}
    if set(said) != {basis.value for basis in Basis}:
        return None if answers else text
    held = [basis.value for basis in Basis if said[basis.value] is True]
    return _set(text, ("basis",), held) if held else None


def _plain_value(value: FactValue) -> object:
    if isinstance(value, Range):
        return value.lo if value.lo == value.hi else None
    return None if isinstance(value, tuple) else value


def _set(text: str, path: Path, value: object) -> str | None:
    """Return the text with one value set, or None where that would change anything else."""
    changed = _edited(text, path, _scalar(value))
    wanted = _assigned(strictyaml.load(text, "").value, path, value)
    try:
        return changed if changed is not None and strictyaml.load(changed, "").value == wanted else None
    except KouanError:
        return None


def _assigned(tree: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    if isinstance(tree, list):
        return [_assigned(one, path[1:], value) if place == path[0] else one for place, one in enumerate(tree)]
    tree = tree or {}
    return {**tree, path[0]: _assigned(tree.get(path[0]), path[1:], value)}


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    word = str(value)
    return word if _PLAIN.match(word) and word not in {"true", "false", "null", "unknown"} else _quoted(word)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


def _edited(text: str, path: Path, scalar: str) -> str | None:
    # The loader in Python counts characters; the one in C counts bytes in places.
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, step in enumerate(path):
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            continue
        if not isinstance(node, yaml.MappingNode):
            return _under(text, node, path[depth:], scalar) if _empty(node) else None
        child = next((one for key, one in node.value if key.value == step), None)
        if child is None:
            return _added(text, node, path[depth:], scalar)
        node = child
    return (
        text[: node.start_mark.index]
        + (" " if _empty(node) and not node.value else "")
        + scalar
        + text[node.end_mark.index :]
    )


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value in {"", "~", "null", "unknown", "未知"} and not node.style


def _under(text: str, node: yaml.Node, rest: Path, scalar: str) -> str:
    """Write a mapping where its key has no value yet."""
    at = node.end_mark.index
    return text[: node.start_mark.index] + f"{_break(text)}  {_pair(text, rest, scalar, '  ')}" + text[at:]


def _added(text: str, node: yaml.MappingNode, rest: Path, scalar: str) -> str:
    if node.flow_style:
        pair = f"{rest[0]}: {scalar}" if len(rest) == 1 else f"{rest[0]}: {{{rest[1]}: {scalar}}}"
        if not node.value:
            at = node.end_mark.index - 1
            return text[:at] + pair + text[at:]
        at = node.value[-1][1].end_mark.index
        return f"{text[:at]}, {pair}{text[at:]}"
    indent = " " * node.value[0][0].start_mark.column
    line = f"{indent}{_pair(text, rest, scalar, indent + '  ')}"
    end = _last(node).end_mark.index
    if end and text[end - 1] == "\n":
        return f"{text[:end]}{line}{_break(text)}{text[end:]}"
    stop = text.find("\n", end)
    if stop < 0:
        return f"{text}{_break(text)}{line}{_break(text)}"
    return f"{text[: stop + 1]}{line}{_break(text)}{text[stop + 1 :]}"


def _pair(text: str, rest: Path, scalar: str, indent: str) -> str:
    if len(rest) == 1:
        return f"{rest[0]}: {scalar}"
    return f"{rest[0]}:{_break(text)}{indent}{rest[1]}: {scalar}"


def _last(node: yaml.Node) -> yaml.Node:
    """Return the last leaf of a block: the marks of blocks run on over blank lines and comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
