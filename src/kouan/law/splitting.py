"""Signs that transfers were split to stay below a floor (order 13 Art 4(3), order 20 Art 5(4)): findings for people.

A finding is a warning with its reason. It never changes a decision, least of all to a lighter one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kouan.law.counts import total
from kouan.law.wording import threshold
from kouan.model.portfolio import Finding
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kouan.law.compiled import Law
    from kouan.law.kleene import Count
    from kouan.model.decision import SourceRef
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_NEAR = 31
"""Days on either side of 1 January within which two transfers are looked at together."""
_GROUNDS = (("O13", "4(3)"), ("O20", "5(4)"))


@dataclass(frozen=True, slots=True)
class Strand:
    """What one transfer contributes, whoever decides it.

    Attributes:
        exporter: its code or name.
        recipients: names.
        day: on which it is made, or None.
        persons: by the fact that starts a counter, the persons it adds.
        before: by the same, those declared to have left before it, none where not declared.
        before_day: on which these were counted.
    """

    name: str
    exporter: str
    recipients: frozenset[str]
    scenario: str
    day: LegalDay | None
    persons: Mapping[str, Count]
    before: Mapping[str, Count]
    before_day: LegalDay | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """A number of persons from which on something heavier is due; `start` is the fact that starts the counter."""

    start: str
    label: Text
    number: int


def floors_of(law: Law) -> tuple[Floor, ...]:
    """Return the floors of the counters of the year, the highest of each counter first."""
    found = []
    for derived in dict.fromkeys(part.derived for part in law.sums):
        starts = {part.start for part in law.sums if part.derived == derived}
        if len(starts) == 1:
            name, label = law.facts[starts.pop()].name, law.facts[derived].label
            found += [Floor(name, label, cut) for cut in reversed(law.cuts.get(derived, ()))]
    return tuple(found)


def find_splits(strands: Sequence[Strand], floors: Sequence[Floor], packs: PackSet) -> tuple[Finding, ...]:
    """Return what looks like splitting among transfers of one exporter or group, and counts that leave one out.

    Args:
        strands: of one portfolio with its declared siblings.
        floors: of the law of the day.
        packs: where the articles are cited from.
    """
    sources = tuple(_sources(packs))
    found = chain(_clusters(strands, floors), _left_out(strands))
    return tuple(
        Finding(id=kind, text=text, transfers=names, sources=sources) for kind, text, names in dict.fromkeys(found)
    )


_Found = tuple[str, Text, tuple[str, ...]]


def _clusters(strands: Sequence[Strand], floors: Sequence[Floor]) -> Iterator[_Found]:
    keys = sorted({(recipient, one.scenario) for one in strands for recipient in one.recipients})
    for recipient, scenario in keys:
        alike = sorted(
            (one for one in strands if recipient in one.recipients and one.scenario == scenario),
            key=lambda one: one.name,
        )
        for number in sorted({(one.exporter, _year(one)) for one in alike}, key=str):
            yield from _below("together", [[one] for one in alike if (one.exporter, _year(one)) == number], floors)
        for year in sorted({_year(one) for one in alike}):
            yield from _below("exporters", _by_exporter([one for one in alike if _year(one) == year]), floors)
        for exporter in sorted({one.exporter for one in alike}):
            yield from _new_year([one for one in alike if one.exporter == exporter], floors)


def _year(one: Strand) -> int:
    return 0 if one.day is None else one.day.year


def _by_exporter(strands: Sequence[Strand]) -> list[list[Strand]]:
    return [[one for one in strands if one.exporter == name] for name in dict.fromkeys(one.exporter for one in strands)]


def _new_year(strands: Sequence[Strand], floors: Sequence[Floor]) -> Iterator[_Found]:
    days = [one.day for one in strands if one.day is not None]
    for turn in sorted({day.replace(month=1, day=1) for day in days}):
        before = [one for one in strands if one.day is not None and 0 < (turn - one.day).days <= _NEAR]
        after = [one for one in strands if one.day is not None and 0 <= (one.day - turn).days < _NEAR]
        if before and after:
            yield from _below("new_year", [before, after], floors)


def _below(kind: str, groups: Sequence[Sequence[Strand]], floors: Sequence[Floor]) -> Iterator[_Found]:
    """Yield a finding for each counter whose highest floor the groups may reach together and none does for certain."""
    done: set[str] = set()
    for floor in floors if len(groups) > 1 else ():
        spans = [total([one.persons.get(floor.start, (0, 0)) for one in group]) for group in groups]
        bringing = [span for span in spans if span[1]]
        if floor.start in done or len(bringing) < 2 or any(span[0] >= floor.number for span in spans):  # noqa: PLR2004
            continue
        if total(spans)[1] >= floor.number:
            done.add(floor.start)
            names = tuple(one.name for group in groups for one in group)
            yield kind, _words(kind, floor, names), names


_ENDS = {
    "together": Text(
        zh="向同一接收方、用于同一场景的几次出境{names}，单独看均未达到{floor}人，合计可能达到（{label}）",
        en="transfers to one recipient for one scenario ({names}) each stay below {floor} and may reach it together"
        " ({label})",
    ),
    "exporters": Text(
        zh="同一集团的几家单位经{names}向同一接收方提供同一场景的数据，单独看均未达到{floor}人，合计可能达到（{label}）",
        en="several exporters of one group send data of one scenario to one recipient ({names}); each stays below"
        " {floor}, together they may reach it ({label})",
    ),
    "new_year": Text(
        zh="1月1日前后向同一接收方、用于同一场景的出境{names}，分属两年均未达到{floor}人，合计可能达到（{label}）",
        en="transfers to one recipient for one scenario shortly before and after 1 January ({names}) stay below {floor}"
        " in each year and may reach it together ({label})",
    ),
    "left_out": Text(
        zh="申报的当年累计人数少于此前已作的出境{names}，可能漏计",
        en="the declared persons of the year are fewer than those of an earlier transfer ({names}): it may be left out",
    ),
}
_MEANS = Text(
    zh="；不得以拆分数量等手段规避数据出境安全评估，请核实并留存说明。",
    en=". Splitting numbers to avoid a security assessment is forbidden; check, and keep the explanation.",
)


def _words(kind: str, floor: Floor | None, names: Iterable[str]) -> Text:
    listed = list(names)
    said = _ENDS[kind].fill(
        names=Text(zh="“" + "”“".join(listed) + "”", en=", ".join(listed)),
        floor="" if floor is None else threshold(floor.number),
        label="" if floor is None else floor.label,
    )
    return Text(zh=said.zh + _MEANS.zh, en=said.en[:1].upper() + said.en[1:] + _MEANS.en)


def _left_out(strands: Sequence[Strand]) -> Iterator[_Found]:
    for one in strands:
        for other in strands:
            earlier = (
                one is not other
                and one.exporter == other.exporter
                and None not in (one.before_day, other.day)
                and other.day <= one.before_day  # type: ignore[operator]  # neither is None here
                and other.day.year == one.before_day.year  # type: ignore[union-attr]
            )
            if earlier and any(
                start in one.before and span[0] > one.before[start][1] for start, span in other.persons.items()
            ):
                yield "left_out", _words("left_out", None, (other.name,)), (one.name, other.name)


def _sources(packs: PackSet) -> Iterator[SourceRef]:
    for instrument, article in _GROUNDS:
        cited = next((one for one in packs.sources.values() if one.instrument == instrument), None)
        if cited is not None:
            yield cited.model_copy(update={"article": article, "confidence": "H"})
