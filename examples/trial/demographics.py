"""Who the subjects are and how their way through the trial went: DM, SUPPDM, DS and EX."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from examples.trial import words
from examples.trial.rows import Row, partly, row, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.trial.subjects import Subject

_REASONS = {
    "WITHDRAWAL BY SUBJECT": ("受试者要求退出", "家属{name}不同意继续", "WITHDREW CONSENT"),
    "ADVERSE EVENT": ("因不良事件退出", "AE, see page 12"),
    "LOST TO FOLLOW-UP": ("失访，电话{mobile}无人接听", "LOST TO FOLLOW-UP"),
    "DEATH": ("死亡", "DEATH"),
    "SCREEN FAILURE": ("筛选失败", "ALT > 2 x ULN"),
}


def dm(one: Subject) -> Iterator[Row]:
    """Yield the record of demographics."""
    born, dice = one.person.born, one.dice("DM")
    birth = partly(dice, born, months=0.1, years=0.1)
    age = one.signed.year - born.year - ((one.signed.month, one.signed.day) < (born.month, born.day))
    who = one.investigator
    yield row(
        one,
        "DM",
        SUBJID=one.number,
        RFSTDTC=_iso(one.first),
        RFENDTC=_iso(one.last),
        RFXSTDTC=timed(dice, one.first) if one.first else None,
        RFXENDTC=_iso(one.last),
        RFICDTC=one.signed.isoformat(),
        RFPENDTC=one.end.isoformat(),
        DTHDTC=_iso(one.died),
        DTHFL="Y" if one.died else None,
        SITEID=words.SITES[one.site][0],
        INVID=f"INV{words.SITES[one.site][0]}",
        INVNAM=who.name if one.site % 2 else f"{who.family.upper()}, {who.given}",
        BRTHDTC=birth,
        AGE=age,
        AGEU="YEARS",
        SEX="M" if one.person.male else "F",
        RACE="ASIAN",
        ETHNIC="NOT HISPANIC OR LATINO",
        ARMCD=one.arm[0],
        ARM=one.arm[1],
        ACTARMCD=one.arm[0],
        ACTARM=one.arm[1],
        COUNTRY="CHN",
        DMDTC=one.signed.isoformat(),
        DMDY=one.day(one.signed),
    )


def suppdm(one: Subject) -> Iterator[Row]:
    """Yield what has no place in DM: initials, hospital number, schooling, nationality within China."""
    dice = one.dice("SUPPDM")
    values = [("INITIALS", "Subject Initials", one.person.initials.replace(".", ""), "CRF")]
    if dice.chance(0.6):
        values.append(("MEDREC", "Hospital Record Number", one.record, "CRF"))
    values.append(("NATION", "Nationality in China", dice.pick(words.NATIONS), "CRF"))
    if dice.chance(0.7):
        values.append(("SCHOOL", "Highest Schooling", dice.pick(words.SCHOOLING), "CRF"))
    values.append(("SAFETY", "Safety Population Flag", "Y" if one.first else "N", "DERIVED"))
    for name, label, value, origin in values:
        record = row(one, "", RDOMAIN="DM", QNAM=name, QLABEL=label, QVAL=value, QORIG=origin)
        del record["DOMAIN"]
        yield record


def ds(one: Subject) -> Iterator[Row]:
    """Yield consent, randomisation and how the subject's participation ended."""
    steps = [("INFORMED CONSENT OBTAINED", "INFORMED CONSENT OBTAINED", "PROTOCOL MILESTONE", one.signed)]
    if one.first:
        steps.append(("RANDOMIZED", "RANDOMIZED", "PROTOCOL MILESTONE", one.first))
    decoded = one.left or "COMPLETED"
    written = one.dice("DS").pick(_REASONS.get(decoded, ("COMPLETED", "完成全部访视")))
    written = written.format(name=relative(one), mobile=one.person.mobile)
    steps.append((written, decoded, "DISPOSITION EVENT", one.end))
    for number, (term, code, category, day) in enumerate(steps, 1):
        yield row(
            one,
            "DS",
            DSSEQ=number,
            DSTERM=term,
            DSDECOD=code,
            DSCAT=category,
            DSSTDTC=day.isoformat(),
            DSSTDY=one.day(day),
        )


def ex(one: Subject) -> Iterator[Row]:
    """Yield the intervals of treatment from visit to visit."""
    if one.first is None or one.last is None:
        return
    dose = {"ZRF20": 20, "ZRF40": 40, "PBO": 0}[one.arm[0]]
    starts = [(number, name, day) for number, name, day in words.VISITS if 0 < day <= (one.last - one.first).days]
    for at, (number, name, day) in enumerate(starts):
        start = one.first + dt.timedelta(days=day - 1)
        after = one.first + dt.timedelta(days=starts[at + 1][2] - 2) if at + 1 < len(starts) else one.last
        yield row(
            one,
            "EX",
            EXSEQ=at + 1,
            EXTRT=words.TREATMENT if dose else "PLACEBO",
            EXDOSE=dose,
            EXDOSU="mg",
            EXDOSFRM="TABLET",
            EXDOSFRQ="QD",
            EXROUTE="ORAL",
            VISITNUM=number,
            VISIT=name,
            EXSTDTC=start.isoformat(),
            EXENDTC=after.isoformat(),
            EXSTDY=one.day(start),
            EXENDY=one.day(after),
        )


def relative(one: Subject) -> str:
    """Return the name of a relative who shares the subject's surname."""
    return one.person.halves[0] + one.person.name[-1] * 2


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
