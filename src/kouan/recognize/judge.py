"""The verdict on one column: its name and its values together (a person's hint is applied afterwards)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.model.inventory import OPEN_TEXTS, PROSE, VAGUE, RunnerUp, Tier
from kouan.recognize import reasons
from kouan.recognize.calling import NO_CALLS
from kouan.recognize.evidence import GOOD, HALF, evidence_of
from kouan.recognize.prose.column import NAMED, OTHER, SENTENCE
from kouan.recognize.weigh import is_direct, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.model.inventory import Word
    from kouan.model.text import Text
    from kouan.recognize.calling import Calls
    from kouan.recognize.evidence import Evidence
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch
    from kouan.recognize.profile import Profile
    from kouan.recognize.weigh import Candidate

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
_WHOLE = 0.8
_FEW_LINES, _KEYWORDS = 5, 0.2
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
        identifier: that the values are, if any.
        runner_up: what it would be otherwise; None where nothing else comes near.
        calls: identifiers that the names call for.
        word: of a person who said so.
    """

    meaning: str
    tier: Tier
    reason: Text
    named: bool
    notes: tuple[Text, ...] = ()
    identifier: str | None = None
    runner_up: RunnerUp | None = None
    calls: Calls = NO_CALLS
    word: Word | None = None


def judge(profile: Profile, match: NameMatch, lexicon: Lexicon, calls: Calls = NO_CALLS) -> Reading:
    """Return the verdict on a column.

    Args:
        profile: of the column.
        match: what the column's name says.
        lexicon: meanings.
        calls: identifiers that the names of the column and its table call for.
    """
    said = said_by_name(match, lexicon)
    found = evidence_of(profile)
    weighed = weigh(profile, found, said, calls, lexicon)
    reading = _by_identifier(profile, weighed, said, found=found)
    if reading is None and (said is None or said in VAGUE) and is_code(profile):
        reading = _code(profile)
    if reading is None and said is not None:
        reading = _by_name(profile, match, said, lexicon=lexicon)
    if reading is None:
        reading = _by_values(profile, found, weighed, lexicon)
    one = found.get(reading.identifier or reading.meaning)
    return replace(
        reading,
        named=reading.meaning == said,
        reason=reasons.join(reasons.name_part(match, said, lexicon), reading.reason),
        notes=reasons.notes(profile, reading.meaning, one),
        runner_up=_runner_up(reading, weighed, match, said=said, lexicon=lexicon),
        calls=calls,
    )


def seen_in_values(profile: Profile, lexicon: Lexicon) -> Reading | None:
    """Return what the values alone show: an identifier (in part of them, too), or texts that hold some; else None."""
    found = evidence_of(profile)
    reading = _by_identifier(profile, weigh(profile, found, None, NO_CALLS, lexicon), None, found=found)
    if reading is not None:
        return reading
    if _has_hidden(profile, "text", lexicon):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(found), named=False)
    return None


def said_by_name(match: NameMatch, lexicon: Lexicon) -> str | None:
    """Return the meaning of a column's name; what a thing has as well is a text when the name is of a thing."""
    if match.meaning in lexicon.things_too and match.of_thing(lexicon.vocabulary):
        return "text"
    return match.meaning


def _by_identifier(
    profile: Profile, weighed: Sequence[Candidate], said: str | None, *, found: Mapping[str, Evidence]
) -> Reading | None:
    """Return a verdict when values are an identifier, or when the name says so."""
    best = next((one for one in weighed if one.tier is not Tier.REJECTED), None)
    if best is not None:
        return Reading(best.meaning, best.tier, best.reason, best.named, identifier=best.one.id)
    if said is not None and said in found:
        return _named_identifier(profile, found[said])
    return None


