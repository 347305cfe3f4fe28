"""The plan as a file that people read and edit: YAML with comments in their language."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kouan.deidentify import reasons
from kouan.deidentify.legend import LEGEND
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Plan
from kouan.model.strictyaml import load, validate
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import PlanLine

_ROLES = {
    IdentityRole.DIRECT: Text(zh="直接标识符", en="direct identifier"),
    IdentityRole.QUASI: Text(zh="准标识符", en="quasi-identifier"),
    IdentityRole.SENSITIVE: Text(zh="敏感属性", en="sensitive attribute"),
    IdentityRole.OTHER: Text(zh="其他", en="other"),
}
_SENSITIVE = Text(zh="敏感个人信息", en="sensitive personal information")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]+")


def plan_yaml(plan: Plan, inventory: Inventory, lang: str, *, notes: Sequence[str] = ()) -> str:
    """Return the plan as commented YAML; `read_plan` gives the same plan back.

    Args:
        plan: a plan whose items stand in the inventory.
        inventory: names and meanings for the comments.
        lang: language of comments and reasons, "zh" or "en".
        notes: comments below the lines, each in one line; leading blanks stay.
    """
    items = {item.id: item for item in inventory.items}
    parts = [*(f"# {text}".rstrip() for text in LEGEND.of(lang).splitlines()), "", "kind: plan", "version: 1"]
    parts += [f"mode: {plan.mode}", f"key: {_quoted(plan.key)}", f"edited: {str(plan.edited).lower()}"]
    if plan.profile is not None:
        ref = plan.profile
        own = ", user: true" if ref.user else ""
        parts.append(f"profile: {{id: {ref.id}, version: {ref.version}, sha256: {_quoted(ref.sha256)}{own}}}")
    if plan.rows is not None:
        told = plan.rows.model_dump(exclude_defaults=True)
        parts.append(f"rows: {{{', '.join(f'{name}: {_rule(value)}' for name, value in told.items())}}}")
    parts.append("lines:" if plan.lines else "lines: []")
    for source, by_source in itertools.groupby(plan.lines, lambda line: split_item_id(line.item)[0]):
        parts += ["", f"  # ===== {_comment(source)} ====="]
        for entity, lines in itertools.groupby(by_source, lambda line: split_item_id(line.item)[1]):
            parts += ["", f"  # --- {_comment(entity)} ---"]
            for line in lines:
                parts += ["", *_entry(line, items[line.item], lang)]
    parts += [""] if notes else []
    parts += [f"# {' ' * (len(note) - len(note.lstrip(' ')))}{_comment(note.strip())}" for note in notes]
    return "\n".join(parts) + "\n"


def read_plan(text: str, where: str, *, made: Plan | None = None) -> Plan:
    """Read a plan that people may have edited.

    `why` is a plain sentence, or `{zh, en}`. With `made`, `edited` says whether anything differs from that plan, and a
    line that was changed without a new reason says that a person changed it.

    Args:
        text: YAML.
        where: its name for error messages.
        made: the plan as it was made, if it is at hand.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with the line.
    """
    loaded = load(text, where)
    plan = validate(Plan, replace(loaded, value=_with_reasons(loaded.value)), "plan")
    return plan if made is None else _compared(plan, made)


def part_place(text: str | None, where: str, part: str) -> str:
    """Return `where:line` of a part of a plan's text, such as `rows`, for error messages; `where` without a text."""
    return where if text is None else load(text, where).at((part,))


def line_places(text: str, where: str) -> dict[str, str]:
    """Return `where:line` of every item of a plan's text, for error messages (the last line of a repeated one)."""
    loaded = load(text, where)
    lines = loaded.value["lines"]
    return {line["item"]: loaded.at(("lines", at)) for at, line in enumerate(lines)}


def _with_reasons(value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("lines"), list):
        return value
    return {**value, "lines": [_with_reason(line) for line in value["lines"]]}


def _with_reason(line: Any) -> Any:
    if isinstance(line, dict) and isinstance(line.get("why"), str):
        return {**line, "why": reasons.from_wording(line["why"]).model_dump()}
    return line


def _compared(plan: Plan, made: Plan) -> Plan:
    before = {line.item: line for line in made.lines}
    lines = tuple(_own_reason(line, before.get(line.item)) for line in plan.lines)
    told, first = ((one.mode, one.key, one.profile, one.rows) for one in (plan, made))
    edited = made.edited or (told, lines) != (first, made.lines)
    return plan.model_copy(update={"lines": lines, "edited": edited})


def _own_reason(line: PlanLine, before: PlanLine | None) -> PlanLine:
    same = before is None or (line.action, line.params) == (before.action, before.params)
    if same or before is None or line.why != before.why:
        return line
    return line.model_copy(update={"why": reasons.PERSON})


def _entry(line: PlanLine, item: Item, lang: str) -> Iterator[str]:
    comma = "，" if lang == "zh" else ", "
    marks = [item.label.of(lang), item.meaning, _ROLES[item.role].of(lang)]
    if item.sensitive.value:
        marks.append(_SENSITIVE.of(lang))
    yield f"  # {_comment(item.name)}: {_comment(comma.join(marks))}"
    yield f"  - item: {_quoted(line.item)}"
    yield f"    action: {line.action}"
    if line.params:
        pairs = (f"{name}: {value if isinstance(value, int) else _word(value)}" for name, value in line.params.items())
        yield f"    params: {{{', '.join(pairs)}}}"
    if (reasons.from_wording(line.why.of(lang))) == line.why:
        yield f"    why: {_quoted(line.why.of(lang))}"
    else:
        yield f"    why: {{zh: {_quoted(line.why.zh)}, en: {_quoted(line.why.en)}}}"


def _rule(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(one) for one in value)}]"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _word(value: str) -> str:
    return (
        value
        if re.fullmatch(r"[a-z][a-z_.]*", value) and value not in {"null", "true", "false", "unknown"}
        else _quoted(value)
    )


def _quoted(value: str) -> str:
    """Return a YAML double-quoted string: JSON, with what YAML holds unprintable escaped."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def _comment(text: str) -> str:
    return _BREAKS.sub(" ", text)
