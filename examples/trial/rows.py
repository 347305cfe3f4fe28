"""What the records of all data sets share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.trial import words

if TYPE_CHECKING:
    import datetime as dt

    from examples.dice import Dice
    from examples.trial.subjects import Subject

Row = dict[str, str | float | None]
"""A record: variable -> value; variables that are not there are empty."""


def row(subject: Subject, domain: str, **values: str | float | None) -> Row:
    """Return a record of a subject."""
    return {"STUDYID": words.STUDY, "DOMAIN": domain, "USUBJID": subject.usubjid, **values}


def partly(dice: Dice, day: dt.date, *, months: float, years: float) -> str:
    """Return a day as ISO 8601, in some shares cut to the month or the year."""
    text = day.isoformat()
    if dice.chance(years):
        return text[:4]
    return text[:7] if dice.chance(months) else text


def timed(dice: Dice, day: dt.date) -> str:
    """Return a moment of a working day as ISO 8601."""
    return f"{day.isoformat()}T{dice.between(7, 17):02}:{dice.below(60):02}"
