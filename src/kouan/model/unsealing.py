"""Unsealing: the record of pseudonyms that were turned back, kept in the exporter's home; the log has its digest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kouan.model.base import Frozen, Sha256
from kouan.model.text import Said
from kouan.model.time import Instant


class Unsealing(Frozen):
    """One act: who turned which column back, why and when; none of its values.

    Attributes:
        salt: 128 random bits, so that the digest in the log gives nothing to guess by.
        clearance: digest of the manifest of the folder whose plan made the pseudonyms.
        item: that was treated; key: fingerprint of the key it was treated with.
        file, sha256, column: what was turned back.
        cells: turned back, repeated ones counted.
        authenticated: whether every value proved that this key made it; surrogates by FF1 cannot.
        shown: whether values went to a terminal.
    """

    at: Instant
    by: Annotated[Said, Field(min_length=1)]
    why: Annotated[Said, Field(min_length=1)]
    salt: str
    clearance: Sha256
    item: str
    key: str
    file: str
    sha256: Sha256
    column: str
    cells: int
    authenticated: bool
    shown: bool = False
