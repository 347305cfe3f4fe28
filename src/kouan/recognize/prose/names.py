"""Names of persons in running text, told by the words around them; values known from the source are found elsewhere.

`why` says by what: `label` (姓名：), `title` (张医生), `context` (患者张伟), `surname`, `hidden` (王某), `speaker`,
`dotted`, `given`, `pinyin`, `initials`, `letter`. Labels and titles confirm; everything else suspects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.prose.names_en import find_names_en
from kouan.recognize.prose.names_zh import find_names_zh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.recognize.prose.spans import Span


def find_names(text: str) -> Iterator[Span]:
    """Yield the names of persons in a plain text."""
    if not text.isascii():
        yield from find_names_zh(text)
    yield from find_names_en(text)
