"""The reader's language: Chinese unless English is asked for or the locale is English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("zh", "en")


def language_of(asked: str | None, environ: Mapping[str, str]) -> str:
    """Return "zh" or "en" from the flag, `KOUAN_LANG`, or the locale."""
    for chosen in (asked, environ.get("KOUAN_LANG")):
        if chosen in LANGUAGES:
            return str(chosen)
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh"
