"""Lines of the register of certificates of effect."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

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
        line: its place, from 1; None in lines of earlier editions, which kept no head.
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
    line: Annotated[StrictInt, Field(ge=1)] | None = None


class Head(Frozen):
    """How far a register had come when its last line was entered.

    Attributes:
        lines: in it; 0 before the first.
        last: digest of the last one; None before the first.
    """

    lines: Annotated[StrictInt, Field(ge=0)]
    last: Sha256 | None


class Standing(Frozen):
    """A certificate as the register has it on a day; `not_yet` before the first of its validity."""

    entry: Entry
    status: Literal["valid", "not_yet", "expired", "withdrawn"]
    withdrawn: Entry | None = None
