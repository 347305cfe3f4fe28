"""The verdict on one column: its name and its values together (a person's hint is applied afterwards)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize import reasons
from kouan.recognize.evidence import GOOD, HALF, evidence_of

if TYPE_CHECKING:
    from kouan.model.text import Text
    from kouan.recognize.evidence import Evidence
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch
    from kouan.recognize.profile import Profile

IDENTIFIERS = ("cn.ric", "cn.uscc", "cn.bankcard", "email", "cn.mobile")
_CHECKS = {
    "birth_date": ("birth", 0.8),
    "hire_date": ("date", 0.8),
    "event_date": ("date", 0.8),
    "account_time": ("date", 0.8),
    "health_date": ("date", 0.8),
    "date": ("date", 0.8),
    "sex": ("sex", 0.9),
    "age": ("age", 0.9),
    "address": ("address", 0.5),
    "salary": ("number", 0.8),
    "account_balance": ("number", 0.8),
    "amount": ("number", 0.8),
    "price": ("number", 0.8),
    "quantity": ("number", 0.8),
    "number": ("number", 0.8),
}
_FEW = 3
_SOME = 0.01
_MOST = 0.95
_PROSE = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column is.

    Attributes:
        meaning: lexicon id.
        tier: how sure.
        reason: name evidence and value evidence.
        named: True when the column's name says so.
        notes: damage and oddities.
    """

    meaning: str
    tier: Tier
    reason: Text
    named: bool
    notes: tuple[Text, ...] = ()


def judge(profile: Profile, match: NameMatch, lexicon: Lexicon) -> Reading:
    """Return the verdict on a column."""
    said = _said(match, lexicon)
    found = evidence_of(profile)
    reading = _by_identifier(profile, said, found)
    if reading is None and said is not None:
        reading = _by_name(profile, match, said, lexicon=lexicon)
    if reading is None:
        reading = _by_values(profile, found)
    notes = reasons.notes(profile, found, reading.meaning)
    named = reading.meaning == said
    reason = reasons.join(reasons.name_part(match, said, lexicon), reading.reason)
    return Reading(reading.meaning, reading.tier, reason, named, notes)


def seen_in_values(profile: Profile) -> Reading | None:
    """Return what the values alone show: an identifier (in part of them, too), or texts that hold some; else None."""
    found = evidence_of(profile)
    reading = _by_identifier(profile, None, found)
    if reading is not None:
        return reading
    if _has_hidden(profile, "text"):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(found), named=False)
    return None


def _said(match: NameMatch, lexicon: Lexicon) -> str | None:
    if match.meaning in lexicon.things_too and match.of_thing(lexicon.vocabulary):
        return "text"
    return match.meaning


def _by_identifier(profile: Profile, said: str | None, found: dict[str, Evidence]) -> Reading | None:
    """Return a verdict when values are an identifier, or when the name says so."""
    for key in IDENTIFIERS:
        one = found[key]
        checked = key != "cn.mobile"
        named = key == said
        value = reasons.identifier(one)
        if one.share >= HALF and checked and one.passing >= GOOD:
            return Reading(key, Tier.CONFIRMED, value, named)
        if one.share >= HALF and checked and one.beyond_chance:
            return Reading(key, Tier.SUSPECTED, reasons.join(value, reasons.MIXED), named)
        if key == "cn.mobile" and one.share >= HALF and (named or (said is None and one.share >= GOOD)):
            return Reading(key, Tier.CONFIRMED if named else Tier.SUSPECTED, value, named)
    if said in found:
        return _named_identifier(profile, found[said])
    return None


def _named_identifier(profile: Profile, one: Evidence) -> Reading:
    """The name says an identifier that most values are not."""
    flag = profile.distinct is not None and len(profile.distinct) <= _FEW and profile.filled > 10 * _FEW
    if one.right + one.format == 0 and (profile.kind == "bool" or flag):
        return Reading("code", Tier.REJECTED, reasons.FLAG, named=False)
    return Reading(one.id, Tier.SUSPECTED, reasons.join(reasons.identifier(one), reasons.NAME_ONLY), named=True)


