"""YAML for people and packs, read strictly: every problem names its line.

Differences from plain PyYAML, each of which once cost somebody a wrong answer: only `true` and `false` are
booleans (so the country `NO` stays a country), numbers with a point become Decimal, whole numbers beyond 18 digits
stay text, duplicate keys are refused, `unknown` and `未知` read as None.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kouan.model import messages
from kouan.model.errors import KouanError
from kouan.model.problems import problem_words
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9_]{0,17})\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS: dict[str, object] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
    "unknown": None,
    "未知": None,
}
_QUOTES = frozenset({"'", '"', "|", ">"})
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_FIGURES = frozenset("+-0123456789")
_TOO_DEEP = 60
_KEY = "[key]"
"""How pydantic marks that a key, and not its value, does not fit."""
_NOT_YAML = Text(zh="不是 YAML 文本", en="it is no YAML text")
_ALIAS = Text(zh="不读取别名（*）", en="aliases (*) are not read")
_DEEP = Text(zh="嵌套过深", en="it is nested too deeply")
_KEYS = Text(zh="字段名须为普通文字，也不读取合并（<<）", en="keys are plain words; merges (<<) are not read")
_SEVERAL = Text(zh="一个文件只能有一份文档", en="a file holds one document")
_NO_DAY = Text(zh="日历上没有这一天", en="no such day in the calendar")


@dataclass(frozen=True)
class Loaded:
    """A YAML value, and the line (from 1) of each of its parts where somebody asks for it."""

    value: Any
    where: str
    text: str = field(default="", repr=False)

    def at(self, location: Location) -> str:
        """Return `file:line` of a part, or of its nearest enclosing part."""
        for end in range(len(location), -1, -1):
            if location[:end] in self._lines:
                return f"{self.where}:{self._lines[location[:end]]}"
        return self.where

    @cached_property
    def _lines(self) -> dict[Location, int]:
        # Only errors name lines: the text is read once more for them, so that others need not wait.
        lines: dict[Location, int] = {}
        _Builder(self.text, self.where, lines).document()
        return lines


class TooManyError(Exception):
    """The document holds more values than its reader takes."""


def load(text: str, where: str, *, most: int = 0) -> Loaded:
    """Read one YAML document.

    Args:
        text: the document.
        where: its name for error messages.
        most: values (mappings and lists among them) after which reading stops; 0 sets no bound.

    Raises:
        KouanError: K-MOD-001 (syntax, aliases, too deep, several documents) or K-MOD-002 (duplicate key).
        TooManyError: there are more values than `most`.
    """
    try:
        value = _Builder(text, where, most=most).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = where if mark is None else f"{where}:{mark.line + 1}"
        problem = getattr(error, "problem", None) or _NOT_YAML
        raise messages.YAML_SYNTAX.at(place, problem=problem) from None
    return Loaded(value, where, text)


def parse(model: type[Model], text: str, where: str, kind: str) -> Model:
    """Read YAML text as a model.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with the line.
    """
    loaded = load(text, where)
    return validate(model, loaded, kind)


def validate(model: type[Model], loaded: Loaded, kind: str, at: Location = ()) -> Model:
    """Validate a loaded value (or the part of it at `at`) as a model; errors name the line."""
    value = loaded.value
    for step in at:
        value = value[step]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _worded(_listed(error)[0], model, loaded, kind, at) from None


def problems(model: type[BaseModel], loaded: Loaded, kind: str) -> list[KouanError]:
    """Return everything that keeps a loaded value from being the model, each with its line; none where it is."""
    try:
        model.model_validate(loaded.value)
    except ValidationError as error:
        return [_worded(problem, model, loaded, kind, ()) for problem in _listed(error)]
    return []


class _Builder:
    """Builds plain values from the parser's events; refuses what grows without bound (aliases) or nests too deeply."""

    def __init__(self, text: str, where: str, lines: dict[Location, int] | None = None, *, most: int = 0) -> None:
        # As yaml.parse does, without looking at every event twice.
        self._events: Iterator[yaml.Event] = iter(_LOADER(text).get_event, None)
        self._where = where
        self._lines = lines
        self._left = most or -1  # below zero it never comes to its end

    def document(self) -> Any:
        """Return the only document's value; None where there is none."""
        value, found = None, False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and found:
                raise self._refuse(event, _SEVERAL)
            if isinstance(event, yaml.NodeEvent):
                value, found = self._value(event, (), 1), True
        return value

    def _value(self, event: yaml.Event, at: Location, depth: int) -> Any:
        if self._lines is not None:
            self._lines.setdefault(at, _line(event))
        if self._left == 0:
            raise TooManyError
        self._left -= 1
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, self._where)
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, _ALIAS)
        if depth > _TOO_DEEP:
            raise self._refuse(event, _DEEP)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(at, depth)
        found: list[Any] = []
        for inner in self._events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            found.append(self._value(inner, at if self._lines is None else (*at, len(found)), depth + 1))
        return found

    def _mapping(self, at: Location, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
                raise self._refuse(event, _ALIAS if isinstance(event, yaml.AliasEvent) else _KEYS)
            key = event.value
            if key in result:
                raise messages.YAML_DUPLICATE.at(f"{self._where}:{_line(event)}", key=key)
            below = at
            if self._lines is not None:
                below = (*at, key)
                self._lines[below] = _line(event)
            result[key] = self._value(next(self._events), below, depth + 1)
        return result

    def _refuse(self, event: yaml.Event, problem: Text) -> KouanError:
        return messages.YAML_SYNTAX.at(f"{self._where}:{_line(event)}", problem=problem)


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


def _scalar(event: yaml.ScalarEvent, where: str) -> object:
    text: str = event.value
    if event.style in _QUOTES:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return _figure(event, where) if text[0] in _FIGURES else text


def _figure(event: yaml.ScalarEvent, where: str) -> object:
    text: str = event.value
    if _INT.match(text):
        return int(text.replace("_", ""))
    if _DECIMAL.match(text):
        return Decimal(text)
    if _DAY.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            place = f"{where}:{_line(event)}"
            raise messages.YAML_SYNTAX.at(place, problem=_NO_DAY) from None
    return text


def _listed(error: ValidationError) -> list[ErrorDetails]:
    """Return pydantic's problems, unknown fields before everything else."""
    return sorted(
        error.errors(include_url=False, include_input=False), key=lambda one: one["type"] != "extra_forbidden"
    )


def _worded(problem: ErrorDetails, model: type[BaseModel], loaded: Loaded, kind: str, at: Location) -> KouanError:
    location = tuple(step for step in problem["loc"] if not _is_internal(step, loaded, at, problem["loc"]))
    place = loaded.at(at + location)
    # A key that is wrong as such is whatever somebody wrote: its line, or the place above it, must do.
    named = location[: location.index(_KEY) - 1] if _KEY in location else location
    name = ".".join(str(step) for step in named) or kind
    if problem["type"] == "extra_forbidden":
        return messages.FIELD_UNKNOWN.at(place, field=name, guess=_guess(model, location), kind=kind)
    if problem["type"] == "missing":
        return messages.FIELD_MISSING.at(place, field=name, kind=kind)
    return messages.FIELD_INVALID.at(place, field=name, problem=problem_words(problem), kind=kind)


def _is_internal(step: str | int, loaded: Loaded, at: Location, loc: tuple[str | int, ...]) -> bool:
    """Tell whether pydantic added this step itself (a union member's name) rather than the document."""
    value = loaded.value
    for part in (*at, *loc):
        if part == step and not isinstance(part, int):
            missing = not isinstance(value, dict) or part not in value
            return missing and part != loc[-1]
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            continue
    return False


def _guess(model: type[BaseModel], location: Location) -> str:
    """Return ` (x?)` for the field nearest to the unknown one in the place where it stands."""
    here = [model]
    for step in location[:-1]:
        fields = {info.alias or name: info for kind in here for name, info in kind.model_fields.items()}
        if step in fields:
            here = [kind for kind in _parts(fields[step].annotation) if _is_model(kind)]
    names = sorted({info.alias or name for kind in here for name, info in kind.model_fields.items()})
    near = difflib.get_close_matches(str(location[-1]), names, n=1)
    return f" ({near[0]}?)" if near else ""


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _parts(annotation: Any) -> list[Any]:
    inner = [part for outer in getattr(annotation, "__args__", ()) for part in _parts(outer)]
    return [annotation, *inner]
