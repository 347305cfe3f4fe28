"""Issuing a certificate of effect, and looking at one again."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.clearance import messages as clearance_messages
from kouan.clearance import relying_messages
from kouan.clearance.alongside import lay_alongside
from kouan.clearance.assessing import setting_of
from kouan.clearance.attackcheck import attack_again
from kouan.clearance.attacking import ATTACKS
from kouan.clearance.attackreport import own_report
from kouan.clearance.certifying import Evaluated, certificate_of, number_of
from kouan.clearance.declare import read_declaration
from kouan.clearance.effectgates import key_is_held, was_held
from kouan.clearance.opening import open_staged, read_text
from kouan.clearance.register import Register
from kouan.clearance.tool import tool
from kouan.clearance.treatcheck import treat_again
from kouan.clearance.verify import verify_folder
from kouan.clearance.workfolder import disk_errors, folder_lock
from kouan.deidentify import read_plan
from kouan.dossier.certificate import certificate_docx
from kouan.engine.threads import Threads
from kouan.evidence import Log, TrustStore, check_folder, open_signer, seal
from kouan.model.attacks import Attacked
from kouan.model.canonical import sha256_file
from kouan.model.certificate import Certificate
from kouan.model.errors import Exit, KouanError
from kouan.model.evaluation import Evaluation, Question
from kouan.model.files import read_document, read_envelope, sync_directory, write_document, write_whole
from kouan.model.inventory import Inventory
from kouan.model.register import Entry
from kouan.model.risk import RiskReport
from kouan.model.strictyaml import parse
from kouan.model.time import legal_day
from kouan.model.treatment import Treatment
from kouan.model.utility import Utility
from kouan.packs import load_sectors
from kouan.packs.effects import load_questions
from kouan.risk import judged, measure_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.clearance.settings import Settings
    from kouan.evidence import FolderCheck
    from kouan.model.declaration import Declaration
    from kouan.model.plan import Plan
    from kouan.model.register import Standing
    from kouan.risk import Setting
    from kouan.risk.table import Measured

NAME = "certificate"
EVALUATION = "evaluation.yaml"
_DOCUMENTS = (
    "declaration.yaml",
    "inventory.json",
    "inventory-treated.json",
    "plan.yaml",
    "treatment.json",
    "risk.json",
    ATTACKS,
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and where it lies."""

    folder: Path
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a second look found.

    Attributes:
        problems: of either seal.
        same: whether the treated data give the same measures, verdicts and effect as the certificate says; None
            where they could not be measured.
        standing: of the certificate, where it is as registered.
    """

    problems: tuple[KouanError, ...]
    same: bool | None
    standing: Standing | None = None


def certify(
    folder: Path,
    evaluation_path: Path,
    *,
    settings: Settings,
    out: Path | None = None,
    attacks: Sequence[Path] = (),
    just_cleared: bool = False,
) -> Issued:
    """Evaluate the treated data of a clearance folder and issue a sealed certificate.

    Args:
        folder: a sealed clearance folder; verified first, and again after its data were measured.
        evaluation_path: the team's answers.
        settings: of the run; its home holds keys, log and register.
        attacks: further reports of `kouan attack --json` on files of the folder's `staged`, beside its own.
        just_cleared: this very process made the folder; its seal is checked, but nothing is derived again.
        out: the certificate folder, which must not exist; None takes a place below the home.

    Raises:
        KouanError: K-CLR-122, 123, 125, 128, 129, 131, 230, 231, K-EVI-002 to 004, K-MOD-…, or an error of a
            reader; nothing is written then.
    """
    text = read_text(evaluation_path)
    evaluation = parse(Evaluation, text, evaluation_path.name, "evaluation")
    with disk_errors(out or settings.home), folder_lock(settings.home / "certificates", settings.home):
        register, now = Register(settings.home), settings.clock()
        sealed = _sealed(folder, TrustStore.of_home(settings.home))
        number = number_of(sealed.manifest, evaluation, legal_day(now))
        place = out or settings.home / "certificates" / number
        known = any(one.number == number for one in register.entries())
        if out is None and not known and place.is_dir():  # of a run that was killed before it was entered
            shutil.rmtree(place)
        if known:
            raise messages.CERTIFICATE_EXISTS.at(str(place), number=number, folder=place)
        if os.path.lexists(place) or place.resolve().is_relative_to(folder.resolve()):
            raise messages.NO_PLACE.at(str(place))
        made_here = sealed if just_cleared else None
        found = _attacked(_evaluated(folder, evaluation, settings, made_here), attacks)
        certificate = certificate_of(found, evaluation, now=now)
        work = made = place.with_name(f".{place.name}.work")
        shutil.rmtree(work, ignore_errors=True)
        try:
            digest = _write(work, certificate, text, settings)
            work.rename(place)
            made = place
            sync_directory(place.parent)
            register.add(_entry(certificate, digest, place))
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)  # no certificate that the register does not know
            raise
        return Issued(place, certificate)


def issued_already(folder: Path, evaluation_path: Path, *, settings: Settings) -> Issued | None:
    """Return the certificate that the register has for this folder, these answers and this day; None without one.

    Raises:
        KouanError: K-CLR-020, K-CLR-126, K-MOD-…, or for a certificate that cannot be read where it was put.
    """
    evaluation = parse(Evaluation, read_text(evaluation_path), evaluation_path.name, "evaluation")
    number = number_of(_manifest(folder), evaluation, legal_day(settings.clock()))
    for one in Register(settings.home).entries():
        if one.event == "issued" and one.number == number:
            place = Path(one.folder)
            return Issued(place, read_document(place / f"{NAME}.json", Certificate, kind=NAME))
    return None


def recheck(
    number: str, folder: Path, *, settings: Settings, place: Path | None = None, raw: Path | None = None
) -> Recheck:
    """Check both seals and measure the treated data again.

    Args:
        number: of a certificate in the register.
        folder: the clearance folder that was evaluated.
        settings: of the run.
        place: the certificate folder; None takes where it was put.
        raw: folder of the data before treatment, to run the attacks again; None leaves them as sealed.

    Raises:
        KouanError: K-CLR-124, K-CLR-171, K-CLR-173, K-CLR-270, K-CLR-271, or an error of a reader.
    """
    standing = Register(settings.home).find(number, legal_day(settings.clock()))
    where = place or Path(standing.entry.folder)
    trust = TrustStore.of_home(settings.home)
    check = check_folder(where, trust)
    if check.all_problems:
        return Recheck(check.all_problems, None)
    if check.sha256 != standing.entry.manifest:  # sealed by a trusted key, but not what was registered
        return Recheck((relying_messages.CERTIFICATE_DIFFERS.at(str(where)),), None)
    issued = read_document(where / f"{NAME}.json", Certificate, kind=NAME)
    try:
        found = replace(_evaluated(folder, issued.evaluation, settings), attacks=issued.attacks)
    except KouanError as error:
        return Recheck((error,), None)
    found = replace(found, held=found.held or was_held(issued.gates))  # a key may have been destroyed since
    made = certificate_of(found, issued.evaluation, now=issued.issued_at)
    registered = standing.entry.model_copy(update={"before": None, "line": None})
    entered = _entry(issued, check.sha256 or "", Path(standing.entry.folder)) == registered
    same = entered and made.model_copy(update={"tool": issued.tool}) == issued
    if same and raw is not None:
        try:
            made_from = lay_alongside(folder, raw, settings)
            treat_again(made_from, settings, sealed_with=_sealed_with(folder, trust))
            attack_again(made_from)
        except KouanError as error:
            if error.message.status is not Exit.VERIFICATION_FAILED:
                raise  # what lies here does not do for it; that says nothing against the certificate
            return Recheck((error,), None)
    return Recheck((), same, standing)


def withdraw(number: str, *, by: str, why: str, settings: Settings) -> None:
    """Enter that a certificate no longer holds. Raises KouanError K-CLR-124, K-CLR-127 (withdrawn already)."""
    today = legal_day(settings.clock())
    with disk_errors(settings.home), folder_lock(settings.home / "certificates", settings.home):
        register = Register(settings.home)
        if register.find(number, today).status == "withdrawn":
            raise messages.WITHDRAWN_ALREADY.at("register", number=number)
        register.add(Entry(event="withdrawn", number=number, on=today, by=by, why=why))


def template(lang: str) -> str:
    """Return an evaluation to fill in: every question with its words and nothing answered."""
    questions = load_questions()
    lines = [f"# {one}" for one in messages.TEMPLATE.of(lang).splitlines()]
    lines += ["kind: evaluation", "version: 1", "goal: recognition", "scenario_risk: null", "answers:"]
    for one in questions.asked:
        lines += [f"  # {one.label.of(lang)}", f"  {one.id}: {{answer: null, evidence: null}}"]
    lines += [
        "environment:",
        "  secure: null",
        "  basic_security: null",
        "  coefficient: null",
        "  measures: {}",
        "team:",
    ]
    for one in questions.experts:
        lines += [f"  # - {{name: , kind: {one.id}}}  {one.label.of(lang)}"]
    lines[-len(questions.experts) - 1] = "team: []"
    return "\n".join([*lines, "approver: null", "gates: null", "residual: null", "months: 12"]) + "\n"


def _evaluated(folder: Path, evaluation: Evaluation, settings: Settings, made: _Sealed | None = None) -> Evaluated:
    """Judge the staged data of a folder, and check its seal once more: nobody changed them in between.

    The folder is verified first, which measures the data, unless this very process `made` it.
    """
    trust = TrustStore.of_home(settings.home)
    sealed, tables = _verified(folder, trust) if made is None else (made, None)
    if not (folder / "staged").is_dir():
        raise messages.NOTHING_TO_CERTIFY.at(str(folder))
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    treatment = read_document(folder / "treatment.json", Treatment, kind="treatment")
    treated = read_document(folder / "inventory-treated.json", Inventory, kind="inventory-treated")
    plan = read_plan(read_text(folder / "plan.yaml"), "plan.yaml")
    setting = _setting(declaration, evaluation, plan)
    if tables is None:
        staged = open_staged(treatment, folder / "staged", declaration, load_sectors())
        said = read_document(folder / "risk.json", RiskReport, kind="risk").after
        persons = {} if said is None else {one.entity: one.persons for one in said.tables}
        measured = measure_tables(staged, treated, setting, engine=Threads(settings.threads))
        tables = tuple(one.with_persons(persons.get(one.roles.name)) for one in measured)
    risk = judged(tables, treated, setting)
    inventory = read_envelope(folder / "inventory.json", Inventory, kind="inventory")
    utility, attacks = folder / "utility.json", folder / ATTACKS
    found = Evaluated(
        declaration=declaration,
        plan=plan,
        original=inventory.body,
        sources=tuple(one for one in inventory.inputs if one.name.startswith("source ")),
        staged=treatment.files,
        manifest=sealed.manifest,
        digests={
            name: sealed.digests[name] for name in sealed.digests if name in _DOCUMENTS or name.startswith("staged/")
        },
        risk=risk,
        utility=read_document(utility, Utility, kind="utility") if utility.is_file() else None,
        own=read_document(attacks, Attacked, kind="attacked") if attacks.is_file() else None,
        held=key_is_held(settings.home, plan, treatment),
    )
    if _sealed(folder, trust).manifest != sealed.manifest:
        raise messages.NOT_SEALED.at(str(folder), problem="manifest.json")
    return found


def _attacked(found: Evaluated, paths: Sequence[Path]) -> Evaluated:
    """Add reports of attacks, each on a file that lies in the folder's `staged`."""
    return replace(found, attacks=tuple(own_report(path, found) for path in paths))


