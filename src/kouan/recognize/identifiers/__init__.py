"""All recognizers of identifiers, strongest first: what a stronger one claims is not given to a weaker one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.identifiers import (
    accounts,
    bankcard,
    cards,
    credential,
    device,
    email,
    geo,
    hkid,
    hmt_res,
    ip,
    ipv6,
    landline,
    mac,
    mobile,
    moid,
    officer,
    orgcode,
    passport,
    permanent,
    plate,
    ric,
    ric15,
    travel_permits,
    twid,
    uscc,
    uuid,
    vin,
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
    # Formats alone: the narrower ones first; none stops another, so that the column's name decides.
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

# Of things and networks that lead to persons. Credentials first: what stands in a key or token is no number of its own,
# and a password before @ no mailbox. Then structure before checks, and checks before bare formats; a recognizer that is
# asked for by name before the one that takes the same form for anything. IMEI behind the old identity number.
_THINGS: tuple[Identifier, ...] = (
    *credential.ALL,
    plate.IDENTIFIER,
    plate.EMBASSY,
    vin.IDENTIFIER,
    device.ICCID,
    device.IMEI,
    orgcode.IDENTIFIER,
    mac.IDENTIFIER,
    mac.DOTTED,
    mac.BARE,
    uuid.DEVICE,
    uuid.IDENTIFIER,
    ipv6.IDENTIFIER,
    geo.IDENTIFIER,
    ip.PRIVATE,
    ip.NAMED,
    ip.IDENTIFIER,
    device.IMSI,
)

IDENTIFIERS: tuple[Identifier, ...] = (
    *_BUILT_AS_RESIDENT_ID,
    ric.IDENTIFIER,
    *_BEFORE_CREDIT_CODES,
    uscc.SOLE_TRADER,
    uscc.IDENTIFIER,
    bankcard.IDENTIFIER,
    mobile.IDENTIFIER,
    *_OF_PERSONS,
    *_THINGS,
    email.IDENTIFIER,
)
"""At most 62: the kernel keeps them as bits of one number."""
BY_ID = {one.id: one for one in IDENTIFIERS}
