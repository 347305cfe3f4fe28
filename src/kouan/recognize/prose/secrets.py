"""What an organisation keeps to itself in texts: confidentiality marks, state secret marks, and source code.

A mark is a word that stands as one (in brackets, alone in its line, in the wording of a notice); the same word in the
middle of a sentence may only speak of secrets. Nothing here decides anything: a person must look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.gate import Gate, either_case
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATE = re.compile(r"(?:绝密|机密|秘密)\s?★|国家秘密(?=[】\])）])|(?<=[【\[(（])(?:绝密|国家秘密)(?=[】\])）])")
"""Marks of state secrets as documents of authorities bear them (star and term)."""
_WORDS = (
    "商业秘密|商业机密|技术秘密|技术机密|企业机密|公司机密|核心机密|内部资料|内部文件|内部使用|仅限内部|内部公开|机密文件|机密资料"
    "|保密资料|保密文件|严禁外传|禁止外传|不得外传|请勿外传|不得对外|注意保密|严格保密|机密|秘密|保密"
)
_LATIN = (
    r"(?:strictly |company |business )?confidential(?: and proprietary| information)?|proprietary(?: and confidential"
    r"| information)?|trade secrets?|internal use only|for internal use|do not distribute|not for distribution"
)
_MARKS = re.compile(rf"{_WORDS}|\b(?i:{_LATIN})\b")
_NOTICE = re.compile(
    "(?:本|该|此)(?:文件|资料|文档|邮件|报告|材料|图纸|方案|代码)[^。；\n]{0,20}(?:商业秘密|机密|保密|内部)"
    "|(?:商业|技术)秘密[^。；\n]{0,6}(?:所有|不得|严禁|禁止)|未经[^。；\n]{0,16}(?:许可|授权|同意|批准)[^。；\n]{0,4}不得[^。；\n]{0,6}(?:外传|复制|披露|泄露|传播|扩散|转发)"
    r"|\b(?i:contains? (?:confidential|proprietary)|(?:is|are) (?:strictly )?(?:confidential|proprietary))\b"
)
_LATIN_SIGNS = ("confidential", "proprietary", "trade secret", "internal use", "distribut")
_MARKED = Gate("|".join(("密|内部|外传|对外|未经", *map(either_case, _LATIN_SIGNS))))
_SURE = frozenset({"商业秘密", "商业机密", "内部资料", "仅限内部", "严禁外传", "禁止外传", "不得外传", "请勿外传"})
_ALONE = 16
"""Characters of a line at most in which a mark stands for the whole line."""
_OPEN, _CLOSE = "【[（(「『<《*", "】]）)」』>》*"
_STARTS = (
    r"#include\b|#define\b|import \w|from \w+(?:\.\w+)* import\b|package \w+|using \w|def \w+\(|class \w+\s*[({:]"
    r"|func \w*\(|function\b.*\(|public \w|private \w|protected \w|static \w+ \w|const \w+\s*=|let \w+\s*="
    r"|var \w+\s*[:=]|return\b.*[;)\w]$|(?:if|for|while|switch|elif|else if)\s*\(|(?:if|for|while|elif|else|try|except"
    r"|with)\b.*:$|@\w+$|SELECT .* FROM |CREATE TABLE |PROCEDURE |BEGIN$|END;?$"
)
_WHOLE_LINES = r"[\w.\[\]]+\s*(?:[-+*/|&]?=|:=)\s*\S.*[\w)\]\"';]$|[\w.]+\(.*\)[;,]?$|(?://|#|/\*|\*/?|--)\s?\S.*$"
_ENDS = r"(?:[(=\[{}].*|^\s*\w+\s+\w+\s*)[;{}]\s*(?://.*|/\*.*)?$|^\s*[{}()\]]+[;,]?\s*$"
CODE_LINE = rf"{_ENDS}|^\s*(?:{_STARTS}|{_WHOLE_LINES})"
"""A line of a program, whatever its language: what it ends in, begins with, assigns or calls."""
KEYWORD_LINE = rf"{_ENDS}|^\s*(?:{_STARTS})"
"""A line that nothing but a program has: assignments and calls look like numbers in brackets and addresses."""
CODED = Gate(
    r"#|\(|\)|\*|/|:|;|=|@|\]|\{|\}|--|BEGIN|CREATE|END|PROCEDURE|SELECT|from|import|package|private|protected|public|return"
    "|static|using"
)
"""What one of stands in every line of a program."""
_CODE, _KEYWORD = re.compile(CODE_LINE), re.compile(KEYWORD_LINE)


def find_marks(text: str) -> Iterator[Span]:
    """Yield the marks of secrecy of a text."""
    if not _MARKED(text):
        return
    for one in _STATE.finditer(text):
        yield Span(*one.span(), "state_secret", tier=Tier.CONFIRMED, why="mark")
    for one in _NOTICE.finditer(text):
        yield Span(*one.span(), "trade_secret", tier=Tier.CONFIRMED, why="notice")
    for one in _MARKS.finditer(text):
        alone = _stands_alone(text, *one.span())
        sure = alone and (one[0] in _SURE or not one[0][0].islower())
        yield Span(
            *one.span(),
            "trade_secret",
            tier=Tier.CONFIRMED if sure else Tier.SUSPECTED,
            why="mark" if alone else "word",
        )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word stands in brackets or makes up its line, or nearly so."""
    if start and end < len(text) and text[start - 1] in _OPEN and text[end] in _CLOSE:
        return True
    stop = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : len(text) if stop < 0 else stop].strip()
    return len(line) <= max(_ALONE, 2 * (end - start)) and not line.endswith(("。", ".", "？", "?"))


def code_lines(text: str) -> tuple[int, int, int]:
    """Return the lines of a text that hold something, those that look like a program's, and those that are no other."""
    lines = [line for line in text.splitlines() if line.strip()]
    code = [line for line in lines if _CODE.search(line)] if CODED(text) else []
    return len(lines), len(code), sum(1 for line in code if _KEYWORD.search(line))
