"""Printing: a console that knows CJK width, and JSON for machines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from kouan.model.text import shown

if TYPE_CHECKING:
    from pydantic import BaseModel

_NARROW = 100


def console() -> Console:
    """Return a console on standard output; 100 columns where nobody looks, so that files read well."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _NARROW, soft_wrap=False)


def plain(text: object) -> str:
    """Return text that came from outside, with markup and control characters made harmless."""
    return escape(shown(str(text)))


def print_json(value: BaseModel | dict[str, Any] | list[Any]) -> None:
    """Print one JSON value and nothing else."""
    data = value if isinstance(value, dict | list) else value.model_dump(mode="json")
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
