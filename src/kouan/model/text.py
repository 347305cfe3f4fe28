"""Words for people, always in Chinese and English."""

from __future__ import annotations

import string

from kouan.model.base import Frozen


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


def shown(text: str) -> str:
    """Return text that came from outside fit for a terminal: whatever is not printable is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def _both(value: object) -> tuple[str, str]:
    return (value.zh, value.en) if isinstance(value, Text) else (str(value), str(value))


def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)
