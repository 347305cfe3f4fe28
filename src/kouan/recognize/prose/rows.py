"""Persons who stand in a row with persons: 张三、李四和王五."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.persons import can_be_name, has_surname
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = "㐀-鿿"
_ASIDE = r"(?:\([^()\n]{1,12}\))?"
_RIGHT = re.compile(
    rf"{_ASIDE}(?:、|和|及|与)(?P<name>[{_HAN}]{{2,4}}?)(?={_ASIDE}(?:[、,。;:\s]|和|及|与|等|[二两三四五六七八九十]人|\Z))"
)
_LEFT = re.compile(rf"(?:\A|[^{_HAN}])(?P<name>[{_HAN}]{{2,4}}){_ASIDE}(?:、|和|及|与)\Z")
_REACH = 24


def find_rows(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands in a row with Chinese names found in a plain text, and can be a name itself."""
    known = [(one.start, one.end) for one in spans if one.kind == "name"]
    seen = set(known)
    while known:
        start, end = known.pop()
        right = _RIGHT.match(text, end)
        left = _LEFT.search(text, max(0, start - _REACH), start)
        for one in (right, left):
            if one and one.span("name") not in seen and has_surname(one["name"]) and can_be_name(one["name"]):
                seen.add(one.span("name"))
                known.append(one.span("name"))
                yield Span(*one.span("name"), "name", why="row")
