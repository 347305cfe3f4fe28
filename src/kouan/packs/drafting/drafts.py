"""A draft of a list from printed rows. What is not certain is left out of the entries and named; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kouan.model.text import Text
from kouan.packs import messages
from kouan.packs.drafting.columns import read_choices
from kouan.packs.drafting.fields import fields_of, not_counted, rest_of, scenarios_of
from kouan.packs.drafting.numbers import bands_of, numbers_in, plain
from kouan.packs.drafting.rows import PrintedRow, Reading, without_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.printed import Block
    from kouan.model.time import LegalDay
    from kouan.packs.drafting.numbers import PrintedBand

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
_NO_TABLE = Text(zh="看不出属于安全评估表还是合同、认证表", en="it is not clear which table it stands in")
_NO_SECTOR = Text(zh="看不出属于哪个行业", en="it is not clear which sector it belongs to")
_NUMBERS = Text(zh="人数没有读懂：{numbers}", en="numbers of persons not understood: {numbers}")
_NO_NUMBER = Text(zh="没有读出人数门槛", en="no number of persons was read")
_NO_FIELDS = Text(zh="没有读出数据项", en="no fields were read")
_TWO_COUNTERS = Text(zh="数据项属于哪一类个人信息看不清", en="it is not clear for which counter its fields stand")
_TWICE = Text(zh="编号 {number} 出现两次", en="the number {number} stands twice")
_NO_HEADER = Text(zh="这一行上面没有认得的表头", en="there is no header that is known above this row")
_ELSEWHERE = Text(
    zh="描述里另有没有读懂的人数：{numbers}", en="its description has numbers that were not understood: {numbers}"
)
_NOTE_NUMBERS = Text(
    zh="注里有人数，须由人对照：{numbers}", en="a note has numbers of persons, for a person to read: {numbers}"
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A row, or a part of one, that could not be read."""

    place: str
    why: Text


@dataclass(slots=True)
class Draft:
    """What came of a file.

    Attributes:
        reading: every row as printed.
        body: `list.yaml`.
        unread: what a person must read.
        open_lists: rows whose fields end with 等.
    """

    reading: Reading
    body: dict[str, Any]
    unread: list[Unread]
    open_lists: list[str] = field(default_factory=list)


def draft_list(
    blocks: Iterable[Block], *, name: str, title: str | None, start: LegalDay, choices: Sequence[str] = ()
) -> Draft:
    """Return the draft of a list.

    Args:
        blocks: paragraphs and tables.
        name: id of the list.
        title: of the list; None takes the document's first line.
        start: first day in force, for a person to confirm.
        choices: columns as the user names them, `role=heading`.

    Raises:
        KouanError: K-PCK-070, K-PCK-071, K-PCK-073.
    """
    if not _ID.match(name):
        raise messages.DRAFT_NAME.at("--id", name=name)
    reading = Reading(read_choices(choices)).read(blocks)
    maker = _Maker(reading)
    for row in reading.rows:
        if row.sort == "entry":
            maker.entry(row)
        elif row.sort == "unread":
            maker.miss(row, _NO_HEADER)
    if not reading.entries():
        raise messages.NO_ENTRIES.at(name)
    for place, note in enumerate(reading.notes, start=1):
        if numbers := numbers_in(note):
            maker.unread.append(Unread(f"note {place}", _NOTE_NUMBERS.fill(numbers="、".join(numbers))))
    heading = _tight(title or next(iter(reading.paragraphs), name))
    return Draft(reading, maker.body(name, heading, start), maker.unread, maker.open_lists)


