"""Electronic mail addresses: a local part, a domain, and a suffix that exists (no `icon@2x.png`, no `npm@1.2.3`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.cells import AT

if TYPE_CHECKING:
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.patterns import Bools, Bytes

ID = "email"
_LOCAL = r"[A-Za-z0-9][A-Za-z0-9._%+\-]*"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+"


def find(text: Any, shape: Bytes, lexicon: Lexicon) -> tuple[Bools, Bools]:
    """Return which cells are an address as a whole, and which hold one inside longer text."""
    whole = np.zeros(len(text), np.bool_)
    inside = np.zeros(len(text), np.bool_)
    with_at = (shape & AT) > 0
    if with_at.any():
        part = text.filter(pa.array(with_at))
        suffix = rf"(?i:{'|'.join(lexicon.words['suffixes'])}|[a-z]{{2}})"
        full = np.asarray(pc.match_substring_regex(part, rf"^{_LOCAL}@{_DOMAIN}{suffix}$"), np.bool_)
        whole[with_at] = full
        if not full.all():
            some = rf"{_LOCAL}@{_DOMAIN}{suffix}(?:[^A-Za-z0-9.\-]|\.?$|\.\s)"
            inside[with_at] = np.asarray(pc.match_substring_regex(part, some), np.bool_) & ~full
    return whole, inside
