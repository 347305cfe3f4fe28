"""`kouan clear`: from a declaration to a sealed clearance folder, resumable at every stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.clearance.again import PERSONS, open_meter, released_set
from kouan.clearance.attacking import ATTACKS, Staging, attack_staged, attacked_inputs, spec_of
from kouan.clearance.changes import describe_changes
from kouan.clearance.classpersons import persons_of_classes
from kouan.clearance.consentcheck import remember_ledger
from kouan.clearance.counting import counted
from kouan.clearance.desk import Desk
from kouan.clearance.labelling import LABELS
from kouan.clearance.labelsabove import labels_above
from kouan.clearance.modelling import model_risks
from kouan.clearance.naming import check_member_names
from kouan.clearance.necessity import PURPOSE, REPLACED
from kouan.clearance.opening import as_treated, inputs_of, open_staged, read_text
from kouan.clearance.plancheck import HIERARCHIES
from kouan.clearance.profiling import PROFILE
from kouan.clearance.relying import CERTIFICATE, check_relied, relied_on, staged_digests, standing_entry
from kouan.clearance.reporting import PAGE, REPORT, page_of
from kouan.clearance.standing import check_pathway, check_persons, find_authority
from kouan.clearance.targeting import misses_target
from kouan.clearance.tool import tool
from kouan.clearance.whatif import search_desk
from kouan.clearance.workfolder import WorkFolder, disk_errors, drop_replaced, folder_lock, is_clearance, read_record
from kouan.deidentify import apply_plan, check_plan, plan_yaml, read_hierarchies, read_plan, rows_that_leave
from kouan.dossier import write_dossier
from kouan.dossier.others_view import proposals
from kouan.evidence import FileKeyStore, Log, open_signer, seal
from kouan.meter.ledger import Beside
from kouan.meter.shelf import Shelf, key_purpose
from kouan.meter.union import Part
from kouan.model.canonical import canonical_bytes, sha256_bytes, sha256_file
from kouan.model.certificate import Certificate
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair, Pathway
from kouan.model.errors import Exit
from kouan.model.files import read_document, write_document, write_whole
from kouan.model.inventory import Inventory
from kouan.model.necessity import Necessity
from kouan.model.ports import silent
from kouan.model.report import Report
from kouan.model.risk import RiskReport, RiskView
from kouan.model.run import RunRecord
from kouan.model.standing import Authority
from kouan.model.treatment import Treatment
from kouan.model.utility import Utility
from kouan.packs.thresholds import THRESHOLDS, load_thresholds, thresholds_file
from kouan.recognize import inspect
from kouan.recognize.prose.model import model_of
from kouan.risk import Known, compare, measure
from kouan.risk.prediction import check_targets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from kouan.clearance.alongside import Kept
    from kouan.clearance.consenting import Consenting
    from kouan.clearance.settings import Settings
    from kouan.formats.source import Source
    from kouan.model.base import Frozen
    from kouan.model.decision import Decision
    from kouan.model.plan import Plan
    from kouan.model.ports import Progress
    from kouan.model.whatif import WhatIf


_TOGETHER, _TRIED = 2, 150
"""Changes tried together, and combinations tried, for the report; `kouan what-if` looks further."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """A finished run.

    Attributes:
        folder: the clearance folder.
        status: exit status of the command.
        fresh: False when the folder was already up to date.
    """

    folder: Path
    status: Exit
    fresh: bool


def clear(
    declaration_path: Path,
    out: Path,
    *,
    settings: Settings,
    plan_path: Path | None = None,
    under: Path | None = None,
    progress: Progress = silent,
) -> Cleared:
    """Walk one transfer from its declaration to a sealed folder.

    Args:
        declaration_path: `transfer.yaml`.
        out: the clearance folder; made beside its place and moved there when whole.
        settings: of the run.
        plan_path: an edited plan; None makes one.
        under: folder of the first release of a standing transfer, of which this is a later batch.
        progress: hears the stages.

    Raises:
        KouanError: with nothing written under `out`; what was done so far is kept and resumed by the next run.
    """
    desk = Desk.open(declaration_path, settings, plan=plan_path)
    plan_text = read_text(plan_path) if plan_path is not None else ""
    with disk_errors(out), folder_lock(out, settings.home):
        drop_replaced(out)
        keys = FileKeyStore.open(settings.home, create=True)
        record = RunRecord(key=_run_key(desk, plan_text, keys, under), tool=tool(), as_of=settings.as_of)
        standing = read_record(out) if is_clearance(out) else None
        fresh = standing is None or standing.key != record.key
        if fresh:
            _Run(desk, keys, WorkFolder(out, record), progress, under).walk(plan_text)
        return Cleared(folder=out, status=status_of(out), fresh=fresh)


def status_of(folder: Path) -> Exit:
    """Return the exit status that a finished clearance stands for (DESIGN 4.9).

    What was not read leaves the decision open, so 6 says more than 3; a transfer that is prohibited anyway is 4, and so
    is one that misses the target it declares, unless it is open for another reason.
    """
    pair = read_document(folder / "decision.json", DecisionPair)
    status = decision_status(pair.treated or pair.original)
    inventory = read_document(folder / "inventory.json", Inventory)
    if status is not Exit.PROHIBITED and not all(source.complete for source in inventory.sources):
        return Exit.PARTLY_READ
    return Exit.PROHIBITED if status is Exit.OK and misses_target(folder) else status


def decision_status(decision: Decision) -> Exit:
    """Return 3 for an undetermined decision, 4 for a prohibited transfer, else 0."""
    if not decision.determined:
        return Exit.UNDETERMINED
    return Exit.PROHIBITED if Pathway.PROHIBITED in decision.options else Exit.OK


@dataclass(frozen=True, slots=True)
class _Run:
    """One walk through the stages; each reads only documents of earlier ones."""

    desk: Desk
    keys: FileKeyStore
    work: WorkFolder
    progress: Progress
    under: Path | None
    _consents: list[Consenting | None] = field(default_factory=list)
    _opened: list[tuple[Source, ...]] = field(default_factory=list)
    _measured: list[RiskView] = field(default_factory=list)
    _leaving: dict[tuple[str, str], npt.NDArray[np.bool_]] = field(default_factory=dict)

    def walk(self, plan_text: str) -> None:
        path = self.work.path
        self._stage("declare", self._declare, "declaration.yaml", *self._labels())
        self._stage("packs", self._copy_packs, "packs")
        self._stage("inspect", self._inspect, "inventory.json")
        self._recall()
        if self.desk.ledger is not None:
            self._stage("consent", self._match_consents, "consent.json")
        self._stage("plan", lambda: self._make_plan(plan_text), "plan.yaml", HIERARCHIES)
        self._stage("necessity", self._judge_necessity, "necessity.json")
        self._stage("treat", self._treat, "staged", "treatment.json")
        self._stage("inspect-treated", self._inspect_treated, "inventory-treated.json")
        if self.desk.declaration.anonymised is not None:
            self._stage("certificate", self._rely, CERTIFICATE)
        if self.under is not None:
            self._stage("authority", self._find_authority, "authority.json")
        self._stage("decide", self._decide, "decision.json")
        self._stage("assess", self._assess, "risk.json", "utility.json")
        self._stage("attack", self._attack, ATTACKS)
        self._stage("dossier", self._dossier, "dossier")
        self._stage("report", self._report, PAGE, REPORT)
        # Sealed last and outside the stage record, which is itself sealed.
        self.progress("seal", 0, None)
        if self.desk.ledger is not None:
            digest = sha256_bytes((path / "consent.json").read_bytes())
            remember_ledger(self.desk.settings.home, digest, self.desk.ledger.path)
        self._seal()
        self.work.finish()
        self.progress("seal", 1, 1)

    def _stage(self, name: str, make: Callable[[], object], *files: str) -> None:
        self.progress(name, 0, None)
        self.work.stage(name, make, *files)
        self.progress(name, 1, 1)

    def _declare(self) -> None:
        write_whole(self.work.path / "declaration.yaml", self.desk.text.encode())
        if self.desk.labels is not None:
            write_whole(self.work.path / LABELS, self.desk.labels.text.encode())

    def _labels(self) -> tuple[str, ...]:
        """Return the name of the file of labels, where there is one."""
        return () if self.desk.labels is None else (LABELS,)

    def _copy_packs(self) -> None:
        folder = self.work.path / "packs"
        self.desk.packs.copy_to(folder)
        if self.desk.profile is not None:
            write_whole(folder / PROFILE, self.desk.profile.data)
        write_whole(folder / THRESHOLDS, thresholds_file().read_bytes())
        if self.desk.purpose is not None:
            write_whole(folder / PURPOSE, self.desk.purpose.data)
            if self.desk.purpose.replaced is not None:
                write_whole(folder / REPLACED, self.desk.purpose.replaced.data)

    def _inspect(self) -> None:
        inventory = self.desk.inspect(
            person_key=self._person_key(), progress=self.progress, across_key=self.keys.derive(key_purpose(self._year))
        )
        files = {f"source {source.name}": source.sha256 for source in self.desk.sources}
        self._write("inventory", inventory, files | self._digests("declaration.yaml", *self._labels()))
        # Beside the keys, not in the folder: who is in the data is nobody else's business.
        self._shelf().wait(
            self.desk.again.sets, year=self._year, inventory=self._digests("inventory.json").popitem()[1]
        )

    def _recall(self) -> None:
        """Take who is in the data from where an earlier run left it; without that nobody is told again."""
        if not self.desk.again.sets:
            waiting = self._shelf().waiting(self._inventory_digest(), year=self._year)
            self.desk.again.sets.update(waiting or {})

    def _inventory_digest(self) -> str:
        return self._digests("inventory.json")["inventory.json"]

    def _shelf(self) -> Shelf:
        return Shelf(self.desk.settings.home / PERSONS, self.keys)

    @property
    def _year(self) -> int:
        return self.desk.settings.as_of.year

    def _match_consents(self) -> None:
        done, ledger = self._consented(), self.desk.ledger
        assert done is not None
        assert ledger is not None
        digests = self._digests("declaration.yaml", "inventory.json")
        self._write("consent", done.document, digests | {f"ledger {ledger.name}": ledger.sha256})

    def _consented(self) -> Consenting | None:
        """Return who may leave; compared once, and again in a resumed run, because no person is kept in a document."""
        if not self._consents:
            self._consents.append(self.desk.consents(self._inventory(), self.keys))
        return self._consents[0]

    def _make_plan(self, plan_text: str) -> None:
        inventory = self._inventory()
        if self.desk.declaration.assessment is not None:
            check_targets(self.desk.declaration.assessment.predict, inventory)
        consents = self._consented()
        aimed = self.desk.aim(inventory, hold=None if consents is None else consents.holder)
        plan, notes = aimed.plan, [one.of(self.desk.settings.lang) for one in aimed.account]
        if plan_text:
            plan, notes = read_plan(plan_text, "plan.yaml", made=plan), []
        else:
            notes += [one.of(self.desk.settings.lang) for one in proposals(self._before(), inventory, plan)]
        hierarchies = read_hierarchies(
            plan, self.desk.folder, "plan.yaml", made_from=plan_text or None, profile=self.desk.profile
        )
        profile = self.desk.profile
        check_plan(plan, inventory, "plan.yaml", text=plan_text or None, hierarchies=hierarchies.read, profile=profile)
        hierarchies.copy_to(self.work.path / HIERARCHIES)
        text = plan_yaml(hierarchies.pinned(plan), inventory, self.desk.settings.lang, notes=notes)
        write_whole(self.work.path / "plan.yaml", text.encode())

    def _judge_necessity(self) -> None:
        necessity = self.desk.necessity(self._inventory(), self._plan())
        self._write("necessity", necessity, self._digests("declaration.yaml", "inventory.json", "plan.yaml"))

    def _treat(self) -> None:
        check_member_names(self.desk.sources, self._inventory(), self._plan())
        staged = self.work.path / "staged"
        staged.mkdir(mode=0o700)
        consents = self._consented()
        treatment = apply_plan(
            self._plan(),
            self.desk.sources,
            self._inventory(),
            keys=self.keys,
            out=staged,
            threads=self.desk.settings.threads,
            progress=self.progress,
            hold=None if consents is None else consents.holder,
            hierarchies=read_hierarchies(self._plan(), self.work.path / HIERARCHIES, "plan.yaml", copied=True).read,
            population=self.desk.population_table,
            left=self._leaving,
        )
        self.desk.check_unchanged()
        self._write("treatment", treatment, self._digests("inventory.json", "plan.yaml"))

    def _inspect_treated(self) -> None:
        staged = self._staged()
        inventory = inspect(
            as_treated(
                self.desk.declaration,
                staged,
                plan=self._plan(),
                original=self._inventory(),
                sectors=self.desk.sectors,
                labels=self.desk.said,
            ),
            as_of=self.desk.settings.as_of,
            person_key=self._person_key(),
            threads=self.desk.settings.threads,
            progress=self.progress,
            tagger=model_of(self.desk.settings.text_model),
        )
        self._write("inventory-treated", inventory, self._digests("treatment.json"))

    def _rely(self) -> None:
        """Take the certificate of effect that the declaration names, if it stands and is about these very data."""
        desk, claim = self.desk, self.desk.declaration.anonymised
        assert claim is not None
        day, staged = desk.settings.as_of, staged_digests(self._treatment())
        relied = relied_on(claim.certificate, settings=desk.settings, day=day)
        check_relied(relied.certificate, desk.declaration, self._plan(), staged, day=day)
        self._write("certificate", relied.certificate, {**staged, "manifest.json": relied.manifest})

    def _certified(self) -> str | None:
        claim = self.desk.declaration.anonymised
        return None if claim is None else claim.certificate

    def _find_authority(self) -> None:
        assert self.under is not None
        settings = self.desk.settings
        authority = find_authority(
            self.under,
            self.desk.declaration,
            treated=self._treated(),
            treatment=self._treatment(),
            settings=settings,
            packs=self.desk.packs,
            ledger=open_meter(settings.home),
        )
        self._write("authority", authority, self._digests("declaration.yaml", "inventory-treated.json"))

    def _decide(self) -> None:
        consent, repeat = self._consent(), self.under is not None
        before = self.desk.decide(self._inventory(), consent=consent, repeat=repeat)
        necessity = self._necessity()
        after = self.desk.decide(
            self._treated(),
            self._inventory(),
            consent=consent,
            necessity=necessity,
            repeat=repeat,
            certified=self._certified(),
        )
        self._check_authority(after)
        changes = describe_changes(before, after, self._plan(), consent)
        pair = DecisionPair(original=before, treated=after, changes=changes)
        names = (
            "inventory.json",
            "inventory-treated.json",
            "plan.yaml",
            "necessity.json",
            *(("consent.json",) if consent else ()),
            *((CERTIFICATE,) if self._certified() else ()),
        )
        self._write("decision", pair, self._digests(*names))

    def _check_authority(self, decision: Decision) -> None:
        authority = self._authority()
        if authority is not None:
            where, batch = str(self.under), counted(decision)
            check_pathway(authority, decision.options, where=where)
            persons = released_set(decision, self.desk.again.sets)
            beside = Beside(Part(batch.ordinary, batch.sensitive, persons), self._year)
            totals = open_meter(self.desk.settings.home).under(authority.clearance, beside=beside)
            check_persons(self.desk.declaration, totals, where=where)

    def _authority(self) -> Authority | None:
        return None if self.under is None else read_document(self.work.path / "authority.json", Authority)

    def _assess(self) -> None:
        staged = self._staged()
        mode = self.desk.declaration.transfer.mode
        before = self._before()
        setting = self.desk.setting(self._plan().lines)
        raw, treated, kept = self._inventory(), self._treated(), self._kept()
        persons = persons_of_classes(self.desk.sources, staged, before=raw, after=treated, kept=kept)
        after = measure(staged, treated, setting, threads=self.desk.settings.threads, persons=persons)
        models = model_risks(self.desk.declaration, staged, raw=raw, treated=treated, treatment=self._treatment())
        edition = load_thresholds().edition
        report = RiskReport(mode=mode, thresholds=edition, before=before, after=after, models=models)
        self._write("risk", report, self._digests("inventory.json", "inventory-treated.json"))
        assessment = self.desk.declaration.assessment
        known = Known(
            sectors=self.desk.sectors,
            inventory=self._inventory(),
            targets=() if assessment is None else assessment.predict,
            kept=kept,
        )
        threads = self.desk.settings.threads
        utility = compare(self.desk.sources, staged, self._treatment(), known=known, threads=threads)
        self.desk.check_unchanged()
        self._write("utility", utility, self._digests("treatment.json"))

    def _before(self) -> RiskView:
        """Measure the raw data, once: the plan says already which items single out."""
        if not self._measured:
            self._measured.append(self.desk.measure(self._inventory()))
        return self._measured[0]

    def _kept(self) -> Kept:
        """Return which rows left; after an interruption nothing keeps that, so it is worked out again once."""
        if not self._leaving:
            consents, plan = self._consented(), self._plan()
            left = rows_that_leave(
                plan,
                self.desk.sources,
                self._inventory(),
                keys=self.keys,
                threads=self.desk.settings.threads,
                hold=None if consents is None else consents.holder,
                hierarchies=read_hierarchies(plan, self.work.path / HIERARCHIES, "plan.yaml", copied=True).read,
                population=self.desk.population_table,
            )
            self._leaving.update(left)
        return self._leaving

    def _attack(self) -> None:
        """Attack the treated data; what the attackers know is read and left behind."""
        treatment = self._treatment()
        staging = Staging(
            raw=self.desk.sources,
            treated=self._staged(),
            plan=self._plan(),
            inventory=self._inventory(),
            before=read_document(self.work.path / "risk.json", RiskReport).before,
            utility=read_document(self.work.path / "utility.json", Utility),
            kept=self._kept(),
            above=labels_above(self._plan(), self.work.path / HIERARCHIES),
        )
        attacked = attack_staged(spec_of(self.desk.declaration), staging)
        self.desk.check_unchanged()
        self._write("attacked", attacked, attacked_inputs(self.desk.sources, treatment), name=ATTACKS)

    def _dossier(self) -> None:
        write_dossier(
            self.desk.declaration,
            self._inventory(),
            decision=self._governing(),
            treatment=self._treatment(),
            consent=self._consent(),
            out=self.work.path / "dossier",
            inputs=inputs_of(self._digests("inventory.json", "decision.json", "treatment.json")),
        )

    def _report(self) -> None:
        settings, path = self.desk.settings, self.work.path
        signer = open_signer(settings.home, create=True)
        report = Report(
            made_at=settings.clock(),
            tool=tool(),
            lang=settings.lang,
            folder=self.work.out.name,
            signer=signer.verifier.label,
            log_origin=signer.name,
            lighter=self._lighter(),
        )
        write_document(path / REPORT, "report", report, inputs_of(self._digests("decision.json")))
        write_whole(path / PAGE, page_of(path, report, self.desk.packs))

    def _lighter(self) -> WhatIf | None:
        """Search a few changes of what leaves; nothing is searched where nothing is to be done."""
        if self.under is not None or max(one.weight for one in self._governing().possible) <= Pathway.EXEMPT.weight:
            return None
        return search_desk(
            self.desk,
            self._treated(),
            self._inventory(),
            consent=self._consent(),
            necessity=self._necessity(),
            certified=self._certified(),
            size=_TOGETHER,
            limit=_TRIED,
        )

    def _seal(self) -> None:
        settings = self.desk.settings
        staged = self.work.path / "staged"
        if not any(staged.iterdir()):
            staged.rmdir()  # nothing leaves; a manifest names files, and an empty folder would be one too many
        log = Log.open(settings.home / "log", open_signer(settings.home, create=True))
        name = self.desk.declaration.transfer.name
        seal(self.work.path, kind="clearance", transfer=name, log=log, clock=settings.clock, tool=tool())

    def _staged(self) -> tuple[Source, ...]:
        """Open the treated files, once: of documents that means to read them through."""
        if not self._opened:
            desk, staged = self.desk, self.work.path / "staged"
            self._opened.append(open_staged(self._treatment(), staged, desk.declaration, desk.sectors))
        return self._opened[0]

    def _inventory(self) -> Inventory:
        return read_document(self.work.path / "inventory.json", Inventory)

    def _consent(self) -> Consent | None:
        return None if self.desk.ledger is None else read_document(self.work.path / "consent.json", Consent)

    def _certificate(self) -> Certificate | None:
        path = self.work.path / CERTIFICATE
        return read_document(path, Certificate, kind="certificate") if self._certified() else None

    def _necessity(self) -> Necessity:
        return read_document(self.work.path / "necessity.json", Necessity)

    def _treated(self) -> Inventory:
        return read_document(self.work.path / "inventory-treated.json", Inventory)

    def _treatment(self) -> Treatment:
        return read_document(self.work.path / "treatment.json", Treatment)

    def _governing(self) -> Decision:
        pair = read_document(self.work.path / "decision.json", DecisionPair)
        return pair.treated or pair.original

    def _plan(self) -> Plan:
        return read_plan((self.work.path / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")

    def _person_key(self) -> bytes:
        return self.keys.derive(f"person/{self.desk.settings.as_of.year}")

    def _digests(self, *names: str) -> dict[str, str]:
        return {name: sha256_bytes((self.work.path / name).read_bytes()) for name in names}

    def _write(self, kind: str, body: Frozen, inputs: dict[str, str], *, name: str | None = None) -> None:
        write_document(self.work.path / (name or f"{kind}.json"), kind, body, inputs_of(inputs))


def _run_key(desk: Desk, plan_text: str, keys: FileKeyStore, under: Path | None) -> str:
    """Return the digest of everything from outside that the result depends on."""
    settings, claim = desk.settings, desk.declaration.anonymised
    parts = {
        "tool": tool(),
        "declaration": sha256_bytes(desk.text.encode()),
        "plan": sha256_bytes(plan_text.encode()),
        "hierarchies": plan_text
        and dict(
            read_hierarchies(read_plan(plan_text, "plan.yaml"), desk.folder, "plan.yaml", profile=desk.profile).digests
        ),
        "sources": {source.name: source.sha256 for source in desk.sources},
        # Whether it stands: a certificate withdrawn since the last run must stop the next one.
        "certificate": claim and standing_entry(claim.certificate, settings=settings, day=settings.as_of).manifest,
        "under": None if under is None else [sha256_file(path) for path in sorted(under.glob("**/manifest.json"))],
        "labels": desk.labels and desk.labels.sha256,
        "ledger": desk.ledger and desk.ledger.sha256,
        "population": desk.population and desk.population.sha256,
        "sectors": [one.ref.model_dump(mode="json") for one in desk.sectors],
        "packs": [ref.model_dump(mode="json") for ref in desk.packs.refs],
        "thresholds": load_thresholds().edition,
        "purpose": desk.purpose
        and [one.ref.model_dump(mode="json") for one in (desk.purpose, desk.purpose.replaced) if one is not None],
        "profile": desk.profile and desk.profile.ref.model_dump(mode="json"),
        "metered": [one and [one.ordinary.model_dump(), one.sensitive.model_dump()] for one in desk.metered],
        "as_of": settings.as_of.isoformat(),
        "lang": settings.lang,
        "key": keys.fingerprint(f"person/{settings.as_of.year}"),
    }
    return sha256_bytes(canonical_bytes(parts))