def _runner_up(
    reading: Reading, weighed: Sequence[Candidate], match: NameMatch, *, said: str | None, lexicon: Lexicon
) -> RunnerUp | None:
    """Return what a column would be if it were not what it is: another identifier, or what its name says."""
    verdict = lexicon.meanings[reading.meaning].label
    for one in weighed:
        if one.meaning != reading.meaning and one.one.share > _SOME:
            rival = reasons.WEAKER.fill(winner=verdict) if one.tier is not Tier.REJECTED else one.why
            why = reasons.identifier(one.one) if rival is None else reasons.join(reasons.identifier(one.one), rival)
            return RunnerUp(meaning=one.meaning, label=lexicon.meanings[one.meaning].label, why=why)
    if said is None or said == reading.meaning:
        return None
    why = reasons.NOT_BY_VALUES.fill(words=" ".join(match.matched), found=verdict)
    return RunnerUp(meaning=said, label=lexicon.meanings[said].label, why=why)


def _named_identifier(profile: Profile, one: Evidence) -> Reading:
    """The name says an identifier that most values are not."""
    flag = profile.distinct is not None and len(profile.distinct) <= _FEW and profile.filled > 10 * _FEW
    if one.whole == 0 and (profile.kind == "bool" or flag):
        return Reading("code", Tier.REJECTED, reasons.FLAG, named=False)
    why = reasons.NAME_ONLY if one.share < HALF else reasons.AT_CHANCE
    return Reading(one.id, Tier.SUSPECTED, reasons.join(reasons.identifier(one), why), named=True)


def _by_name(profile: Profile, match: NameMatch, said: str, *, lexicon: Lexicon) -> Reading | None:
    """Return a verdict from the name, confirmed by values where they can be checked; None lets the values decide."""
    if profile.kind == "bool" and said not in ("code", "unknown") and said not in lexicon.told_by_flag:
        return Reading("code", Tier.REJECTED, reasons.FLAG, named=False)
    if said == "name":
        return _name(profile, match, lexicon)
    if said == "free_text" or _has_hidden(profile, said, lexicon) or _tells_of_persons(profile, said, lexicon):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(evidence_of(profile)), said == "free_text")
    if said in ("code", "text", "number", "date") and _looks_like_text(profile):
        return None
    check = _CHECKS.get(said)
    if check is None:
        return Reading(said, Tier.SUSPECTED, reasons.NOT_CHECKED, named=True)
    share = profile.share(check[0])
    why = reasons.checked(check[0], profile)
    if said == "address" and profile.prose.whole("address") > share:
        share, why = profile.prose.whole("address"), reasons.whole("address", profile)
    return Reading(said, Tier.CONFIRMED if share >= check[1] else Tier.SUSPECTED, why, named=True)


def _name(profile: Profile, match: NameMatch, lexicon: Lexicon) -> Reading:
    share = profile.share("surname") + profile.share("romanised")
    loose = share + profile.share("latin_word")
    if match.of_person(lexicon.vocabulary) or match.matched != ("name",):
        sure = max(share, loose) >= HALF
        return Reading("name", Tier.CONFIRMED if sure else Tier.SUSPECTED, reasons.names(profile), named=True)
    if profile.share("surname") >= HALF or (share >= GOOD and profile.share("organisation") <= _SOME):
        return Reading("name", Tier.CONFIRMED, reasons.names(profile), named=True)
    if profile.prose.whole("organisation") >= HALF:
        return Reading("organisation", Tier.SUSPECTED, reasons.whole("organisation", profile), named=False)
    return Reading("text", Tier.REJECTED, reasons.join(reasons.names(profile), reasons.NOT_NAMES), named=False)


def _has_hidden(profile: Profile, said: str, lexicon: Lexicon) -> bool:
    """Tell whether a text that should not speak of persons holds their identifiers in over one cell in a hundred."""
    if profile.kind != "text" or said not in ("text", "product", "code", "unknown", "store", "channel"):
        return False
    return sum(one.hidden for one in _of_persons(evidence_of(profile), lexicon)) > _SOME * profile.filled > 0


def _of_persons(found: Mapping[str, Evidence], lexicon: Lexicon) -> list[Evidence]:
    """Return the evidence for identifiers that lead to a person."""
    return [one for one in found.values() if is_direct(lexicon.recognized[one.id], lexicon)]


def _by_grammar(profile: Profile) -> Reading | None:
    """Return a verdict where practically every cell is one address, or one organisation, by grammar."""
    for kind in ("address", "organisation"):
        if profile.prose.whole(kind) >= _WHOLE:
            return Reading(kind, Tier.SUSPECTED, reasons.whole(kind, profile), named=False)
    return None