@dataclass(frozen=True, slots=True)
class _Sealed:
    """Digests of a folder's files, and of its manifest."""

    digests: dict[str, str]
    manifest: str


def _verified(folder: Path, trust: TrustStore) -> tuple[_Sealed, tuple[Measured, ...]]:
    """Return the digests of a folder in which everything was derived again, and what was measured for that."""
    check = verify_folder(folder, trust)
    if check.problems:
        raise messages.NOT_SEALED.at(str(folder), problem=check.problems[0].what)
    return _digests(check.check), check.documents.tables


def _sealed(folder: Path, trust: TrustStore) -> _Sealed:
    """Return the digests after a look at the seal alone."""
    check = check_folder(folder, trust)
    if check.all_problems:
        raise messages.NOT_SEALED.at(str(folder), problem=check.all_problems[0].what)
    return _digests(check)


def _sealed_with(folder: Path, trust: TrustStore) -> str:
    """Return the software that sealed a folder whose seal holds."""
    manifest = check_folder(folder, trust).manifest
    assert manifest is not None
    return manifest.tool


def _digests(check: FolderCheck) -> _Sealed:
    assert check.manifest is not None
    assert check.sha256 is not None
    return _Sealed({entry.path: entry.sha256 for entry in check.manifest.files}, check.sha256)


