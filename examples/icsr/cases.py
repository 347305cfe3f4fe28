"""Cases before they are written: who, which medicines, what happened, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from examples.dice import Dice
from examples.icsr import words
from examples.people import TODAY, People, people
from examples.persons import Person, persons

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

FILES = 300
"""Reports, one per file; one in ten is a follow-up of the one before it."""

_LEAST = 6
_FIRST = dt.date(2026, 1, 5)
_SPAN = 285


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who reported the case.

    Attributes:
        qualification: number of C.2.r.4.
        hospital, ward: places in `words`.
        phone: desk or mobile, as it was given.
        withheld: null flavour in place of name, address and phone; None when given.
    """

    person: Person
    qualification: str
    hospital: int
    ward: int
    phone: str
    withheld: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """A reaction; `started` as the reporter knew it: a day, a month, a year, or a null flavour."""

    uuid: str
    term: words.Term
    started: str
    ended: str | None
    serious: frozenset[str]
    outcome: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """A medicine taken; role 1 suspect, 2 concomitant; `action` is the number of G.k.8."""

    uuid: str
    product: words.Product
    own: bool
    role: str
    indication: words.Term
    started: dt.date
    stopped: dt.date | None
    action: str
    lot: str


@dataclass(frozen=True, slots=True)
class Test:
    """A laboratory result."""

    lab: words.Lab
    day: dt.date | None
    value: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as one report tells it.

    Attributes:
        serial: from 1; follow-ups have their first report's.
        version: 1, and 2 in the follow-up.
        named: how D.1 names the patient: `full`, `initials`, or a null flavour.
        records: D.1.1 kind of record number -> number.
        parent: mother of a patient who was exposed before birth.
        onset: true first day of the first reaction.
        died: day of death.
    """

    serial: int
    version: int
    received: dt.date
    latest: dt.date
    patient: Person
    named: str
    records: dict[str, str]
    born_given: bool
    history: tuple[words.Term, ...]
    parent: Person | None
    reporters: tuple[Reporter, ...]
    handler: Person
    events: tuple[Event, ...]
    drugs: tuple[Use, ...]
    tests: tuple[Test, ...]
    onset: dt.date
    died: dt.date | None
    study: bool

    @property
    def number(self) -> str:
        """Safety report identifier: country, sender, number (C.1.1)."""
        return f"CN-{words.HOLDER_MARK}-2026{self.serial:06}"

    @property
    def file(self) -> str:
        """File name; follow-ups carry their version."""
        return f"{self.number}_{self.version}.xml"

    def years(self) -> float:
        """Age of the patient on the first day of the reaction."""
        return max((self.onset - self.patient.born).days, 1) / 365.25


def cases(seed: int, *, scale: int) -> list[Case]:
    """Draw all reports in the order of their files.

    Args:
        seed: of the random numbers.
        scale: divides the number of reports; six are left at least.
    """
    count = max(FILES // scale, _LEAST)
    rng = np.random.default_rng([seed, 4])
    patients = persons(rng, _patients(rng, count))
    mothers = [one for one in persons(rng, people(rng, 2 * count, ages=(24, 40))) if not one.male]
    workers = persons(rng, people(rng, 3 * count, ages=(26, 60)))
    made: list[Case] = []
    for place in range(count):
        dice = Dice(seed, "icsr", place)
        if place % 10 == 4:  # noqa: PLR2004 - one report in ten
            made.append(_follow_up(made[-1], dice))
            continue
        mother = mothers[place % len(mothers)] if place % 25 == 2 else None  # noqa: PLR2004 - one in twenty-five
        drawn = _case(dice, place, patients[place], mother=mother, workers=workers[3 * place : 3 * place + 3])
        made.append(replace(drawn, handler=workers[place % 4]))
    return made


def _patients(rng: Generator, count: int) -> People:
    drawn = people(rng, count, ages=(18, 64))
    group, within = rng.random(count), rng.random(count)
    first = np.select([group < 0.1, group < 0.15, group < 0.65], [1.0, 14.0, 18.0], 65.0)  # noqa: PLR2004
    last = np.select([group < 0.1, group < 0.15, group < 0.65], [13.0, 18.0, 64.0], 88.0)  # noqa: PLR2004
    back = ((first + within * (last - first)) * 365).astype(np.int64) + 300
    return replace(drawn, births=_before_today(back))


def _before_today(days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return np.datetime64(TODAY) - days.astype("timedelta64[D]")


def _case(dice: Dice, place: int, patient: Person, *, mother: Person | None, workers: list[Person]) -> Case:
    received = _FIRST + dt.timedelta(days=dice.below(_SPAN))
    onset = received - dt.timedelta(days=dice.between(7, 90))
    if mother is not None:
        patient = replace(patient, born=onset - dt.timedelta(days=dice.between(0, 20)))
    died = onset + dt.timedelta(days=dice.between(1, 20)) if place % 15 == 1 else None
    died = min(died, received) if died else None
    return Case(
        serial=place + 1,
        version=1,
        received=received,
        latest=received,
        patient=patient,
        named=dice.pick(("full",) * 7 + ("initials",) * 9 + ("MSK", "MSK", "ASKU", "UNK")),
        records=_records(dice),
        born_given=dice.chance(0.7) or mother is not None,
        history=() if mother else tuple(dice.some(words.HISTORY, dice.between(0, 3))),
        parent=mother,
        reporters=_reporters(dice, workers),
        handler=workers[0],
        events=_events(dice, onset, received, died=died, at_birth=mother is not None),
        drugs=_uses(dice, onset),
        tests=_tests(dice, onset),
        onset=onset,
        died=died,
        study=place % 12 == 6,  # noqa: PLR2004 - one in twelve
    )


def _records(dice: Dice) -> dict[str, str]:
    records = {}
    if dice.chance(0.2):
        records["1"] = f"MZ{dice.digits(8)}"
    if dice.chance(0.2):
        records["2"] = f"ZK-{dice.digits(7)}"
    if dice.chance(0.7):
        records["3"] = f"ZY{dice.digits(9)}"
    if dice.chance(0.15):
        records["4"] = f"SL{dice.digits(3)}-{dice.digits(4)}"
    return records


def _reporters(dice: Dice, workers: list[Person]) -> tuple[Reporter, ...]:
    made = []
    for person in workers[: dice.pick((1, 1, 1, 2, 2, 3))]:
        kind = dice.pick(("1", "1", "1", "2", "2", "5"))
        desk = f"010-5550{dice.digits(4)}"
        made.append(
            Reporter(
                person=person,
                qualification=kind,
                hospital=dice.below(len(words.HOSPITALS)),
                ward=dice.below(len(words.WARDS)),
                phone=person.mobile if kind == "5" or dice.chance(0.5) else desk,
                withheld=dice.pick(("MSK", "ASKU", "NASK")) if dice.chance(0.12) else None,
            )
        )
    return tuple(made)


def _events(
    dice: Dice, onset: dt.date, received: dt.date, *, died: dt.date | None, at_birth: bool
) -> tuple[Event, ...]:
    made = []
    for at, term in enumerate(dice.some(words.AT_BIRTH if at_birth else words.REACTIONS, dice.between(1, 3))):
        fatal = died is not None and at == 0
        day = onset + dt.timedelta(days=at)
        serious = {"33"} if dice.chance(0.5) else {"26"}
        serious |= {"34"} if fatal else set()
        outcome = words.FATAL if fatal else dice.pick(words.OUTCOMES)
        ended = min(day + dt.timedelta(days=dice.between(2, 20)), received)
        made.append(
            Event(
                uuid=dice.uuid(),
                term=term,
                started=_known(dice, day),
                ended=f"{ended:%Y%m%d}" if outcome[0] == "1" else None,
                serious=frozenset(serious),
                outcome=outcome,
            )
        )
    return tuple(made)


def _known(dice: Dice, day: dt.date) -> str:
    """Return a day as far as a reporter remembers it."""
    form = dice.pick(("%Y%m%d",) * 14 + ("%Y%m",) * 3 + ("%Y", "ASKU", "NASK"))
    return day.strftime(form)


def _uses(dice: Dice, onset: dt.date) -> tuple[Use, ...]:
    own, others = dice.some(words.OWN, dice.pick((1, 1, 1, 2))), dice.some(words.OTHERS, dice.pick((0, 0, 1, 2)))
    made = []
    for product in [*own, *others]:
        started = onset - dt.timedelta(days=dice.between(1, 60))
        stopped = onset + dt.timedelta(days=dice.between(0, 3)) if dice.chance(0.6) else None
        made.append(
            Use(
                uuid=dice.uuid(),
                product=product,
                own=product in own,
                role="1" if product in own else "2",
                indication=product.purpose,
                started=started,
                stopped=stopped,
                action="1" if stopped else dice.pick(("2", "4", "0")),
                lot=f"{started:%y%m}{dice.digits(4)}",
            )
        )
    return tuple(made)


def _tests(dice: Dice, onset: dt.date) -> tuple[Test, ...]:
    made = []
    for lab in dice.some(words.LABS, dice.pick((0, 1, 2, 3))):
        value = dice.between(lab.low // 2 + 1, 4 * lab.high)
        text = f"{value}.{dice.below(10)}" if lab.tenths else str(value)
        made.append(Test(lab, onset + dt.timedelta(days=dice.between(0, 5)) if dice.chance(0.9) else None, text))
    return tuple(made)


def _follow_up(first: Case, dice: Dice) -> Case:
    """Return what the next report of a case tells: a new latest day, an outcome, one more result."""
    latest = min(first.latest + dt.timedelta(days=dice.between(5, 40)), TODAY - dt.timedelta(days=1))
    events = tuple(
        event if event.outcome == words.FATAL else replace(event, outcome=words.OUTCOMES[1], ended=None)
        for event in first.events
    )
    tests = (*first.tests, Test(dice.pick(words.LABS), first.onset + dt.timedelta(days=6), str(dice.between(5, 60))))
    return replace(first, version=2, latest=latest, events=events, tests=tests)
