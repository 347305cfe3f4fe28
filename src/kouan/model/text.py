"""Words for people, always in Chinese and English."""

from __future__ import annotations

import json
import re
import string
from typing import Annotated

from pydantic import AfterValidator, Field

from kouan.model.base import Frozen

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters by their category that stand for nothing (Hangul fillers)."""


class Text(Frozen):
    """One message in both languages; Chinese is the first language of the product.

    Attributes:
        zh: Chinese wording.
        en: English wording.
    """

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """Return the wording for `lang` ("zh" or "en"; anything else reads as "zh")."""
        return self.en if lang == "en" else self.zh

    def fill(self, **values: object) -> Text:
        """Return a copy with `{name}` placeholders replaced in both languages."""
        texts = {name: _both(value) for name, value in values.items()}
        return Text(
            zh=self.zh.format(**{name: pair[0] for name, pair in texts.items()}),
            en=self.en.format(**{name: pair[1] for name, pair in texts.items()}),
        )

    def placeholders(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the placeholder names of the Chinese and of the English wording."""
        return _names(self.zh), _names(self.en)


def same(value: str) -> Text:
    """Return a Text whose wording is one and the same in both languages (names, codes, numbers)."""
    return Text(zh=value, en=value)


def says(text: str) -> bool:
    """Tell whether a text says anything: a letter or a digit, in any script, that can be seen."""
    return any(letter.isalnum() and letter not in _FILLERS for letter in text)


def _said(text: str) -> str:
    if not says(text):
        raise ValueError(Text(zh="没有可见的文字", en="it holds no words that can be seen"))
    return text


Said = Annotated[str, Field(pattern=r"\S"), AfterValidator(_said)]
"""Words of a person; blanks, marks and characters of no width alone say nothing."""


def shown(text: str) -> str:
    """Return text that came from outside fit for a terminal: whatever is not printable is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def visible(text: str) -> str:
    """Return text that came from outside fit for a page: what acts without being seen is escaped, spaces stay.

    Control characters can drive a terminal; marks of direction and characters of no width let a name read as another
    (Unicode Technical Report 36, section 2.5; CVE-2021-42574).
    """
    return _UNSEEN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def _both(value: object) -> tuple[str, str]:
    return (value.zh, value.en) if isinstance(value, Text) else (str(value), str(value))


def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)