def is_code(profile: Profile) -> bool:
    """Tell whether most lines of a column are those of programs."""
    lines, code, keyword = (profile.prose.found[key] for key in ("lines", "code", "keyword"))
    return keyword >= _FEW_LINES and code > HALF * lines and keyword > _KEYWORDS * lines


def _code(profile: Profile) -> Reading:
    return Reading("source_code", Tier.SUSPECTED, reasons.code(profile), named=False)


def _looks_like_text(profile: Profile) -> bool:
    if profile.kind != "text" or not profile.filled:
        return False
    texts = profile.prose.read * profile.cells >= _PROSE * profile.prose.rows * profile.filled
    return profile.share("prose") >= _PROSE or (texts and profile.prose.share(SENTENCE) >= _PROSE)


def _tells_of_persons(profile: Profile, said: str, lexicon: Lexicon) -> bool:
    """Tell whether cells are texts that name persons while the column's name is of a thing."""
    if lexicon.meanings[said].anchor != "none" or said in PROSE | OPEN_TEXTS:
        return False
    named, cells = profile.prose.found[NAMED], profile.prose.read + profile.prose.found[OTHER]
    return profile.kind == "text" and named >= _FEW and named > _SOME * cells


def _by_values(
    profile: Profile, found: Mapping[str, Evidence], weighed: Sequence[Candidate], lexicon: Lexicon
) -> Reading:
    """The name says nothing."""
    grammar = _by_grammar(profile)
    if grammar is not None:
        return grammar
    if _looks_like_text(profile) or _has_hidden(profile, "text", lexicon):
        return Reading("free_text", Tier.SUSPECTED, reasons.inside(found), named=False)
    if profile.share("address") >= GOOD:
        return Reading("address", Tier.SUSPECTED, reasons.checked("address", profile), named=False)
    many = profile.distinct is None or len(profile.distinct) > 10 * _FEW
    if profile.share("surname") >= GOOD and many:
        return Reading("name", Tier.SUSPECTED, reasons.names(profile), named=False)
    return _by_counts(profile, found, weighed, lexicon) or _by_form(profile, found)


def _by_counts(
    profile: Profile, found: Mapping[str, Evidence], weighed: Sequence[Candidate], lexicon: Lexicon
) -> Reading | None:
    """Identifiers stand in a part of the cells, or one and the same stands in all of them."""
    some = max(_of_persons(found, lexicon), key=lambda one: one.hidden, default=None)
    if some is not None and some.hidden > _SOME * profile.filled:
        why = reasons.join(reasons.identifier(some), reasons.MINORITY)
        return Reading(lexicon.recognized[some.id], Tier.SUSPECTED, why, named=False, identifier=some.id)
    alike = next((one for one in weighed if one.why is reasons.CONSTANT), None)
    if alike is not None:  # one telephone in all rows is no mere number: a person must say whose it is
        return Reading("unknown", Tier.REJECTED, reasons.join(alike.reason, reasons.unknown(profile)), named=False)
    return None


def _by_form(profile: Profile, found: Mapping[str, Evidence]) -> Reading:
    """No identifier is sure; a form that is none stands in the reason."""
    reading = _by_type(profile, sum(one.inside for one in found.values()))
    form = next((one for one in found.values() if one.share >= GOOD), None)
    if reading.meaning != "unknown" or form is None:
        return reading
    return replace(reading, reason=reasons.join(reasons.identifier(form), reading.reason))


def _by_type(profile: Profile, held: int) -> Reading:
    """Neither the name nor any pattern says anything."""
    if profile.kind == "bool":
        return Reading("code", Tier.SUSPECTED, reasons.FLAG, named=False)
    if profile.filled and (profile.kind == "date" or profile.share("date") >= _MOST):
        return Reading("date", Tier.SUSPECTED, reasons.checked("date", profile), named=False)
    if profile.filled and profile.share("number") >= _MOST and not held:
        return Reading("number", Tier.SUSPECTED, reasons.checked("number", profile), named=False)
    return Reading("unknown", Tier.REJECTED, reasons.unknown(profile), named=False)
