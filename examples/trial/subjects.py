"""Subjects of the trial: who they are, when they came, and whether they stayed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from examples.dice import Dice
from examples.people import people
from examples.persons import Person, persons
from examples.trial import words

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBJECTS = 250
"""People who signed the consent form; a few never started."""

_LEAST = 12
_OPENED = dt.date(2024, 6, 3)
_SPAN = 330
_TREATED = 168
_EVERY_FAILURE, _EVERY_DEATH, _EVERY_LEAVER = 23, 61, 9


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject.

    Attributes:
        number: within the study, four digits.
        site: place in `words.SITES`.
        investigator: of the site.
        signed: day of informed consent.
        first, last: days of the first and last dose; None for those who never started.
        left: why the subject left early, in SDTM's words; None for those who stayed.
        died: day of death.
        arm: code and description.
        record: inpatient number at the hospital.
    """

    number: str
    site: int
    person: Person
    investigator: Person
    signed: dt.date
    first: dt.date | None
    last: dt.date | None
    left: str | None
    died: dt.date | None
    arm: tuple[str, str]
    record: str
    seed: int

    @property
    def usubjid(self) -> str:
        """Unique subject identifier."""
        return f"{words.STUDY}-{words.SITES[self.site][0]}-{self.number}"

    @property
    def end(self) -> dt.date:
        """Return the last day on which anything was recorded."""
        return self.died or ((self.last or self.signed) + dt.timedelta(days=14))

    def dice(self, domain: str) -> Dice:
        """Return the draws for the records of one data set, the same each time."""
        return Dice(self.seed, "trial", self.number, domain)

    def day(self, on: dt.date) -> int | None:
        """Return the study day: 1 is the first dose, there is no 0."""
        if self.first is None:
            return None
        apart = (on - self.first).days
        return apart + 1 if apart >= 0 else apart


def subjects(seed: int, *, scale: int) -> list[Subject]:
    """Draw the subjects in the order of their numbers.

    Args:
        seed: of the random numbers.
        scale: divides their number; twelve are left at least.
    """
    count = max(SUBJECTS // scale, _LEAST)
    rng = np.random.default_rng([seed, 5])
    drawn = persons(rng, people(rng, count, ages=(21, 76)))
    investigators = persons(rng, people(rng, len(words.SITES), ages=(38, 60)))
    return [_subject(seed, place, one, investigators) for place, one in enumerate(drawn)]


def _subject(seed: int, place: int, person: Person, investigators: Sequence[Person]) -> Subject:
    dice = Dice(seed, "trial", place)
    site = dice.below(len(words.SITES))
    signed = _OPENED + dt.timedelta(days=dice.below(_SPAN))
    failed = place % _EVERY_FAILURE == 7  # noqa: PLR2004 - so that twelve subjects hold one
    dead = place % _EVERY_DEATH == 9  # noqa: PLR2004 - likewise
    leaver = place % _EVERY_LEAVER == 3  # noqa: PLR2004 - likewise
    first = None if failed else signed + dt.timedelta(days=dice.between(7, 20))
    length = dice.between(20, 150) if dead or leaver else _TREATED
    last = first + dt.timedelta(days=length) if first else None
    why = "DEATH" if dead else dice.pick(("WITHDRAWAL BY SUBJECT", "ADVERSE EVENT", "LOST TO FOLLOW-UP"))
    return Subject(
        number=f"{place + 1:04}",
        site=site,
        person=person,
        investigator=investigators[site],
        signed=signed,
        first=first,
        last=last,
        left="SCREEN FAILURE" if failed else why if dead or leaver else None,
        died=last + dt.timedelta(days=dice.between(1, 9)) if dead and last else None,
        arm=("SCRNFAIL", "Screen Failure") if failed else dice.pick(words.ARMS),
        record=f"ZY{dice.digits(9)}",
        seed=seed,
    )
