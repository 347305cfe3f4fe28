"""What comes in as a parameter so that any run can be replayed: keys, time, progress (DESIGN section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

Clock = Callable[[], dt.datetime]
"""Returns now as an instant with a time zone."""


class KeyStore(Protocol):
    """Gives keys by purpose; the root never leaves it."""

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Return `length` bytes by HKDF-SHA256 from the root for a purpose such as `pseudonym/2026`."""

    def fingerprint(self, purpose: str) -> str:
        """Return a short public name of the derived key: it names the key and reveals nothing of it."""


class Progress(Protocol):
    """Hears how far a stage has come; never sees data."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note: `done` of `total` units (bytes or rows; None when the total is not known)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Ignore progress."""
