"""The patient of a report: who it is, history, reactions and tests (ICH E2B(R3) sections D, E and F)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.icsr import words
from examples.icsr.drugs import drugs
from examples.icsr.systems import (
    COUNTRIES,
    ICH,
    MEDDRA,
    OBSERVATIONS,
    SEXES,
    choice,
    coded,
    fact,
    flag,
    group,
    observed,
    of_subject,
    prose,
    quantity,
    span,
    term,
    told,
    when,
)
from examples.markup import Note, node

if TYPE_CHECKING:
    from examples.dice import Dice
    from examples.icsr.cases import Case, Event, Test
    from examples.markup import Node
    from examples.persons import Person

_RECORDS = {"1": ("7", "GP"), "2": ("8", "Specialist"), "3": ("9", "Hospital Record"), "4": ("10", "Investigation")}
_FLAGS = (
    ("34", "resultsInDeath"),
    ("21", "isLifeThreatening"),
    ("33", "requiresInpatientHospitalization"),
    ("35", "resultsInPersistentOrSignificantDisability"),
    ("12", "congenitalAnomalyBirthDefect"),
    ("26", "otherMedicallyImportantCondition"),
)
_MONTH, _INFANT, _CHILD, _TEEN, _ADULT, _ELDER = 1 / 12, 2, 12, 18, 65, 200


def primary_role(case: Case, dice: Dice) -> Node:
    """Return the `primaryRole`: the patient and all that is said of the patient."""
    return node(
        "primaryRole",
        _player(case, dice),
        _study(case),
        *_traits(case, dice),
        group("1", "relevantMedicalHistoryAndConcurrentConditions", _history(case, dice)),
        group("2", "drugHistory", _taken_before(case, dice)),
        *_death(case, dice),
        *(_reaction(event, dice) for event in case.events),
        group("3", "testsAndProceduresRelevantToTheInvestigation", [_test(one, dice) for one in case.tests]),
        group("4", "drugInformation", drugs(case, dice)),
        classCode="INVSBJ",
    )


def _player(case: Case, dice: Dice) -> Node:
    patient = case.patient
    names = {"full": patient.name, "initials": patient.initials}
    born = f"{patient.born:%Y%m%d}"
    return node(
        "player1",
        told("name", names.get(case.named, ""), None if case.named in names else case.named),
        Note("D.1: Patient (name or initials)"),
        node("administrativeGenderCode", code="1" if patient.male else "2", codeSystem=SEXES),
        when("birthTime", born if case.born_given else "MSK") if case.born_given or dice.chance(0.4) else None,
        when("deceasedTime", f"{case.died:%Y%m%d}") if case.died else None,
        *(_record(kind, number, dice) for kind, number in case.records.items()),
        _parent(case.parent, dice) if case.parent else None,
        classCode="PSN",
        determinerCode="INSTANCE",
    )


def _record(kind: str, number: str, dice: Dice) -> Node:
    root, shown = _RECORDS[kind]
    masked = dice.chance(0.1)
    return node(
        "asIdentifiedEntity",
        node("id", nullFlavor="MSK" if masked else None, extension=None if masked else number, root=f"{ICH}.3.{root}"),
        coded(kind, f"{ICH}.1.4", shown),
        classCode="IDENT",
    )


def _parent(parent: Person, dice: Dice) -> Node:
    """Return the parent of section D.10."""
    person = node(
        "associatedPerson",
        node("name", dice.pick((parent.initials, parent.name))),
        node("administrativeGenderCode", code="2", codeSystem=SEXES),
        when("birthTime", f"{parent.born:%Y}" if dice.chance(0.3) else f"{parent.born:%Y%m%d}"),
        classCode="PSN",
        determinerCode="INSTANCE",
    )
    return node(
        "role",
        coded("PRN", "2.16.840.1.113883.5.111"),
        person,
        of_subject(fact("7", "bodyWeight", quantity(str(dice.between(50, 85)), "kg"))),
        of_subject(fact("17", "height", quantity(str(dice.between(150, 175)), "cm"))),
        classCode="PRS",
    )


def _study(case: Case) -> Node | None:
    if not case.study:
        return None
    study = node(
        "researchStudy",
        node("id", extension="SHILI-KES-301", root=f"{ICH}.3.5"),
        coded("1", f"{ICH}.1.8", "Clinical trials"),
        node("title", "KESILOMIN in rheumatoid arthritis, phase III"),
        classCode="CLNTRL",
        moodCode="EVN",
    )
    return node("subjectOf1", study, typeCode="SBJ")


def _traits(case: Case, dice: Dice) -> list[Node]:
    years = case.years()
    small = case.parent is not None
    age = quantity(str(int(years * 365)), "d") if small else quantity(str(int(years)), "a")
    made = [fact("3", "age", age)]
    if dice.chance(0.5):
        number = _age_group(years)
        made.append(fact("4", "ageGroup", choice(number, f"{ICH}.1.9", words.AGE_GROUPS[number])))
    if dice.chance(0.7):
        weight = f"{dice.between(2, 4)}.{dice.below(10)}" if small else str(_weight(years, dice))
        made.append(fact("7", "bodyWeight", quantity(weight, "kg")))
    if dice.chance(0.5) and not small:
        made.append(fact("17", "height", quantity(str(dice.between(150, 186) - (60 if years < _CHILD else 0)), "cm")))
    if dice.chance(0.1) and not case.patient.male and _TEEN < years < _ADULT - 20:
        made.append(fact("22", "lastMenstrualPeriodDate", node("value", xsi_type="TS", value=f"{case.onset:%Y%m}")))
    return [of_subject(one) for one in made]


def _age_group(years: float) -> str:
    ends = (_MONTH, _INFANT, _CHILD, _TEEN, _ADULT, _ELDER)
    return str(next(place for place, end in enumerate(ends, 1) if years < end))


def _weight(years: float, dice: Dice) -> int:
    return dice.between(45, 92) if years >= _TEEN else 8 + int(years * 3)


def _history(case: Case, dice: Dice) -> list[Node]:
    made = []
    for condition in case.history:
        since = case.onset.year - dice.between(1, 15)
        goes_on = node("inboundRelationship", fact("13", "continuing", flag(dice.chance(0.8))), typeCode="REFR")
        known = node("code", code=condition.code, codeSystem=MEDDRA, codeSystemVersion=words.MEDDRA)
        made.append(observed(known, span(str(since) if dice.chance(0.6) else "ASKU"), goes_on))
    if made or dice.chance(0.3):
        text = "、".join(one.zh for one in case.history) or "否认慢性病史"
        made.append(fact("18", "historyAndConcurrentConditionText", prose(text)))
    return made


def _taken_before(case: Case, dice: Dice) -> list[Node]:
    """Return medicines of earlier years (D.8), in one report of five."""
    if case.parent is not None or not dice.chance(0.2):
        return []
    product, year = dice.pick(words.OTHERS), case.onset.year - dice.between(1, 6)
    kind = node("kindOfProduct", node("name", product.zh), classCode="MMAT", determinerCode="KIND")
    taken = node(
        "substanceAdministration",
        span(str(year), f"{year}{dice.between(1, 12):02}"),
        node("consumable", node("instanceOfKind", kind, classCode="INST"), typeCode="CSM"),
        node("outboundRelationship2", fact("19", "indication", term(product.purpose)), typeCode="RSON"),
        classCode="SBADM",
        moodCode="EVN",
    )
    return [taken]


def _death(case: Case, dice: Dice) -> list[Node]:
    if not case.died:
        return []
    cause = dice.pick(words.CAUSES)
    autopsy = node("value", xsi_type="BL", nullFlavor="UNK") if dice.chance(0.6) else flag(value=False)
    return [
        of_subject(fact("32", "reportedCauseOfDeath", term(cause, node("originalText", cause.zh)))),
        of_subject(fact("5", "autopsy", autopsy)),
    ]


def _reaction(event: Event, dice: Dice) -> Node:
    """Return one reaction (E.i)."""
    place = node("locatedPlace", coded("CN", COUNTRIES), classCode="COUNTRY", determinerCode="INSTANCE")
    native = node("originalText", event.term.zh, language="zho")
    facts = [
        fact("30", "reactionForTranslation", prose(event.term.en)),
        fact("37", "termHighlightedByReporter", choice("3", f"{ICH}.1.10")),
        *(fact(number, name, flag(True if number in event.serious else None)) for number, name in _FLAGS),
        fact("27", "outcome", choice(event.outcome[0], f"{ICH}.1.11", event.outcome[1])),
    ]
    if dice.chance(0.5):
        facts.append(fact("24", "medicalConfirmationByHealthProfessional", flag(value=True)))
    observation = node(
        "observation",
        node("id", root=event.uuid),
        coded("29", OBSERVATIONS, "reaction"),
        span(event.started, event.ended),
        Note("E.i.4, E.i.5: Date of Start and End of Reaction / Event"),
        term(event.term, native),
        node("location", node("locatedEntity", place, classCode="LOCE"), typeCode="LOC"),
        *(node("outboundRelationship2", one, typeCode="PERT") for one in facts),
        classCode="OBS",
        moodCode="EVN",
    )
    return of_subject(observation)


def _test(one: Test, dice: Dice) -> Node:
    """Return one test with its result and range (F.r)."""
    lab = one.lab
    name = node(
        "code",
        node("originalText", lab.term.zh),
        code=lab.term.code,
        codeSystem=MEDDRA,
        codeSystemVersion=words.MEDDRA,
    )
    ends = (("L", lab.low), ("H", lab.high)) if dice.chance(0.7) else ()
    return observed(
        name,
        node("effectiveTime", value=f"{one.day:%Y%m%d}") if one.day else node("effectiveTime", nullFlavor="UNK"),
        node("value", node("center", value=one.value, unit=lab.unit), xsi_type="IVL_PQ"),
        *(_end(mark, str(value), lab.unit) for mark, value in ends),
    )


def _end(mark: str, value: str, unit: str) -> Node:
    inside = node(
        "observationRange",
        quantity(value, unit),
        node("interpretationCode", code=mark, codeSystem="2.16.840.1.113883.5.83"),
        classCode="OBS",
        moodCode="EVN.CRT",
    )
    return node("referenceRange", inside, typeCode="REFV")
