"""What happened to the subjects, what else they took, and what staff noted: AE, CM and CO."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from examples.trial import words
from examples.trial.demographics import relative
from examples.trial.rows import Row, partly, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.trial.subjects import Subject

_COMMENTS = (
    "受试者{name}来电（{mobile}）要求改期",
    "已电话通知家属{relative}，电话{mobile}",
    "住院号{record}，外院病历由受试者本人带来",
    "Visit done at home: {address}",
    "Sample haemolysed, repeated next day",
    "剂量记录与原始病历不一致，已更正",
    "PI {investigator} informed by phone, 010-5550{desk}",
    "Subject {latin} moved, new mail {mailbox}",
)


def ae(one: Subject) -> Iterator[Row]:
    """Yield adverse events; one in eight begins on a day that nobody knows."""
    if one.first is None or one.last is None:
        return
    dice = one.dice("AE")
    drawn = dice.some(words.EVENTS, dice.pick((0, 1, 1, 2, 2, 3, 4)))
    for number, event in enumerate(drawn, 1):
        begun = one.first + dt.timedelta(days=dice.below((one.last - one.first).days))
        ended = min(begun + dt.timedelta(days=dice.between(1, 30)), one.end)
        fatal = one.died is not None and number == 1
        goes_on = fatal or dice.chance(0.2)
        written = dice.pick(event.verbatim)
        if dice.chance(0.04):
            written = f"{written}（患者{one.person.name}自述）"
        known = partly(dice, begun, months=0.1, years=0.025)
        yield row(
            one,
            "AE",
            AESEQ=number,
            AESPID=f"E{number:02}",
            AETERM=written,
            AEDECOD=event.decoded,
            AEBODSYS=event.system,
            AESEV="SEVERE" if fatal else dice.pick(("MILD", "MILD", "MODERATE", "SEVERE")),
            AESER="Y" if fatal or dice.chance(0.06) else "N",
            AEACN=dice.pick(("DOSE NOT CHANGED", "DRUG INTERRUPTED", "DRUG WITHDRAWN")),
            AEREL=dice.pick(("NOT RELATED", "POSSIBLE", "PROBABLE")),
            AEOUT="FATAL" if fatal else "NOT RECOVERED/NOT RESOLVED" if goes_on else "RECOVERED/RESOLVED",
            AESDTH="Y" if fatal else "N",
            AESHOSP="Y" if fatal else "N",
            AESTDTC=known,
            AEENDTC=None if goes_on else ended.isoformat(),
            AESTDY=one.day(begun) if known == begun.isoformat() else None,
            AEENDY=None if goes_on else one.day(ended),
        )


def cm(one: Subject) -> Iterator[Row]:
    """Yield other medicines; when they began is mostly known to the month or year."""
    dice = one.dice("CM")
    for number, drug in enumerate(dice.some(words.DRUGS, dice.below(4)), 1):
        begun = one.signed - dt.timedelta(days=dice.between(10, 2000))
        yield row(
            one,
            "CM",
            CMSEQ=number,
            CMTRT=dice.pick(drug.written),
            CMDECOD=drug.decoded,
            CMINDC=drug.indication,
            CMDOSE=drug.dose,
            CMDOSU="mg",
            CMROUTE="ORAL",
            CMSTDTC=partly(dice, begun, months=0.5, years=0.3),
            CMENDTC=one.end.isoformat() if dice.chance(0.3) else None,
        )


def co(one: Subject) -> Iterator[Row]:
    """Yield comments that site staff wrote beside the form."""
    dice = one.dice("CO")
    for number in range(1, dice.pick((0, 1, 1, 2)) + 1):
        person = one.person
        text = dice.pick(_COMMENTS).format(
            name=person.name,
            latin=person.latin,
            mobile=person.mobile,
            mailbox=person.mailbox,
            address=person.address,
            relative=relative(one),
            record=one.record,
            investigator=one.investigator.name,
            desk=dice.digits(4),
        )
        domain = dice.pick(("DM", "AE", "LB"))
        yield row(
            one,
            "CO",
            RDOMAIN=domain,
            COSEQ=number,
            IDVAR=None if domain == "DM" else f"{domain}SEQ",
            IDVARVAL=None if domain == "DM" else "1",
            COVAL=text,
            COEVAL="INVESTIGATOR",
            CODTC=one.signed.isoformat(),
        )
