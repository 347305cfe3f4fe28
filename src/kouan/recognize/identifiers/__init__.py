"""All recognizers of identifiers, strongest first: what a stronger one claims is not given to a weaker one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.identifiers import (
    accounts,
    bankcard,
    cards,
    email,
    hkid,
    hmt_res,
    landline,
    mobile,
    moid,
    officer,
    passport,
    permanent,
    ric,
    ric15,
    travel_permits,
    twid,
    uscc,
)

if TYPE_CHECKING:
    from kouan.recognize.identifier import Identifier

_BUILT_AS_RESIDENT_ID: tuple[Identifier, ...] = (
    # Before the resident ID: the three areas of its own are a part of what the resident ID takes.
    hmt_res.IDENTIFIER,
)
_BEFORE_CREDIT_CODES: tuple[Identifier, ...] = (
    # A past birth date and a check digit are rarer in a credit code than a credit code's check in such a number.
    permanent.IDENTIFIER,
)
_OF_PERSONS: tuple[Identifier, ...] = (
    # With a check, or with words or a prefix that nothing else has.
    hkid.IDENTIFIER,
    twid.IDENTIFIER,
    officer.IDENTIFIER,
    accounts.WECHAT,
    # Formats alone: the narrower ones first; none stops another, the column's name decides.
    passport.IDENTIFIER,
    landline.IDENTIFIER,
    travel_permits.HKMO,
    permanent.OLD,
    ric15.IDENTIFIER,
    accounts.OPENID,
    moid.IDENTIFIER,
    travel_permits.TAIWAN,
    cards.SOCIAL_SECURITY,
    cards.DRIVING_FILE,
    accounts.QQ,
)

IDENTIFIERS: tuple[Identifier, ...] = (
    *_BUILT_AS_RESIDENT_ID,
    ric.IDENTIFIER,
    *_BEFORE_CREDIT_CODES,
    uscc.SOLE_TRADER,
    uscc.IDENTIFIER,
    bankcard.IDENTIFIER,
    mobile.IDENTIFIER,
    email.IDENTIFIER,
    *_OF_PERSONS,
)
"""At most 62: the kernel keeps them as bits of one number."""
BY_ID = {one.id: one for one in IDENTIFIERS}