def _manifest(folder: Path) -> str:
    """Return the digest of a folder's manifest as it lies there. Raises KouanError K-CLR-020."""
    if not (folder / "manifest.json").is_file():
        raise clearance_messages.NOT_A_CLEARANCE.at(str(folder), missing="manifest.json")
    return sha256_file(folder / "manifest.json")


def _setting(declaration: Declaration, evaluation: Evaluation, plan: Plan) -> Setting:
    """Return what verdicts need besides the data: as the declaration says it, and as the team answers.

    What the team leaves open stays as declared, or unknown.
    """
    questions = load_questions()
    environment = evaluation.environment
    said = {
        "environment": environment.coefficient,
        "scenario_risk": evaluation.scenario_risk,
        "management": _all_said(questions.management, evaluation),
        "baseline": _all_said(questions.baseline, evaluation),
        "basic_security": environment.basic_security,
        "secure": environment.secure,
    }
    base = setting_of(declaration, None, plan.lines)
    told = {name: value for name, value in said.items() if value is not None}
    return replace(base, measures={**base.measures, **environment.measures}, **told)  # type: ignore[arg-type]


def _all_said(questions: Sequence[Question], evaluation: Evaluation) -> bool | None:
    """Return whether all that people answer of these was answered yes, with evidence."""
    given = [evaluation.answers.get(one.id) for one in questions if not one.measured]
    answers = [None if one is None or (one.answer and not one.evidence) else one.answer for one in given]
    return False if False in answers else None if None in answers else True


