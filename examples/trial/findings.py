"""What was measured at the visits: LB and VS."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from examples.trial import words
from examples.trial.rows import Row, row, timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examples.trial.subjects import Subject

_NOT_DONE = 0.02
_WINDOW = 2
_WITH_TENTHS = frozenset({"WBC", "TEMP", "WEIGHT"})
_BASELINE = 2


def lb(one: Subject) -> Iterator[Row]:
    """Yield laboratory results of each visit."""
    for lab, record in _measured(one, "LB", words.LABS):
        result = float(str(record["LBORRES"]))
        mark = "LOW" if result < float(lab.low) else "HIGH" if result > float(lab.high) else "NORMAL"
        yield record | {
            "LBCAT": lab.category,
            "LBORNRLO": lab.low,
            "LBORNRHI": lab.high,
            "LBNRIND": mark,
            "LBNAM": words.SITES[one.site][1] + "检验科",
        }


def vs(one: Subject) -> Iterator[Row]:
    """Yield vital signs of each visit."""
    for sign, record in _measured(one, "VS", words.SIGNS):
        yield record | {"VSPOS": "SITTING" if sign.unit == "mmHg" else None}


def _measured(one: Subject, domain: str, what: Sequence[words.Measure]) -> Iterator[tuple[words.Measure, Row]]:
    dice, number = one.dice(domain), 0
    for visit, name, planned in words.VISITS:
        apart = planned - 1 + (dice.between(-_WINDOW, _WINDOW) if visit > _BASELINE else 0)
        day = one.signed if one.first is None else max(one.first + dt.timedelta(days=apart), one.signed)
        if day > one.end or (one.first is None and visit > 1):
            return
        for measure in what:
            if dice.chance(_NOT_DONE):
                continue
            number += 1
            text = _spelt(max(measure.middle + dice.between(-measure.spread, measure.spread), 1), measure)
            values: Row = {
                f"{domain}SEQ": number,
                f"{domain}TESTCD": measure.code,
                f"{domain}TEST": measure.name,
                f"{domain}ORRES": text,
                f"{domain}ORRESU": measure.unit,
                f"{domain}STRESN": float(text),
                f"{domain}STRESU": measure.unit,
                "VISITNUM": visit,
                "VISIT": name,
                f"{domain}DTC": timed(dice, day),
                f"{domain}DY": one.day(day),
            }
            yield measure, row(one, domain, **values)


def _spelt(tenths: int, measure: words.Measure) -> str:
    return f"{tenths // 10}.{tenths % 10}" if measure.code in _WITH_TENTHS else str(tenths // 10)
