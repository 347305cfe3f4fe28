"""One declaration with its sources and packs laid out, and the single steps of the journey on them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.again import Again, open_meter
from kouan.clearance.assessing import declared_otherwise, open_population, setting_of
from kouan.clearance.consenting import check_ground, match_consents
from kouan.clearance.counting import metered_before
from kouan.clearance.declare import check_declaration, check_sources, read_declaration
from kouan.clearance.engines import engine_of
from kouan.clearance.facts import build_facts
from kouan.clearance.labelling import find_labels
from kouan.clearance.naming import check_names
from kouan.clearance.necessity import necessity_of
from kouan.clearance.opening import NO_LABELS, as_raw, open_declared, open_ledger, options_of
from kouan.clearance.profiling import choose_profile
from kouan.clearance.quasicheck import check_known
from kouan.deidentify import make_plan, not_needed, read_hierarchies
from kouan.deidentify.aiming import Aimed, Data, aim_plan, goal_of, merged
from kouan.evidence.keystore import FileKeyStore
from kouan.formats import Address, open_source, open_sources
from kouan.law import decide
from kouan.meter.personset import set_of
from kouan.meter.shelf import key_purpose
from kouan.model.declaration import SourceSpec
from kouan.model.items import split_item_id
from kouan.model.ports import silent
from kouan.packs import builtin_root, find_purpose, load_packs, load_sectors, open_purposes
from kouan.packs.thresholds import load_thresholds
from kouan.recognize import SourceInput, inspect
from kouan.recognize.across import Across
from kouan.recognize.hints import with_labels
from kouan.recognize.prose.model import model_of
from kouan.risk import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kouan.clearance.consenting import Consenting
    from kouan.clearance.counting import Metered
    from kouan.clearance.labelling import LabelBook
    from kouan.clearance.settings import Settings
    from kouan.deidentify import Holder
    from kouan.formats.source import Entity, Source
    from kouan.model.consent import Consent
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration
    from kouan.model.facts import FactSet
    from kouan.model.inventory import Inventory
    from kouan.model.labels import ItemLabel
    from kouan.model.necessity import Necessity
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.ports import KeyStore, Progress
    from kouan.model.risk import RiskView
    from kouan.packs import PackSet, ProfilePack, PurposePack, Sector
    from kouan.risk import Setting

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Desk:
    """What one transfer is worked on with.

    Attributes:
        declaration, text: the declaration and its text.
        sources: opened, with digests.
        packs: built-in and user packs.
        sectors: standards whose files are known.
        settings: of the run.
        metered: persons this installation released this year for each exporter, or None.
        ledger: of consents, opened; None where the declaration names none.
        purpose: of the declared scenario; None where there is none.
        labels: words of persons on items; None where there is no such file.
        population: table of those of whom the data are a sample; None where the declaration names none.
        folder: of the declaration.
        profile: by which plans are made; None where none was chosen.
        again: who is in the raw data, once they were inspected with a key for that.
    """

    declaration: Declaration
    text: str
    sources: tuple[Source, ...]
    packs: PackSet
    sectors: tuple[Sector, ...]
    settings: Settings
    metered: Metered
    folder: Path
    ledger: Source | None = None
    purpose: PurposePack | None = None
    labels: LabelBook | None = None
    profile: ProfilePack | None = None
    population: Source | None = None
    again: Again = field(default_factory=Again)

    @classmethod
    def open(cls, path: Path, settings: Settings, *, profile: str | None = None, plan: Path | None = None) -> Desk:
        """Read and check a declaration and open its sources.

        Args:
            path: of the declaration.
            settings: of the run.
            profile: treatment profile, over the one that the declaration names.
            plan: an edited plan; it is compared with what its own profile comes to.

        Raises:
            KouanError: K-CLR-001 to 007, 014, 015, 038, 120, K-MOD-…, K-PCK-…, K-DEI-060 to 062, K-FMT-….
        """
        declaration, text, loaded = read_declaration(path)
        packs = load_packs(builtin_root(), *settings.packs, allow_override=settings.allow_override)
        check_declaration(declaration, loaded, packs=packs, as_of=settings.as_of)
        check_ground(declaration, loaded)
        check_sources(declaration, loaded, path.parent)
        purposes = open_purposes(*settings.packs, allow_override=settings.allow_override)
        sectors = load_sectors()
        meter = open_meter(settings.home)
        return cls(
            declaration=declaration,
            text=text,
            sources=open_declared(declaration, path.parent, sectors),
            packs=packs,
            sectors=sectors,
            settings=settings,
            metered=metered_before(meter, declaration, year=settings.as_of.year),
            ledger=open_ledger(declaration, path.parent),
            purpose=find_purpose(purposes, declaration.transfer.scenario),
            labels=find_labels(path, settings.labels, declaration.sources),
            population=open_population(declaration, path.parent),
            folder=path.parent,
            profile=choose_profile(declaration, loaded, settings, sectors=sectors, name=profile, plan=plan),
        )

    def inspect(self, *, person_key: bytes, progress: Progress = silent, across_key: bytes | None = None) -> Inventory:
        """Recognise what the raw data are.

        Args:
            person_key: tells persons apart inside this transfer.
            progress: hears how far it came.
            across_key: tells them again across transfers; None takes that of the meter where it knows anybody.
        """
        key = across_key or self._meter_key()
        across = None if key is None else Across(key)
        inputs = as_raw(self.declaration, self.sources, self.sectors, self.said)
        with engine_of(self.settings) as engine:
            inventory = inspect(
                inputs,
                as_of=self.settings.as_of,
                person_key=person_key,
                threads=self.settings.threads,
                engine=engine,
                progress=progress,
                tagger=model_of(self.settings.text_model),
                across=across,
            )
        self.check_unchanged()
        check_known(inventory)
        if across is not None:
            self.again.sets.update({role: set_of(marks) for role, marks in across.found.items()})
        return inventory

    def _meter_key(self) -> bytes | None:
        if any(one is not None and one.joined for one in self.metered):
            return FileKeyStore.open(self.settings.home, create=False).derive(key_purpose(self.settings.as_of.year))
        return None

    @property
    def said(self) -> Mapping[str, ItemLabel]:
        """Words of persons, by item id."""
        return NO_LABELS if self.labels is None else self.labels.items

    @property
    def population_table(self) -> Entity | None:
        """Table of those of whom the data are a sample, or None."""
        return None if self.population is None else self.population.entities[0]

    def consents(self, inventory: Inventory, keys: KeyStore) -> Consenting | None:
        """Return who in the raw data has a standing consent; None where the declaration names no ledger."""
        if self.ledger is None:
            return None
        day, threads = self.settings.as_of, self.settings.threads
        done = match_consents(
            self.declaration, self.sources, self.ledger, inventory=inventory, keys=keys, day=day, threads=threads
        )
        self.check_unchanged()
        return done

    def holder(self, inventory: Inventory) -> Holder | None:
        """Return who says which rows stay here for want of consent, by a passing key; None without a ledger."""
        done = self.consents(inventory, FileKeyStore.passing(os.urandom(_KEY_BYTES)))
        return None if done is None else done.holder

    def consent_now(self, inventory: Inventory, person_key: bytes) -> Consent | None:
        """Return what the ledger says, in numbers and by a key that nothing keeps; None without a ledger."""
        done = self.consents(inventory, FileKeyStore.passing(person_key))
        return None if done is None else done.document

    def facts(
        self,
        inventory: Inventory,
        original: Inventory | None = None,
        *,
        consent: Consent | None = None,
        necessity: Necessity | None = None,
        repeat: bool = False,
        certified: str | None = None,
    ) -> FactSet:
        """Return the facts that follow from the declaration, an inventory, the meter and the ledger of consents."""
        day = self.settings.as_of
        return build_facts(
            self.declaration,
            inventory,
            metered=self.metered,
            as_of=day,
            original=original,
            consent=consent,
            necessity=necessity,
            repeat=repeat,
            packs=self.packs,
            again=self.again,
            certified=certified,
        )

    def decide(
        self,
        inventory: Inventory,
        original: Inventory | None = None,
        *,
        consent: Consent | None = None,
        necessity: Necessity | None = None,
        repeat: bool = False,
        certified: str | None = None,
    ) -> Decision:
        """Decide the pathway on the data an inventory describes."""
        facts = self.facts(
            inventory, original, consent=consent, necessity=necessity, repeat=repeat, certified=certified
        )
        return decide(facts, self.packs, adopted=self.declaration.readings)

    def plan(self, inventory: Inventory) -> Plan:
        """Make a plan; where the declaration has a target, one that is aimed at it."""
        return self.aim(inventory).plan

    def first_plan(self, inventory: Inventory) -> Plan:
        """Make the plan that rules and profile come to by themselves, the floor of any other."""
        necessity, decision = self.necessity(inventory), self.decide(inventory)
        return make_plan(inventory, decision, self.declaration, self.sectors, necessity, profile=self.profile)

    def aim(self, inventory: Inventory, *, hold: Holder | None = None, edited: Plan | None = None) -> Aimed:
        """Make a plan and how it came to be so.

        Args:
            inventory: of the raw data.
            hold: who decides which rows stay here, if that is known already; else the ledger is asked.
            edited: a plan that a person wrote; what differs from what would be made without it stays as it is there.

        Raises:
            KouanError: K-DEI-007, K-DEI-045, K-DEI-090 to 092, K-RSK-003, or a reader's error.
        """
        first = self.first_plan(inventory)
        floor, fixed = first, frozenset[str]()
        if edited is not None:
            floor, fixed = merged(edited, first, self.aim(inventory, hold=hold).plan)
        said = self.declaration.assessment
        if said is None or said.target is None:
            return Aimed(floor)
        goal = goal_of(said.target, load_thresholds(), inventory, self.setting())
        hold = self.holder(inventory) if hold is None else hold
        data = Data(
            sources=self.sources,
            inventory=inventory,
            hierarchies=read_hierarchies(floor, self.folder, "plan", profile=self.profile).read,
            hold=hold,
            fixed=fixed,
            needed=self._needed(inventory),
            threads=self.settings.threads,
        )
        aimed = aim_plan(floor, data, goal)
        self.check_unchanged()
        return aimed

    def _needed(self, inventory: Inventory) -> frozenset[str]:
        others = not_needed(self.declaration, inventory)
        named = {spec.path for spec in self.declaration.sources if spec.needed is not None}
        ids = (item.id for item in inventory.items if split_item_id(item.id)[0] in named)
        return frozenset(item for item in ids if item not in others)

    def necessity(self, inventory: Inventory, plan: Plan | None = None) -> Necessity:
        """Judge the necessity of what a plan lets leave, or of everything."""
        return necessity_of(self.declaration, inventory, self.purpose, plan)

    def measure(self, inventory: Inventory) -> RiskView:
        """Measure how identifiable the raw data are."""
        with engine_of(self.settings) as engine:
            view = measure(self.sources, inventory, self.setting(), engine=engine)
        self.check_unchanged()
        return view

    def setting(self, lines: Iterable[PlanLine] = ()) -> Setting:
        """Return where the data go, and what was done to them."""
        return setting_of(self.declaration, self.population, lines)

    def check_unchanged(self) -> None:
        """Refuse what was read from files that changed meanwhile."""
        for source in (*self.sources, *([self.population] if self.population else [])):
            source.check_unchanged()


def inspect_files(
    paths: tuple[Path | Address, ...], settings: Settings, *, person_key: bytes, progress: Progress = silent
) -> Inventory:
    """Inspect bare data files and tables without a declaration; every person in them counts as one kind of subject."""
    sectors = load_sectors()
    names = [path.path if isinstance(path, Address) else path.name for path in paths]
    specs = [SourceSpec(path=name, subjects=("person",)) for name in names]
    sources = open_sources(
        [(path, spec.path, options_of(spec, sectors)) for path, spec in zip(paths, specs, strict=True)]
    )
    check_names(sources)
    labels = find_labels(None, settings.labels, specs)
    said = NO_LABELS if labels is None else labels.items
    inputs = tuple(
        SourceInput(spec=with_labels(spec, said), source=source, sectors=sectors)
        for spec, source in zip(specs, sources, strict=True)
    )
    with engine_of(settings) as engine:
        tagger = model_of(settings.text_model)
        inventory = inspect(
            inputs, as_of=settings.as_of, person_key=person_key, engine=engine, progress=progress, tagger=tagger
        )
    for source in sources:
        source.check_unchanged()
    return inventory


def said_otherwise(
    desk: Desk, *, sharing: str | None, environment: str | None, size: int | None, table: str | None
) -> Desk:
    """Return a desk with some of what its declaration says of the assessment replaced; None leaves it.

    Args:
        desk: opened.
        sharing: scenario of the Beijing specification.
        environment: its coefficient E, as written.
        size: persons of the population.
        table: path of its table.

    Raises:
        KouanError: K-RSK-004 for an E or a size that cannot be, K-FMT-… for the table.
    """
    declaration = declared_otherwise(desk.declaration, sharing=sharing, environment=environment, size=size)
    population = desk.population if table is None else open_source(Path(table), name=table)
    return replace(desk, declaration=declaration, population=population)
