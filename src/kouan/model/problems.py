"""What is wrong with a value, in words for people: pydantic's own messages are English only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.text import Text, same

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_DAY = Text(zh="应为日期 YYYY-MM-DD", en="it must be a day, YYYY-MM-DD")
_FIELDS = Text(zh="应为“字段: 值”", en="it must be fields with values")
_LIST = Text(zh="应为列表", en="it must be a list")
_ONE_OF = Text(zh="应为其中之一：{expected}", en="it must be one of {expected}")
_WORDS = {
    "bool_type": Text(zh="应为 true 或 false", en="it must be true or false"),
    "date_from_datetime_parsing": _DAY,
    "date_type": _DAY,
    "dict_type": _FIELDS,
    "enum": _ONE_OF,
    "greater_than_equal": Text(zh="不能小于 {ge}", en="it must be at least {ge}"),
    "int_type": Text(zh="应为整数", en="it must be a whole number"),
    "literal_error": _ONE_OF,
    "model_type": _FIELDS,
    "string_pattern_mismatch": Text(zh="应符合 {pattern}", en="it must match {pattern}"),
    "string_too_short": Text(zh="不能为空", en="it must not be empty"),
    "string_type": Text(zh="应为文字；数字请加引号", en="it must be text; put a number in quotes"),
    "too_short": Text(zh="至少要有 {min_length} 项", en="it needs at least {min_length}"),
    "tuple_type": _LIST,
}


def problem_words(problem: ErrorDetails) -> Text:
    """Return the words for one of pydantic's problems; a validator of ours gives its own as `ValueError(Text)`."""
    context = dict(problem.get("ctx") or {})
    given = getattr(context.get("error"), "args", ())
    if given and isinstance(given[0], Text):
        return given[0]
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace("' or '", "', '")
    words = _WORDS.get(problem["type"])
    return same(problem["msg"]) if words is None else words.fill(**context)
