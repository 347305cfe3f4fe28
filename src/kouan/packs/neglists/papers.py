"""Procedure and notes of a list: duties, conditions of release, papers, clocks, triggers, what to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.decision import ConditionKind
from kouan.model.pack import UNCONFIRMED, Cited
from kouan.model.provision import ClockRule, ConditionRule, DutyKind, DutyRule, NoteRule, PaperRule, TriggerRule
from kouan.model.text import Text
from kouan.packs.neglists.clauses import Shared, every, fact, no
from kouan.packs.neglists.words import important_note, number_note, unread_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.neglist import ImportantNumber, ListEntry, ListStep, NegativeList
    from kouan.model.provision import Provision
    from kouan.model.strictyaml import Location

_ZONE = Text(zh="片区管理机构", en="the zone's administration")
_DONE = Text(zh="使用该清单的程序已经履行", en="what the use of the list asks for is done")
_DONE_ASK = Text(
    zh="报告、申请或者备案的日期和受理机构；管理办法没有要求的，写明依据",
    en="day of the report, application or filing, and with whom; where the measures ask for none, the grounds",
)
_ASK = Text(
    zh="备案或者意见的文号、日期和出具机构", en="number and day of the filing or opinion, and the body that gave it"
)

Made = tuple[str, "Provision", "Location"]
"""File in which a provision would stand, the provision, its place in `list.yaml`."""


class PaperMaker:
    """Makes what a list brings besides rules."""

    def __init__(self, one: NegativeList, shared: Shared) -> None:
        self._list = one
        self._shared = shared

    def _id(self, *parts: str) -> str:
        return "-".join((self._list.id, *parts))

    def steps(self) -> Iterator[Made]:
        """Yield the duty of each step, what is attested before release, its papers and the zone's time to answer."""
        for place, step in enumerate(self._list.steps):
            at: Location = ("steps", place)
            yield "duties", self._duty(step), at
            if step.before:
                yield "conditions", self._condition(step), at
            for number, paper in enumerate(step.papers):
                made = PaperRule(
                    id=self._id(step.id, paper.id),
                    article=step.article,
                    when=self._shared.touched,
                    in_force=self._list.in_force,
                    source=step.source,
                    label=paper.label,
                    detail=paper.detail,
                )
                yield "papers", made, (*at, "papers", number)
            if step.answer_days and step.starts:
                yield "clocks", self._clock(step, step.answer_days, step.starts), at

    def formalities(self) -> Iterator[Made]:
        """Yield that somebody vouches for the formalities where the outcome rests on them and no step is attested."""
        if not self._list.formalities_first or any(step.before for step in self._list.steps):
            return
        first = next(iter(self._list.steps), None)
        instrument = self._list.instrument if first is None else first.source.instrument
        made = ConditionRule(
            id=self._id("formalities"),
            article=UNCONFIRMED if first is None else first.article,
            when=every(self._shared.touched, fact("list.formalities", is_=True)),
            in_force=self._list.in_force,
            source=Cited(instrument=instrument, confidence="L" if first is None else "M"),
            certain=True,
            kind=ConditionKind.STATEMENT,
            label=_DONE
            if first is None
            else Text(zh=f"{_DONE.zh}：{first.label.zh}", en=f"{_DONE.en}: {first.label.en}"),
            ask=_DONE_ASK,
        )
        yield "conditions", made, ("id",) if first is None else ("steps", 0)

    def _duty(self, step: ListStep) -> DutyRule:
        return DutyRule(
            id=self._id(step.id),
            article=step.article,
            when=self._shared.touched,
            in_force=self._list.in_force,
            source=step.source,
            kind=DutyKind.FILING,
            clock=self._id(step.id, "answer") if step.answer_days else None,
            label=step.label,
            detail=step.detail,
        )

    def _condition(self, step: ListStep) -> ConditionRule:
        return ConditionRule(
            id=self._id(step.id, "done"),
            article=step.article,
            when=every(self._shared.touched, fact("list.formalities", is_=True)),
            in_force=self._list.in_force,
            source=step.source,
            certain=True,
            kind=ConditionKind.FILING_NUMBER,
            label=step.label,
            ask=_ASK,
        )

    def _clock(self, step: ListStep, days: int, starts: Text) -> ClockRule:
        return ClockRule(
            id=self._id(step.id, "answer"),
            article=step.article,
            when=self._shared.touched,
            in_force=self._list.in_force,
            source=step.source,
            label=Text(zh=f"{step.label.zh}的答复", en=f"answer to: {step.label.en}"),
            starts=f"list.{step.id.replace('-', '_')}_received",
            starts_label=starts,
            amount=days,
            unit="working_day",
            who=_ZONE,
        )

    def changes(self) -> Iterator[Made]:
        """Yield the changes after which a step is done again."""
        for place, change in enumerate(self._list.changes):
            made = TriggerRule(
                id=self._id(change.id),
                article=change.article,
                when=self._shared.touched,
                in_force=self._list.in_force,
                source=change.source,
                label=change.label,
                then=change.then,
            )
            yield "triggers", made, ("changes", place)

    def notes(self) -> Iterator[Made]:
        """Yield what a person must check: important data that the list describes or numbers, what was not found."""
        for place, entry in enumerate(self._list.entries):
            if entry.important:
                yield "notes", self._important(entry), ("entries", place)
        for place, rule in enumerate(self._list.important_numbers):
            yield "notes", self._number(rule), ("important_numbers", place)
        unread = [place for place, sector in enumerate(self._list.sectors) if sector.mechanism]
        if unread:
            sectors = tuple(self._list.sectors[place].id for place in unread)
            note = NoteRule(
                id=self._id("unread"),
                article=UNCONFIRMED,
                when=every(self._shared.used, fact("list.sector", among=sectors)),
                in_force=self._list.in_force,
                source=Cited(instrument=self._list.instrument, confidence="L"),
                text=unread_note(self._list),
            )
            yield "notes", note, ("sectors", unread[0])

    def _important(self, entry: ListEntry) -> NoteRule:
        inside = [fact("list.scenario", among=entry.scenarios)] if entry.scenarios else []
        return NoteRule(
            id=self._id(entry.id),
            article=entry.article or f"entry {entry.number}",
            when=every(self._shared.used, fact("list.sector", is_=entry.sector), *inside),
            in_force=self._list.in_force,
            source=entry.source or Cited(instrument=self._list.instrument, confidence=entry.confidence),
            counted=False,
            text=important_note(self._list, entry),
        )

    def _number(self, rule: ImportantNumber) -> NoteRule:
        reached = [fact(f"year.{rule.counter}_persons", at_least=rule.at_least)]
        reached += [fact("list.sector", is_=rule.sector)] if rule.sector else []
        return NoteRule(
            id=self._id(rule.id),
            article=rule.article,
            when=every(self._shared.used, no(fact("data.important", is_=True)), *reached),
            in_force=self._list.in_force,
            source=rule.source,
            certain=True,
            text=number_note(self._list, rule),
        )