def _write(work: Path, certificate: Certificate, evaluation: str, settings: Settings) -> str:
    """Write and seal a certificate folder; returns the digest of its manifest."""
    work.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    work.mkdir(mode=0o700)
    write_document(work / f"{NAME}.json", NAME, certificate, certificate.inputs)
    write_whole(work / EVALUATION, evaluation.encode())
    for lang in ("zh", "en"):
        write_whole(work / f"{NAME}.{lang}.docx", certificate_docx(certificate, lang=lang))
    log = Log.open(settings.home / "log", open_signer(settings.home, create=True))
    sealed = seal(
        work,
        kind="certificate",
        transfer=certificate.transfer,
        log=log,
        clock=settings.clock,
        tool=tool(),
        parent=certificate.clearance,
    )
    return sealed.sha256


def _entry(certificate: Certificate, manifest: str, place: Path) -> Entry:
    return Entry(
        event="issued",
        number=certificate.number,
        on=certificate.valid_from,
        manifest=manifest,
        clearance=certificate.clearance,
        transfer=certificate.transfer,
        exporter=certificate.exporter,
        effect=certificate.effect,
        valid_to=certificate.valid_to,
        folder=str(place.absolute()),
        by=None if certificate.evaluation.approver is None else certificate.evaluation.approver.name,
    )
