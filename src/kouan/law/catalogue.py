"""The packs as a catalogue: every entry with its pack, instrument, article, days in force and confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kouan.packs import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.pack import Instrument, PackHead
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet
    from kouan.packs.packset import Place

KINDS = ("rules", "duties", "conditions", "papers", "triggers", "clocks", "notes", "readings", "parameters")
"""Files whose entries cite an article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that cites an article.

    Attributes:
        kind: file in which it stands, one of KINDS.
        value: the rule, duty, reading, parameter and so on.
        place: pack, file and line.
        instrument: that it cites.
    """

    kind: str
    value: Any
    place: Place
    instrument: Instrument

    @property
    def id(self) -> str:
        """Id of a provision or reading, name of a parameter."""
        return name_of(self.value)

    @property
    def key(self) -> str:
        """Key of the instrument, such as `O16`."""
        return str(self.value.source.instrument)

    @property
    def article(self) -> str:
        """Article as the pack writes it."""
        return str(self.value.article)

    @property
    def label(self) -> Text:
        """What the entry says, in one line."""
        value = self.value
        text: Text = getattr(value, "label", None) or getattr(value, "text", None) or value.question
        return text

    @property
    def status(self) -> str:
        """`in_force`, `draft` or `proposal`."""
        return str(getattr(self.value, "status", "in_force"))

    @property
    def confidence(self) -> str:
        """H, M or L."""
        return str(self.value.source.confidence)

    def in_force(self, day: LegalDay) -> bool:
        """Whether it applies on a day: in force by its status and its dates."""
        if self.status != "in_force":
            return False
        periods = getattr(self.value, "values", None) or (self.value.in_force,)
        return any(period.holds(day) for period in periods)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted; None does not restrict.

    Attributes:
        on: only those in force on this day.
    """

    pack: str | None = None
    instrument: str | None = None
    kind: str | None = None
    status: str | None = None
    confidence: str | None = None
    on: LegalDay | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is wanted."""
        wanted = {
            entry.place.pack: self.pack,
            entry.key: self.instrument,
            entry.kind: self.kind,
            entry.status: self.status,
            entry.confidence: self.confidence,
        }
        return all(want in (None, has) for has, want in wanted.items()) and (self.on is None or entry.in_force(self.on))


def entries(packs: PackSet) -> tuple[Entry, ...]:
    """Return every entry that cites an article, by pack, file and line as they were loaded."""
    found = []
    for kind in KINDS:
        values: Iterable[Any] = packs.parameters.values() if kind == "parameters" else getattr(packs, kind)
        for value in values:
            place = packs.places[kind, name_of(value)]
            instrument = packs.heads[place.pack].instruments[value.source.instrument]
            found.append(Entry(kind, value, place, instrument))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of a pack there are, and of which sort.

    Attributes:
        kinds, statuses, confidences: how many of each.
        in_force: how many apply on the day.
    """

    total: int
    in_force: int
    kinds: Counter[str]
    statuses: Counter[str]
    confidences: Counter[str]


def tally(found: Sequence[Entry], day: LegalDay) -> Tally:
    """Count entries."""
    return Tally(
        total=len(found),
        in_force=sum(one.in_force(day) for one in found),
        kinds=Counter(one.kind for one in found),
        statuses=Counter(one.status for one in found),
        confidences=Counter(one.confidence for one in found),
    )


def instruments(heads: Iterable[PackHead]) -> dict[str, Instrument]:
    """Return the instruments of some packs by key; of one that several packs cite, the head that knows its edition."""
    found: dict[str, Instrument] = {}
    for head in heads:
        for key, one in head.instruments.items():
            if key not in found or (one.edition and not found[key].edition):
                found[key] = one
    return found
