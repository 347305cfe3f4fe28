"""What reporters and safety staff write: free text that names people, as such text does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.icsr import words

if TYPE_CHECKING:
    import datetime as dt

    from examples.dice import Dice
    from examples.icsr.cases import Case, Reporter

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEWBORN_YEARS = 1.0


def english(case: Case, dice: Dice) -> str:
    """Return the narrative in English (H.1)."""
    first, suspect = case.events[0], case.drugs[0]
    events = _listed([event.term.en.lower() for event in case.events])
    who = dice.pick((case.patient.latin, f"patient {case.patient.initials}", "the patient", case.patient.name))
    dose = f"{suspect.product.en} (batch {suspect.lot}) for {suspect.indication.en.lower()}"
    parts = [_opening(case, dice)]
    if case.parent is not None:
        parts.append(f"The mother, {case.parent.latin}, took {dose} from {_day(suspect.started)} while pregnant.")
    else:
        parts.append(f"On {_day(suspect.started)}, {who} ({_sex(case)}, {_age(case)}) started {dose}.")
    parts.append(f"{_days_after(case)} the patient developed {events}, first seen on {_day(case.onset)}.")
    if "3" in case.records and dice.chance(0.7):
        parts.append(f"Admitted to {_hospital(case)}, hospital no. {case.records['3']}.")
    parts += [f"{test.lab.term.en}: {test.value} {test.lab.unit}." for test in case.tests]
    if case.died:
        parts.append(f"The patient died on {_day(case.died)}. It was not reported whether an autopsy was performed.")
    else:
        parts.append(f"Outcome of {first.term.en.lower()}: {first.outcome[1]}.")
    if dice.chance(0.35):
        parts.append(_contact(case, dice))
    if case.version > 1:
        parts.append(
            f"Follow-up received on {_day(case.latest)}: {case.reporters[0].person.latin} sent a further result."
        )
    return " ".join(parts)


def chinese(case: Case, dice: Dice) -> str:
    """Return the case summary in Chinese (H.5, or H.1 when nobody has translated it)."""
    first, suspect = case.events[0], case.drugs[0]
    events = "、".join(event.term.zh for event in case.events)
    who = dice.pick((case.patient.name, case.patient.halves[0] + "某", case.patient.initials, ""))
    drug = f"{suspect.product.zh}（批号{suspect.lot}）"
    parts = []
    if case.parent is not None:
        parts.append(f"患儿母亲{case.parent.name}孕期因{suspect.indication.zh}使用{drug}，")
        parts.append(f"患儿于{_zh_day(case.patient.born)}出生，{_zh_day(case.onset)}发现{events}。")
    else:
        sex = "男" if case.patient.male else "女"
        parts.append(f"患者{who}，{sex}，{max(int(case.years()), 1)}岁，{_zh_day(suspect.started)}")
        parts.append(f"因{suspect.indication.zh}开始使用{drug}，{_zh_day(case.onset)}出现{events}。")
    if "3" in case.records and dice.chance(0.8):
        parts.append(f"收入{words.HOSPITALS[case.reporters[0].hospital][0]}，住院号{case.records['3']}。")
    parts += [f"{test.lab.term.zh}{test.value} {test.lab.unit}。" for test in case.tests]
    if case.history:
        parts.append(f"既往史：{'、'.join(term.zh for term in case.history)}。")
    parts.append(f"患者于{_zh_day(case.died)}死亡。" if case.died else f"转归：{first.outcome[2]}。")
    parts.append(_zh_contact(case, dice))
    if case.version > 1:
        parts.append(f"{_zh_day(case.latest)}随访：{case.reporters[0].person.name}补充了检查结果。")
    return "".join(parts)


def reporter_comment(case: Case, dice: Dice) -> str:
    """Return what the reporter adds (H.2)."""
    name, phone = case.reporters[0].person.name, case.reporters[0].phone
    return dice.pick(
        (
            f"考虑与{case.drugs[0].product.zh}有关，已停药观察。如需病历请联系{name}，{phone}。",
            "患者合并用药较多，因果关系难以判断。",
            f"家属已知情。患者身份证号{case.patient.resident_id}已登记。",
            f"Probably related. Please call {phone} for the discharge letter.",
        )
    )


def sender_comment(case: Case, dice: Dice) -> str:
    """Return what the safety staff adds (H.4)."""
    return dice.pick(
        (
            "The company considers the event possibly related to the suspect product; confounders are listed.",
            f"Time to onset is compatible. Assessed by {case.handler.latin}.",
            "Information is insufficient for an assessment; follow-up has been requested.",
        )
    )


def inner_comment(case: Case, dice: Dice) -> str | None:
    """Return a comment that somebody left in the file, mostly none."""
    if not dice.chance(0.3):
        return None
    return dice.pick(
        (
            f"录入：{case.handler.name}，{case.received:%Y-%m-%d}",
            f"TODO 核对患者姓名 {case.patient.name}",
            f"source letter from {case.reporters[0].person.latin}, {case.reporters[0].phone}",
            "checked against source",
        )
    )


def _opening(case: Case, dice: Dice) -> str:
    reporter = case.reporters[0]
    kind = words.QUALIFICATIONS[reporter.qualification][0].lower()
    named = f", {reporter.person.latin}," if dice.chance(0.5) else ""
    origin = "a report from a study" if case.study else "a spontaneous report"
    return f"This is {origin} received from a {kind}{named} in {_where(reporter)} on {_day(case.received)}."


def _where(reporter: Reporter) -> str:
    return "China" if reporter.qualification == "5" else words.HOSPITALS[reporter.hospital][1]


def _hospital(case: Case) -> str:
    return words.HOSPITALS[case.reporters[0].hospital][1]


def _days_after(case: Case) -> str:
    days = (case.onset - case.drugs[0].started).days
    return "After exposure before birth" if case.parent else f"{days} day{'s' if days != 1 else ''} later"


def _contact(case: Case, dice: Dice) -> str:
    reporter = case.reporters[0]
    return dice.pick(
        (
            f"Contact: {reporter.person.mailbox}.",
            f"The reporter can be reached at {reporter.phone}.",
            f"The patient was born on {_day(case.patient.born)} and lives at {case.patient.address}.",
        )
    )


def _zh_contact(case: Case, dice: Dice) -> str:
    reporter = case.reporters[0]
    kind = words.QUALIFICATIONS[reporter.qualification][1]
    return dice.pick(
        (
            "",
            f"报告人{reporter.person.name}（{kind}），电话{reporter.phone}。",
            f"患者手机{case.patient.mobile}，住{case.patient.address}。",
            f"（{case.patient.name}，{case.patient.born:%Y.%m.%d}生）",
        )
    )


def _listed(terms: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(terms[:-1]), terms[-1])))


def _sex(case: Case) -> str:
    return "male" if case.patient.male else "female"


def _age(case: Case) -> str:
    return f"{int(case.years())}-year-old" if case.years() >= _NEWBORN_YEARS else "infant"


def _day(day: dt.date) -> str:
    return f"{day:%d}-{_MONTHS[day.month - 1]}-{day:%Y}"


def _zh_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
