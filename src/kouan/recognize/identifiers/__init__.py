"""All recognizers of identifiers, strongest first: what a stronger one claims is not given to a weaker one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.identifiers import (
    bankcard,
    credential,
    device,
    email,
    geo,
    ip,
    ipv6,
    mac,
    mobile,
    orgcode,
    plate,
    ric,
    uscc,
    uuid,
    vin,
)

if TYPE_CHECKING:
    from kouan.recognize.identifier import Identifier

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
    ric.IDENTIFIER,
    uscc.SOLE_TRADER,
    uscc.IDENTIFIER,
    bankcard.IDENTIFIER,
    mobile.IDENTIFIER,
    *_THINGS,
    email.IDENTIFIER,
)
"""At most 62: the kernel keeps them as bits of one number."""
BY_ID = {one.id: one for one in IDENTIFIERS}
