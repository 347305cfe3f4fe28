"""From profiles to columns: verdict, hint, treatment, subject, and whether the table is about persons at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.model.inventory import OPEN_TEXTS, PROSE, SECRETS, IdentityRole, RunnerUp, Tier
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.recognize import reasons
from kouan.recognize.calling import calls_of
from kouan.recognize.columns import Column
from kouan.recognize.evidence import CHANCE, HALF
from kouan.recognize.hints import hint_for, known_of, reason_of, word_of
from kouan.recognize.in_texts import names_somebody, notes_of, said, texts_of
from kouan.recognize.judge import Reading, judge
from kouan.recognize.keys import DOCUMENT, REFERENCE
from kouan.recognize.naming import match_name
from kouan.recognize.relating import is_intrinsic, still_relates
from kouan.recognize.sectoral import role_of, standard_of
from kouan.recognize.subjects import Place, cast_of, is_kin, key_domain, named_as, place
from kouan.recognize.treating import Verdict, treated_verdict
from kouan.recognize.weigh import is_direct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.formats.source import Entity
    from kouan.model.declaration import ItemHint
    from kouan.model.inventory import Item, KnownWord
    from kouan.model.plan import PlanLine
    from kouan.model.sector import SectorItem
    from kouan.model.time import LegalDay
    from kouan.recognize.inputs import SourceInput
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch
    from kouan.recognize.profile import Profile
    from kouan.recognize.sectoral import Standard
    from kouan.recognize.subjects import Cast

_KEYS = {
    "cn.ric": "ric",
    "cn.hmt_res": "ric",
    "cn.mobile": "mobile",
    "email": "email",
    "name": "name",
    "birth_date": "birth",
    "age": "age",
    # A passport may be renewed, a placeholder may stand in many rows: documents link as telephones do, before these.
    **{one: f"{DOCUMENT}{one}" for one in ("cn.passport", "cn.pr", "cn.hkmo_permit", "cn.tw_permit", "hkid", "twid")},
}
_NAMING = frozenset(
    {"name", *(meaning for meaning in _KEYS if meaning not in ("birth_date", "age", "cn.mobile", "email"))}
)
"""Meanings of columns that say who somebody is."""
_RESIDENT_IDS = ("cn.ric", "cn.hmt_res")
_WEAK_ANCHORS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A column before its table is judged as a whole.

    Attributes:
        standard, element: that its table follows, and what it says of this column.
        known: a person's word on whether others may know it.
    """

    profile: Profile
    match: NameMatch
    reading: Reading
    standard: Standard | None
    element: SectorItem | None
    original: Item | None
    line: PlanLine | None
    known: KnownWord | None

    @property
    def action(self) -> Action | None:
        """What was done to it."""
        return None if self.line is None else self.line.action


def build_table(
    given: SourceInput, entity: Entity, profiles: Sequence[Profile], *, lexicon: Lexicon, as_of: LegalDay
) -> tuple[Column, ...]:
    """Return the columns of one table of a source."""
    table = entity.name
    standard = standard_of(entity, given.sectors, given.spec.subjects, lexicon)
    drafts = [_draft(given, table, profile, standard, lexicon=lexicon) for profile in profiles]
    keys = [key_domain(one.match, lexicon) for one in drafts if one.reading.meaning in lexicon.subject_keys]
    cast = cast_of(
        table,
        declared=given.spec.subjects,
        keys=[key for key in keys if key in lexicon.keys.values()],
        naming=[
            one.match for one in drafts if one.reading.meaning in _NAMING or one.reading.meaning in lexicon.subject_keys
        ],
        lexicon=lexicon,
    )
    originals = [one.original for one in drafts if one.original is not None]
    if given.original is None:
        asked = [one for one in drafts if standard is None or not _is_of_nobody(one, standard)]
        relates = is_about_persons(asked, lexicon, declared=bool(given.spec.subjects))
    else:
        relates = still_relates(originals, lexicon)
    in_years = all(_is_in_years(one, lexicon) for one in drafts)
    columns = []
    for one in drafts:
        hint = hint_for(given.spec, table, one.profile.name)
        where = _place(one, cast, lexicon)
        if one.original is not None and one.original.subject is not None:
            where = Place(one.original.subject, where.slot if is_kin(one.original.subject, lexicon) else 0)
        if hint is not None and hint.subject is not None:
            where = Place(hint.subject)
        column = _column(one, given.spec.path, table, where=where, relates=relates, lexicon=lexicon, as_of=as_of)
        columns.append(column if in_years or column.key != "age" else replace(column, key=None))
    return tuple(columns)


