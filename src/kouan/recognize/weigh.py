"""Each identifier that stands in a column, weighed: values against chance, names, and how often values repeat.

Everything comes from the fields of the identifiers. The strongest becomes the verdict, the next the runner-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.inventory import VAGUE, IdentityRole, Tier
from kouan.recognize import reasons
from kouan.recognize.evidence import CHANCE, GOOD, HALF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.text import Text
    from kouan.recognize.calling import Calls
    from kouan.recognize.evidence import Evidence
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.profile import Profile

_RANKS = (Tier.CONFIRMED, Tier.SUSPECTED, Tier.REJECTED)
_MOST = 0.95
_FEW_CELLS = 20
_REPEATS = 50
_MOST_BOOST = 0.3
_BY_SHARE, _BY_CHECK = 0.6, 0.3
_NAMED, _CALLED, _TABLE, _UNIQUE = 0.25, 0.15, 0.05, 0.05


@dataclass(frozen=True, slots=True)
class Candidate:
    """One identifier as the verdict on a column.

    Attributes:
        one: how often it stands there.
        meaning: of a column that is one.
        tier: how sure; REJECTED where it is not the verdict.
        named: True when the column's name says so.
        score: 0 to 1, for ranking: share, check and boosts, which together are capped.
        why: what speaks for or against it beside the counts; None where the counts say it all.
    """

    one: Evidence
    meaning: str
    tier: Tier
    named: bool
    score: float
    why: Text | None

    @property
    def reason(self) -> Text:
        """Counts, and what is to be said of them."""
        counts = reasons.identifier(self.one)
        return counts if self.why is None else reasons.join(counts, self.why)


def weigh(
    profile: Profile, found: Mapping[str, Evidence], said: str | None, calls: Calls, lexicon: Lexicon
) -> list[Candidate]:
    """Return the identifiers that stand in a column as whole cells, strongest first.

    Args:
        profile: of the column.
        found: evidence in the order of strength.
        said: meaning that the column's name has.
        calls: identifiers that the names call for.
        lexicon: meanings of identifiers.
    """
    weighed = [_weighed(profile, one, said, calls, lexicon) for one in found.values() if one.whole]
    return sorted(weighed, key=lambda one: (_RANKS.index(one.tier), -one.score))


def _weighed(profile: Profile, one: Evidence, said: str | None, calls: Calls, lexicon: Lexicon) -> Candidate:
    meaning = lexicon.recognized[one.id]
    # A name that means several identifiers (a device's) speaks of those alone whose own words stand in it.
    named = meaning == said and (one.id == meaning or one.id in calls.column)
    tier, why = _tier(profile, one, said, calls, named=named)
    elsewhere = said is not None and said not in VAGUE and said != meaning
    if meaning in VAGUE or (elsewhere and CHANCE[one.id] == 1.0 and not is_direct(meaning, lexicon)):
        tier, why = Tier.REJECTED, reasons.FORM_ONLY
    return Candidate(one, meaning, tier, named, _score(one, calls, named=named), why)


def _tier(profile: Profile, one: Evidence, said: str | None, calls: Calls, *, named: bool) -> tuple[Tier, Text | None]:
    """Return how sure an identifier is the verdict, and why."""
    called = named or one.id in calls.column
    if one.share < HALF:
        return Tier.REJECTED, reasons.FEW
    if one.sure:
        alone = not called and is_constant(profile)
        return (Tier.SUSPECTED, reasons.CONSTANT) if alone else (Tier.CONFIRMED, None)
    if CHANCE[one.id] < 1.0 and one.beyond_chance:
        return Tier.SUSPECTED, reasons.MIXED
    if CHANCE[one.id] < 1.0:
        vague = said is None or said in VAGUE
        return Tier.SUSPECTED if named or (called and vague) else Tier.REJECTED, reasons.AT_CHANCE
    return (Tier.CONFIRMED, None) if named else _by_format(profile, one, said, calls)


def _by_format(profile: Profile, one: Evidence, said: str | None, calls: Calls) -> tuple[Tier, Text | None]:
    """Nothing but the format and the words around it speak for an identifier: without such words it is never sure."""
    if said is not None and said not in VAGUE and one.id not in calls.column:
        return Tier.REJECTED, reasons.NAMED_OTHERWISE
    if profile.kind == "date" or profile.share("date") >= _MOST:
        return Tier.REJECTED, reasons.DATES
    if one.id in calls.column:
        return (Tier.CONFIRMED, None) if one.share >= GOOD else (Tier.SUSPECTED, reasons.FORMAT_ONLY)
    if one.id in calls.table and one.share >= GOOD:
        return Tier.SUSPECTED, reasons.FORMAT_ONLY
    if said is not None or one.kind.asked or one.share < GOOD:
        return Tier.REJECTED, reasons.NO_CONTEXT
    alike = is_constant(profile) or _repeats(one)
    return (Tier.REJECTED, reasons.CONSTANT) if alike else (Tier.SUSPECTED, None)


def is_direct(meaning: str, lexicon: Lexicon) -> bool:
    """Tell whether a meaning leads to a person by itself; the key of anything does not."""
    return lexicon.meanings[meaning].role is IdentityRole.DIRECT


def _score(one: Evidence, calls: Calls, *, named: bool) -> float:
    chance = CHANCE[one.id]
    check = one.passing if chance == 1.0 else max(0.0, (float(one.interval[0]) - chance) / (1 - chance))
    unique = one.distinct is None or one.distinct >= GOOD * one.filled
    boost = _NAMED * named + _CALLED * (one.id in calls.column) + _TABLE * (one.id in calls.table) + _UNIQUE * unique
    return min(1.0, _BY_SHARE * one.share + _BY_CHECK * check + min(boost, _MOST_BOOST))


def is_constant(profile: Profile) -> bool:
    """Tell whether a column says the same everywhere: then it tells nobody from anybody."""
    return profile.distinct is not None and len(profile.distinct) == 1 and profile.filled >= _FEW_CELLS


def _repeats(one: Evidence) -> bool:
    """Tell whether values repeat as the codes of a list do, not as the numbers of persons."""
    return one.distinct is not None and one.filled > _REPEATS * one.distinct
