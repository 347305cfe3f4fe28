"""One spelling per value before it is hashed, so that one person keeps one pseudonym over files."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_ISSUED = frozenset({"cn.ric", "cn.uscc", "cn.passport", "cn.plate", "vin", "driver_licence", "social_security"})
_SEPARATED = _ISSUED | {"cn.mobile", "cn.bankcard", "bank_account", "financial_account", "fax", "disability_id"}
_UPPER = _ISSUED
_LOWER = frozenset({"email"})
_INVISIBLE = "[\u200b-\u200f\u2060\ufeff]"


def normalise(kind: str, column: pa.Array) -> pa.Array:
    """Return the values in the one spelling that hashing of `kind` uses.

    All kinds: NFKC (full-width digits become plain ones), without invisible marks and outer blanks. Numbers issued by
    somebody: without blanks and hyphens; resident IDs, USCC and passports in capitals; mobile numbers without +86;
    e-mail in small letters. Internal keys keep their case: some systems tell `aB1` from `AB1`.
    """
    column = pc.utf8_normalize(column, form="NFKC")
    column = pc.utf8_trim_whitespace(pc.replace_substring_regex(column, _INVISIBLE, ""))
    if kind in _SEPARATED:
        column = pc.replace_substring_regex(column, r"[\s·-]", "")
    if kind == "cn.mobile":
        column = pc.replace_substring_regex(column, r"^(?:\+?86|0086)(1\d{10})$", r"\1")
    if kind in _UPPER:
        column = pc.utf8_upper(column)
    return pc.utf8_lower(column) if kind in _LOWER else column
