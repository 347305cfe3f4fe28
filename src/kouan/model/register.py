"""Lines of the register of certificates of effect."""

from __future__ import annotations

from typing import Literal

from kouan.model.base import Frozen, Sha256
from kouan.model.certificate import Effect
from kouan.model.text import Said
from kouan.model.time import LegalDay


class Entry(Frozen):
    """One line: a certificate was issued, or withdrawn.

    Attributes:
        manifest: digest of the certificate folder's manifest.
        clearance: of the folder that was evaluated.
        why: of a withdrawal.
        before: digest of the line before; None of the first line, and of lines of earlier editions.
    """

    event: Literal["issued", "withdrawn"]
    number: str
    on: LegalDay
    manifest: Sha256 | None = None
    clearance: Sha256 | None = None
    transfer: str = ""
    exporter: str = ""
    effect: Effect | None = None
    valid_to: LegalDay | None = None
    folder: str = ""
    by: Said | None = None
    why: Said | None = None
    before: Sha256 | None = None


class Standing(Frozen):
    """A certificate as the register has it on a day."""

    entry: Entry
    status: Literal["valid", "expired", "withdrawn"]
    withdrawn: Entry | None = None