def _is_in_years(one: Draft, lexicon: Lexicon) -> bool:
    """Tell whether a column does not speak against ages being in years, as a unit of months in its table does."""
    if one.element is None or one.element.meaning != "age_unit":
        return True
    tally = one.profile.tally
    return tally is not None and all(unit.strip().lower() in lexicon.words["years"] for unit in tally)


def _place(one: Draft, cast: Cast, lexicon: Lexicon) -> Place:
    """Return whose data a column holds; names of tree paths speak of many things, so a standard's word is enough."""
    if one.standard is None:
        return place(one.match, one.reading.meaning, cast, lexicon=lexicon)
    if one.element is not None and one.element.subject is not None:
        return Place(named_as(one.element.subject, cast.declared, lexicon))
    return Place(one.standard.role or one.standard.other)


def is_about_persons(drafts: Sequence[Draft], lexicon: Lexicon, *, declared: bool) -> bool | None:
    """Tell whether a table is about persons: one identifier of persons, or two attributes that only persons have.

    None when nothing says so but a column is not understood, or one attribute of persons stands alone: a person must
    judge, because data are never declared free to leave by a guess.
    """
    anchors = [
        lexicon.meanings[one.reading.meaning].anchor
        for one in drafts
        if one.reading.tier is not Tier.REJECTED and (one.profile.filled or one.reading.named)
    ]
    if "strong" in anchors or anchors.count("weak") >= (1 if declared else _WEAK_ANCHORS):
        return True
    return None if "weak" in anchors or any(_is_open(one, lexicon) for one in drafts) else False


def _is_of_nobody(one: Draft, standard: Standard) -> bool:
    """Tell whether a text stands in records that are about nobody, such as the metadata of a study."""
    return standard.role is None and one.element is not None and one.element.meaning in PROSE


def _is_open(one: Draft, lexicon: Lexicon) -> bool:
    """Tell whether a column holds something that nobody can say to be no personal information."""
    profile = one.profile
    if profile.filled == 0 or profile.kind not in ("text", "other"):
        return False
    kind = one.reading.identifier
    form = kind is not None and CHANCE[kind] == 1.0 and not is_direct(one.reading.meaning, lexicon)
    if one.reading.meaning in (*OPEN_TEXTS, "unknown") or form:  # a key of anything may be a person's
        return True
    nameless = one.reading.tier is Tier.REJECTED and one.match.meaning == "name"
    return nameless and profile.share("organisation") < HALF


def _draft(given: SourceInput, table: str, profile: Profile, standard: Standard | None, *, lexicon: Lexicon) -> Draft:
    match = match_name(profile.name, lexicon.vocabulary)
    element = None if standard is None else standard.item(profile.name)
    if standard is None or element is None:
        reading = judge(profile, match, lexicon, calls_of(table, profile.name, lexicon))
    else:
        reading = standard.reading(element, profile, lexicon=lexicon)
    name = item_id(given.spec.path, table, profile.name)
    line = given.treated.get(name)
    original = given.original_item(name)
    if original is not None:
        meaning = "pseudonym" if line is not None and line.action is Action.PSEUDONYM else original.meaning
        reason = reasons.join(reasons.KEPT, reading.reason)
        reading = replace(
            reading,
            meaning=meaning,
            tier=original.tier,
            reason=reason,
            runner_up=original.runner_up,
            word=original.word,
        )
    hint = hint_for(given.spec, table, profile.name)
    if hint is not None and hint.meaning is not None and original is None:
        reading = _as_said(reading, hint, hint.meaning, lexicon)
    said = reading.meaning if original is None else original.meaning
    element = element if element is not None and element.meaning == said else None
    known = known_of(given.spec, table, profile.name) if original is None else original.known
    return Draft(profile, match, reading, standard, element, original, line, known)


def _as_said(machine: Reading, hint: ItemHint, meaning: str, lexicon: Lexicon) -> Reading:
    """Return a person's verdict; what recognition found stands beside it."""
    other = RunnerUp(meaning=machine.meaning, label=lexicon.meanings[machine.meaning].label, why=reasons.MACHINE)
    return Reading(
        meaning,
        Tier.CONFIRMED,
        reasons.join(reason_of(hint), machine.reason),
        named=True,
        notes=machine.notes,
        runner_up=machine.runner_up if machine.meaning == meaning else other,
        calls=machine.calls,
        word=word_of(hint, machine.meaning, machine.tier),
    )