def _by_name(profile: Profile, match: NameMatch, said: str, *, lexicon: Lexicon) -> Reading | None:
    """Return a verdict from the name, confirmed by values where they can be checked; None lets the values decide."""
    if profile.kind == "bool" and said not in ("code", "unknown") and said not in lexicon.told_by_flag:
        return Reading("code", Tier.REJECTED, reasons.FLAG, named=False)
    if said == "name":
        return _name(profile, match, lexicon)
    if said == "free_text" or _has_hidden(profile, said):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(evidence_of(profile)), said == "free_text")
    if said in ("code", "text", "number", "date") and _looks_like_text(profile):
        return None
    check = _CHECKS.get(said)
    if check is None:
        return Reading(said, Tier.SUSPECTED, reasons.NOT_CHECKED, named=True)
    share = profile.share(check[0])
    sure = share >= check[1]
    return Reading(said, Tier.CONFIRMED if sure else Tier.SUSPECTED, reasons.checked(check[0], profile), named=True)


def _name(profile: Profile, match: NameMatch, lexicon: Lexicon) -> Reading:
    share = profile.share("surname") + profile.share("romanised")
    loose = share + profile.share("latin_word")
    if match.of_person(lexicon.vocabulary) or match.matched != ("name",):
        sure = max(share, loose) >= HALF
        return Reading("name", Tier.CONFIRMED if sure else Tier.SUSPECTED, reasons.names(profile), named=True)
    if profile.share("surname") >= HALF or (share >= GOOD and profile.share("organisation") <= _SOME):
        return Reading("name", Tier.CONFIRMED, reasons.names(profile), named=True)
    return Reading("text", Tier.REJECTED, reasons.join(reasons.names(profile), reasons.NOT_NAMES), named=False)


def _has_hidden(profile: Profile, said: str) -> bool:
    """Tell whether a text that should not speak of persons holds identifiers in more than one cell in a hundred."""
    if profile.kind != "text" or said not in ("text", "product", "code", "unknown", "store", "channel"):
        return False
    found = evidence_of(profile)
    hidden = sum(found[key].inside_right + found[key].right for key in ("cn.ric", "email"))
    return profile.filled > 0 and hidden / profile.filled > _SOME


def _looks_like_text(profile: Profile) -> bool:
    return profile.kind == "text" and profile.share("prose") >= _PROSE


def _by_values(profile: Profile, found: dict[str, Evidence]) -> Reading:
    """The name says nothing."""
    held = sum(one.inside for one in found.values())
    if profile.kind == "text" and (profile.share("prose") >= _PROSE or _has_hidden(profile, "text")):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(found), named=False)
    if profile.share("address") >= GOOD:
        return Reading("address", Tier.SUSPECTED, reasons.checked("address", profile), named=False)
    many = profile.distinct is None or len(profile.distinct) > 10 * _FEW
    if profile.share("surname") >= GOOD and many:
        return Reading("name", Tier.SUSPECTED, reasons.names(profile), named=False)
    return _by_type(profile, held)


def _by_type(profile: Profile, held: int) -> Reading:
    """Neither the name nor any pattern says anything."""
    if profile.kind == "bool":
        return Reading("code", Tier.SUSPECTED, reasons.FLAG, named=False)
    if profile.filled and (profile.kind == "date" or profile.share("date") >= _MOST):
        return Reading("date", Tier.SUSPECTED, reasons.checked("date", profile), named=False)
    if profile.filled and profile.share("number") >= _MOST and not held:
        return Reading("number", Tier.SUSPECTED, reasons.checked("number", profile), named=False)
    return Reading("unknown", Tier.REJECTED, reasons.unknown(profile), named=False)
