"""Values that are masked already, by the kind that they mask: 138****5678, 张*, 110101********1234."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]

_STAR = "[*•●xX#]"
_KINDS = {
    "cn.mobile": rf"^(?:(?:\+|00)?86[ -]?)?1[3-9][0-9][0-9]{{0,2}}[ -]?{_STAR}{{3,6}}[ -]?[0-9]{{2,4}}$",
    "cn.ric": rf"^[1-9](?:[0-9]{{0,13}}){_STAR}{{4,17}}[0-9]{{0,4}}[0-9Xx]?$",
    "cn.bankcard": rf"^[3-69][0-9]{{3,5}}[ -]?(?:{_STAR}{{2,4}}[ -]?){{1,4}}[0-9]{{3,4}}$",
    "cn.passport": rf"^[A-Za-z]{{1,2}}[0-9]{{0,3}}{_STAR}{{3,6}}[0-9]{{1,4}}$",
    "cn.plate": r"^\p{Han}[A-Za-z][0-9A-Za-z]{0,3}[*•●]{1,5}[0-9A-Za-z]{0,3}$",
    "email": r"^[^@\s]{0,6}[*•●]+[^@\s]{0,4}@[^@\s]+$",
    "name": r"^(?:\p{Han}{1,2}[*•●]{1,2}\p{Han}?|[*•●]{1,2}\p{Han}{1,2})$",
    "ip": r"^[0-9]{1,3}\.(?:[0-9]{1,3}\.){0,2}(?:\*\.){0,2}\*{1,3}$",
    "address": r"^\p{Han}.*[省市区县镇乡].*[*•●]{2,}.*$",
}
_LENGTHS = {"cn.ric": (15, 18), "cn.bankcard": tuple(range(16, 24)), "cn.passport": (9,)}
"""Characters of a value as it is masked, where their number tells kinds apart; groups of a card have blanks."""
_ANY = r"[*•●]|[Xx#]{3}"


def masked_kinds(texts: Any) -> dict[str, Bools]:
    """Return for each kind that is masked in a string array which rows do so; the first kind that fits counts.

    The keys are `masked/` and the meaning, such as `masked/cn.mobile`.
    """
    likely = np.asarray(pc.match_substring_regex(texts, _ANY), np.bool_)
    if not likely.any():
        return {}
    found: dict[str, Bools] = {}
    part = texts.filter(pa.array(likely))
    free = np.ones(len(part), np.bool_)
    length = np.asarray(pc.utf8_length(part), np.int64)
    for kind, pattern in _KINDS.items():
        fits = np.asarray(pc.match_substring_regex(part, pattern), np.bool_) & free
        if kind in _LENGTHS:
            fits &= np.isin(length, _LENGTHS[kind])
        if fits.any():
            free &= ~fits
            flag = np.zeros(len(likely), np.bool_)
            flag[likely] = fits
            found[f"masked/{kind}"] = flag
    return found
