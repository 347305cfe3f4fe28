"""Loaded packs, ready for the law room and for a clearance folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kouan.model.decision import Override, PackRef, SourceRef
    from kouan.model.neglist import NegativeList
    from kouan.model.pack import PackHead, Parameter
    from kouan.model.provision import (
        ClockRule,
        ConditionRule,
        DutyRule,
        NoteRule,
        PaperRule,
        Rule,
        TriggerRule,
    )
    from kouan.model.reading import Reading
    from kouan.model.vocabulary import FactDef


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where an entry stands: the pack's id, and `file:line`, which is looked up when somebody asks."""

    pack: str
    find: Callable[[], str]

    @property
    def line(self) -> str:
        """Return `file:line`."""
        return self.find()


@dataclass(frozen=True, slots=True, eq=False)
class PackSet:
    """Packs read together and checked against each other.

    Attributes:
        refs: id, version and digest of each pack, by id.
        facts: the vocabulary by name, in its written order.
        parameters: dated numbers by name.
        rules, duties, conditions, papers, triggers, clocks, notes, readings: by pack id, then as
            written.
        lists: of each provision that belongs to a negative list, the id of the list.
        pack_of: id of the pack of each provision.
        editions: the negative lists themselves by id.
        sources: source of each provision by its id.
        files: raw bytes of each pack's files by pack id and file name.
        heads: head of each pack by its id.
        overrides: what user packs loosen.
        places: where each entry stands, by file (`rules`, `parameters`, …) and id or name.
    """

    refs: tuple[PackRef, ...]
    facts: Mapping[str, FactDef]
    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]
    duties: tuple[DutyRule, ...]
    conditions: tuple[ConditionRule, ...]
    papers: tuple[PaperRule, ...]
    triggers: tuple[TriggerRule, ...]
    clocks: tuple[ClockRule, ...]
    notes: tuple[NoteRule, ...]
    readings: tuple[Reading, ...]
    lists: Mapping[str, str]
    pack_of: Mapping[str, str]
    editions: Mapping[str, NegativeList]
    sources: Mapping[str, SourceRef]
    files: Mapping[str, Mapping[str, bytes]]
    heads: Mapping[str, PackHead]
    places: Mapping[tuple[str, str], Place]
    overrides: tuple[Override, ...] = ()

    def copy_to(self, folder: Path) -> tuple[Path, ...]:
        """Write the exact files of every pack as `<folder>/<pack id>/<file>`; `load_packs(folder)` gives equal refs."""
        written = []
        for pack, files in self.files.items():
            (folder / pack).mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                path = folder / pack / name
                path.write_bytes(data)
                written.append(path)
        return tuple(written)


def name_of(entry: Any) -> str:
    """Return the id of a provision or reading, the name of a fact or parameter."""
    return str(getattr(entry, "id", None) or entry.name)
