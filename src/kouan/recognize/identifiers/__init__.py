"""All recognizers of identifiers, strongest first: what a stronger one claims is not given to a weaker one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.identifiers import bankcard, email, mobile, ric, uscc

if TYPE_CHECKING:
    from kouan.recognize.identifier import Identifier

IDENTIFIERS: tuple[Identifier, ...] = (
    ric.IDENTIFIER,
    uscc.SOLE_TRADER,
    uscc.IDENTIFIER,
    bankcard.IDENTIFIER,
    mobile.IDENTIFIER,
    email.IDENTIFIER,
)
"""At most 62: the kernel keeps them as bits of one number."""
BY_ID = {one.id: one for one in IDENTIFIERS}