def _column(
    one: Draft, source: str, table: str, *, where: Place, relates: bool | None, lexicon: Lexicon, as_of: LegalDay
) -> Column:
    verdict = _raw(one, relates=relates, lexicon=lexicon, as_of=as_of)
    reason, notes = one.reading.reason, one.reading.notes
    texts = texts_of(one.profile, one.reading.meaning, lexicon)
    if texts is not None:
        reason = reasons.join(reason, said(texts))
        notes = (*notes, *notes_of(texts, one.profile.cells))
    freed = False
    if one.original is None:
        reason = reasons.join(reason, lexicon.meanings[one.reading.meaning].remark)
        reason = reasons.join(reason, reasons.NOT_JUDGED) if relates is None and verdict.personal is None else reason
    else:
        verdict, freed = treated_verdict(one.original, one.line, relates=relates, lexicon=lexicon)
        reason = reasons.join(reason, reasons.FREED) if freed else reason
    base = one.reading.meaning if one.original is None else one.original.meaning
    return Column(
        source=source,
        table=table,
        profile=one.profile,
        match=one.match,
        reading=replace(one.reading, reason=reason, notes=notes),
        place=where,
        label=verdict.label,
        category=verdict.category,
        role=verdict.role,
        sensitive=verdict.sensitive,
        personal=verdict.personal,
        intrinsic=bool(verdict.personal) and is_intrinsic(base, lexicon),
        freed=freed,
        element="" if one.element is None else one.element.element,
        sector="" if one.element is None or one.standard is None else one.standard.sector.schema.id,
        counted=_counts(one, where, lexicon),
        key=_key(one, where, lexicon),
        known=one.known,
    )


def _counts(one: Draft, where: Place, lexicon: Lexicon) -> bool:
    """Tell whether persons stand in a column rather than being referred to by a number that may mean anybody."""
    if one.standard is None or one.element is None:
        return True
    number = one.element.meaning in lexicon.subject_keys and not one.standard.keys(one.element)
    return one.standard.role is not None and not (number and where.role != one.standard.role)


def _raw(one: Draft, *, relates: bool | None, lexicon: Lexicon, as_of: LegalDay) -> Verdict:
    meaning = lexicon.meanings[one.reading.meaning]
    personal, sensitive = _personal(one, lexicon, relates=relates), lexicon.sensitivity(meaning.id, as_of)
    category, role = meaning.category, meaning.role if one.element is None else role_of(one.element, lexicon)
    label = meaning.label if one.element is None else one.element.label
    if meaning.id in OPEN_TEXTS and personal:
        role = IdentityRole.DIRECT
    elif relates is None and not sensitive.value:
        sensitive = lexicon.clauses["not_judged"]
    if relates is False:
        role = IdentityRole.DIRECT if role is IdentityRole.DIRECT and personal else IdentityRole.OTHER
        category = category if category in ("free_text", SECRETS) or personal else "business"
        sensitive = sensitive if personal is not False else lexicon.clauses["not_personal"]
    if role is IdentityRole.OTHER and one.known is not None and one.known.quasi:
        role = IdentityRole.QUASI
    return Verdict(label, category, role, sensitive, personal)


def _personal(one: Draft, lexicon: Lexicon, *, relates: bool | None) -> bool | None:
    """Everything that stands in a person's row relates to that person; what is not understood is left to a person.

    A text that names somebody for certain is personal whatever stands beside it.
    """
    meaning = one.reading.meaning
    if meaning in OPEN_TEXTS and names_somebody(one.profile, lexicon):
        return True
    if meaning in OPEN_TEXTS or (meaning == "unknown" and relates):
        return None
    if relates is not False:
        return relates
    return None if meaning == "cn.uscc" and one.profile.counts["cn.uscc.sole/whole/2"] else False


def _key(one: Draft, where: Place, lexicon: Lexicon) -> str | None:
    """Return the kind of key by which a column tells persons apart; a pseudonym does so by its distinct values."""
    meaning = one.reading.meaning if one.original is None else one.original.meaning
    domain: str | None = f"id:{key_domain(one.match, lexicon)}"
    if one.standard is not None and one.element is not None:
        if meaning in lexicon.subject_keys:
            domain = f"id:{where.role}{REFERENCE}" if one.standard.keys(one.element) else None
        elif one.profile.type.startswith("list"):  # two given names, three telephones: of the record's one person
            return None
    if one.action in (Action.MASK, Action.GENERALISE) and meaning not in ("birth_date", "age"):
        return None
    if one.reading.meaning == "pseudonym":
        if meaning in (*_RESIDENT_IDS, "pseudonym") or meaning in lexicon.subject_keys:
            return "id:cn.ric" if meaning in _RESIDENT_IDS else domain
        kind = _KEYS.get(meaning, "")
        return f"{kind}/text" if kind in ("mobile", "email", "name") or kind.startswith(DOCUMENT) else None
    return domain if meaning in lexicon.subject_keys else _KEYS.get(meaning)