class _Maker:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sectors: dict[str, str] = {}
        self.scenarios: dict[tuple[str, str], str] = {}
        self.sets: dict[tuple[str, tuple[str, ...], str, tuple[str, ...]], str] = {}
        self.entries: list[dict[str, Any]] = []
        self.exempt: list[tuple[str, ...]] = []
        self.unread: list[Unread] = []
        self.open_lists: list[str] = []
        self._ids: set[str] = set()

    def miss(self, row: PrintedRow, why: Text) -> None:
        """Note what could not be read of a row."""
        self.unread.append(Unread(row.places[0], why))

    def entry(self, row: PrintedRow) -> None:
        """Make an entry of a row, or note why not."""
        if row.table is None:
            self.miss(row, _NO_TABLE)
        if not row.sector:
            self.miss(row, _NO_SECTOR)
        if row.table is None or not row.sector:
            return
        number = f"{len(self.sectors) if row.sector in self.sectors else len(self.sectors) + 1}"
        sector = self.sectors.setdefault(row.sector, f"sector_{number}")
        subclass, description = row.cells.get("subclass", ""), row.cells.get("description", "")
        scenarios = [self._scenario(sector, one) for one in scenarios_of(row.cells.get("scenario", ""), description)]
        found: dict[str, Any] = {"number": row.number, "table": row.table, "sector": sector, "scenarios": scenarios}
        if "重要数据" in plain(row.cells.get("category", "") or subclass):
            found |= {"important": True}
        elif not self._personal(row, found, subclass, description):
            return
        self._keep(row, found, label=without_number(subclass) or description)

    def _personal(self, row: PrintedRow, found: dict[str, Any], subclass: str, description: str) -> bool:
        bands, numbers = bands_of(without_number(subclass))
        if not bands and not numbers:
            bands, numbers = bands_of(description)
        else:
            _, elsewhere = bands_of(description)
            if elsewhere:
                self.miss(row, _ELSEWHERE.fill(numbers="、".join(elsewhere)))
        if numbers or not bands:
            self.miss(row, _NUMBERS.fill(numbers="、".join(numbers)) if numbers else _NO_NUMBER)
            return False
        found["bands"] = [_band(one) for one in bands]
        self.exempt.append(not_counted(description))
        if rest_of(row.cells.get("category", ""), subclass, description) is not None:
            found["residual"] = True
            return True
        return self._named(row, found, description, counters={one.counter for one in bands})

    def _named(self, row: PrintedRow, found: dict[str, Any], description: str, *, counters: set[str]) -> bool:
        groups = fields_of(description)
        if not groups or len(counters) > 1:
            self.miss(row, _NO_FIELDS if not groups else _TWO_COUNTERS)
            return False
        (counter,) = counters
        if any(one.open for one in groups):
            self.open_lists.append(row.places[0])
        sets = []
        for one in groups:
            sector = found["sector"]
            inside = [self._scenario(sector, one.scenario)] if one.scenario else (found["scenarios"] or [])
            if not inside:
                inside = [self._scenario(sector, row.sector)]
            key = (sector, tuple(inside), counter, one.names)
            sets.append(self.sets.setdefault(key, f"{sector.replace('_', '-')}-{counter}-{len(self.sets) + 1}"))
            found["scenarios"] = list(dict.fromkeys((*found["scenarios"], *inside)))
        found["fields"] = list(dict.fromkeys(sets))
        return True

    def _scenario(self, sector: str, name: str) -> str:
        number = sum(one == sector for one, _ in self.scenarios) + 1
        return self.scenarios.setdefault((sector, name), f"{sector}_scenario_{number}")

    def _keep(self, row: PrintedRow, found: dict[str, Any], *, label: str) -> None:
        last = row.number if row.number is not None else row.places[0].replace(".", "-")
        name = f"{found['sector'].replace('_', '-')}-{last}"
        if name in self._ids:
            self.miss(row, _TWICE.fill(number=last))
            name = f"{name}-{row.places[0].replace('.', '-')}"
        self._ids.add(name)
        if row.number is None:
            found = {**found, "article": "unconfirmed", "source": {"instrument": "LIST", "confidence": "L"}}
        kept = {key: value for key, value in found.items() if value not in (None, [])}
        self.entries.append({"id": name, **kept, "label": _both(_tight(label)), "confidence": "L"})

    def body(self, name: str, title: str, start: LegalDay) -> dict[str, Any]:
        """Return `list.yaml`."""
        edition = re.search(r"(20[0-9]{2})年?版", title)
        common = [code for code in (self.exempt[0] if self.exempt else ()) if all(code in one for one in self.exempt)]
        return {
            "id": name,
            "title": _both(title),
            "edition": edition[1] if edition else "unconfirmed",
            "in_force": {"from": start},
            "instrument": "LIST",
            "scope": {"who": {"zh": "由确认人填写", "en": "to be written by the person who confirms"}},
            # What is free follows from the measures, not from the tables: until it is written, a person answers.
            "sectors": [{"id": key, "label": _both(label), "mechanism": True} for label, key in self.sectors.items()],
            "scenarios": [
                {"id": key, "sector": sector, "label": _both(label)} for (sector, label), key in self.scenarios.items()
            ],
            "field_sets": [
                {
                    "id": key,
                    "sector": sector,
                    "scenarios": list(scenarios),
                    "counter": counter,
                    "fields": [{"zh": one, "en": one} for one in names],
                }
                for (sector, scenarios, counter, names), key in self.sets.items()
            ],
            "entries": self.entries,
            "not_counted": common,
            "totals": {"entries": len(self.reading.entries())},
            "completeness": "partial",
            "confidence": "L",
        }


def _band(one: PrintedBand) -> dict[str, Any]:
    found = {"counter": one.counter, "at_least": one.at_least, "below": one.below}
    return {key: value for key, value in found.items() if value is not None}


def _tight(text: str) -> str:
    """Return printed text without its line breaks and spaces."""
    return "".join(text.split())


def _both(text: str) -> dict[str, str]:
    """Return a printed wording for both languages: nobody has translated it yet."""
    return {"zh": text, "en": text}
