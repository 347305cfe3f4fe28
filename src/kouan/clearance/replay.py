"""Whether the documents of a folder follow from each other: facts, decisions, treated files, the release.

A seal shows that nothing changed since it was made; this shows that what was sealed is no contradiction. It reads
copies of the files checked against the manifest, so that nobody can swap a file between the check and the reading.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kouan.clearance import (
    attack_messages,
    consent_messages,
    messages,
    relying_messages,
    utility_messages,
    verify_messages,
)
from kouan.clearance.attackcheck import attacks_follow
from kouan.clearance.attacking import ATTACKS
from kouan.clearance.attesting import conditions_for
from kouan.clearance.consentcheck import agrees
from kouan.clearance.counting import exporter_names
from kouan.clearance.declare import read_declaration
from kouan.clearance.facts import build_facts
from kouan.clearance.inspectcheck import staged_as_said
from kouan.clearance.labelling import LABELS
from kouan.clearance.necessity import PURPOSE, REPLACED, necessity_of
from kouan.clearance.ownlaw import departs
from kouan.clearance.papercheck import DOSSIER, paper_problems, papers_that_differ
from kouan.clearance.plancheck import HIERARCHIES, plan_kept
from kouan.clearance.profiling import keeps_to_profile
from kouan.clearance.relying import CERTIFICATE, follows
from kouan.clearance.reporting import REPORT
from kouan.clearance.riskcheck import Judged, judged_again
from kouan.clearance.rolecheck import first_other_role
from kouan.clearance.tool import tool
from kouan.clearance.utilitycheck import utility_follows
from kouan.deidentify import read_plan
from kouan.formats.messages import DISK_FULL
from kouan.law import decide
from kouan.model.base import Frozen
from kouan.model.canonical import sha256_bytes
from kouan.model.certificate import Certificate
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair
from kouan.model.errors import KouanError
from kouan.model.facts import FactSource, Range
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.necessity import Necessity
from kouan.model.release import Release
from kouan.model.standing import Authority
from kouan.model.text import Text, says
from kouan.model.treatment import Treatment
from kouan.packs import find_purpose, load_copied, read_purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.clearance.ownlaw import KnownLaw
    from kouan.evidence import FolderCheck
    from kouan.model.decision import Decision, PackRef
    from kouan.model.declaration import Declaration
    from kouan.model.facts import Fact, FactSet
    from kouan.model.plan import Plan
    from kouan.model.release import Manifest
    from kouan.model.time import LegalDay
    from kouan.packs import PurposePack
    from kouan.risk.table import Measured

B = TypeVar("B", bound=Frozen)
_READ = (
    "declaration.yaml",
    LABELS,
    "inventory.json",
    "inventory-treated.json",
    "plan.yaml",
    "necessity.json",
    "treatment.json",
    "decision.json",
    "risk.json",
    "utility.json",
    ATTACKS,
    CERTIFICATE,
    "consent.json",
    "authority.json",
    REPORT,
)
_FILES = Text(zh="放行的文件不是 staged/ 中的文件", en="its files are not those of staged/")
_PATHWAY = Text(zh="路径不在决定所列之中", en="the decision does not offer its pathway")
_CONDITION = Text(zh="有条件未被证明", en="a condition is not attested")
_STALE = Text(zh="须随每批确认的条件沿用了首次的确认", en="a condition owed with every batch is carried over")
_UNDER = Text(zh="所依据的授权不是办理时的授权", en="the authorisation is not that of the clearing")
_EXPORTERS = Text(zh="数据处理者不是填报文件所列的", en="its exporters are not those of the declaration")
_SIGNER = Text(zh="由另一把密钥签署", en="another key signed it")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found, and the documents that it read.

    Attributes:
        problems: everything that does not follow.
        decisions: as read, or None when they cannot be read.
        declaration: as read, or None.
        consent: as read, or None where there is none.
        necessity: as read, or None.
        authority: of a later batch of a standing transfer, as read.
        treated, treatment: as read, or None.
        profile: that the plan was made by, or None.
        tables: the treated data's measures, taken again; empty where there was another problem.
        unknown: packs given as Kouan's own that the verifier does not know, each as `id version`; `- id`: left out.
        departs: whether they bear on the result: by the verifier's own packs it would be another.
        thresholds: edition of those of the risk report where the verifier does not know it.
        papers: report and papers of the dossier that are others when they are made again.
        verdicts: rules of which the outcome would be another by the verifier's own thresholds.
    """

    problems: tuple[KouanError, ...] = ()
    decisions: DecisionPair | None = None
    declaration: Declaration | None = None
    consent: Consent | None = None
    necessity: Necessity | None = None
    authority: Authority | None = None
    treated: Inventory | None = None
    treatment: Treatment | None = None
    profile: PackRef | None = None
    tables: tuple[Measured, ...] = ()
    unknown: tuple[str, ...] = ()
    departs: bool = False
    thresholds: str = ""
    verdicts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def replay(check: FolderCheck, known: KnownLaw) -> Replayed:
    """Derive everything again that follows from other documents of a folder whose seal holds.

    Args:
        check: of the seal.
        known: packs that the verifier knows from elsewhere.
    """
    if check.manifest is None:
        return Replayed()
    digests = {entry.path: entry.sha256 for entry in check.manifest.files}
    with tempfile.TemporaryDirectory(prefix="kouan-") as name:
        copy = Path(name)
        for path, digest in digests.items():
            if path in _READ or path.startswith(("packs/", f"{HIERARCHIES}/", f"{DOSSIER}/")):
                _copy(check.folder, path, copy, digest=digest)
        done = _documents(copy, digests)
        if done.decisions is None:
            return done
        problems = list(done.problems)
        decision = done.decisions.treated or done.decisions.original
        for inner in check.inner:
            _copy_release(inner, copy)
            problems += _release(check, inner, copy=copy, decision=decision, done=done)
        problems += _plan_kept(check.folder, copy, done) if not problems else ()
        judged = Judged(()) if problems else _measured(check.folder, copy, done, known)
        if judged is None:
            problems.append(messages.RISK_DIFFERS.at("risk.json"))
        problems += _utility(check.folder, copy, done) if not problems else ()
        problems += _inspected(check, copy, done) if not problems else ()
        if judged is None or problems:
            return replace(done, problems=tuple(problems))
        assert done.declaration is not None
        papers, sealed_with = papers_that_differ(check, copy, done.declaration), check.manifest.tool
        if sealed_with == tool():
            problems += paper_problems(papers, sealed_with)
        done = replace(done, papers=papers, problems=tuple(problems))
        done = replace(done, tables=judged.tables, thresholds=judged.foreign, verdicts=judged.departs)
        unknown = known.unknown(done)
        return replace(done, unknown=unknown, departs=bool(unknown) and departs(copy, done))


def _measured(folder: Path, copy: Path, done: Replayed, known: KnownLaw) -> Judged | None:
    """Measure the treated data again; they were checked against the seal where they lie. None where they differ."""
    if done.declaration is None or done.treated is None or done.treatment is None:
        return Judged(())
    try:
        return judged_again(
            copy,
            folder / "staged",
            declaration=done.declaration,
            treated=done.treated,
            treatment=done.treatment,
            known=known.thresholds,
        )
    except KouanError as error:
        if error.code == DISK_FULL.code:  # of temporary files: it says nothing of the folder
            raise
        return None


def _inspected(check: FolderCheck, copy: Path, done: Replayed) -> list[KouanError]:
    """Recognise the treated data again, of the files that were checked where they lie."""
    if done.declaration is None or done.treatment is None or check.manifest is None:
        return []
    staged, sealed_with = check.folder / "staged", check.manifest.tool
    try:
        return staged_as_said(
            copy, staged, declaration=done.declaration, treatment=done.treatment, sealed_with=sealed_with
        )
    except KouanError as error:
        if error.code == DISK_FULL.code:  # of temporary files: it says nothing of the folder
            raise
        return [verify_messages.UNRECOGNISED.at("staged/", tool=sealed_with)]


def _plan_kept(folder: Path, copy: Path, done: Replayed) -> list[KouanError]:
    if done.declaration is None or done.treatment is None:
        return []
    try:
        return plan_kept(copy, folder / "staged", declaration=done.declaration, treatment=done.treatment)
    except KouanError as error:
        return [messages.TREATMENT_DIFFERS.at(Path(error.where).name)]


def _utility(folder: Path, copy: Path, done: Replayed) -> list[KouanError]:
    """Count the treated half of the sectors' tables again, of the files that were checked where they lie."""
    if done.declaration is None or done.treatment is None or not (copy / "utility.json").exists():
        return []
    try:
        follows = utility_follows(copy, folder / "staged", declaration=done.declaration, treatment=done.treatment)
    except KouanError:
        follows = False
    return [] if follows else [utility_messages.UTILITY_DIFFERS.at("utility.json")]


def _copy(folder: Path, path: str, copy: Path, *, digest: str) -> None:
    data = (folder / path).read_bytes()
    if sha256_bytes(data) != digest:
        raise messages.STAGED_CHANGED.at(path)
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    (copy / path).write_bytes(data)


def _copy_release(inner: FolderCheck, copy: Path) -> None:
    listed = {entry.path: entry.sha256 for entry in inner.manifest.files} if inner.manifest is not None else {}
    if "release.json" in listed:
        _copy(inner.folder, "release.json", copy, digest=listed["release.json"])


def _documents(copy: Path, digests: Mapping[str, str]) -> Replayed:
    """Return what is wrong with facts, decisions and treated files."""
    pair = declaration = consent = necessity = authority = treatment = profile = None
    raw: Inventory | None = None
    problems: list[KouanError] = []
    try:
        pair = read_document(copy / "decision.json", DecisionPair, kind="decision")
        declaration, _, _ = read_declaration(copy / "declaration.yaml")
        packs = load_copied(copy / "packs", pair.original.packs)
        consent = _optional(copy, "consent", Consent, digests)
        authority = _optional(copy, "authority", Authority, digests)
        certified = _certified(copy, declaration, digests, problems, day=pair.original.as_of)
        for decision, name in ((pair.original, "inventory"), (pair.treated, "inventory-treated")):
            if decision is None:
                continue
            again = decide(decision.facts, packs, adopted=declaration.readings)
            if packs.refs != decision.packs or again != decision:
                problems.append(messages.DECISION_DIFFERS.at("decision.json"))
            inventory = read_document(copy / f"{name}.json", Inventory, kind=name)
            if raw is not None:
                necessity = read_document(copy / "necessity.json", Necessity, kind="necessity")
                if not _follows(necessity, copy, digests, declaration, raw=raw, treated=inventory):
                    problems.append(messages.NECESSITY_DIFFERS.at("necessity.json"))
                profile = _planned(copy, declaration, raw=raw, treated=inventory, problems=problems)
            day = decision.as_of
            facts = build_facts(
                declaration,
                inventory,
                metered=None,
                as_of=day,
                original=raw,
                consent=consent,
                necessity=necessity,
                repeat=authority is not None,
                packs=packs,
                certified=certified if raw is not None else None,
            )
            fewer = consent is not None and _plan_of(copy).rows is not None
            if raw is not None and not agrees(
                consent, declaration, inventory=raw, treated=inventory, day=day, fewer=fewer
            ):
                problems.append(consent_messages.CONSENT_DIFFERS.at("consent.json"))
            raw = inventory
            different = _different(decision.facts, facts)
            if different is not None:
                problems.append(messages.FACTS_DIFFER.at("decision.json", name=different))
        if pair.treated is not None:
            treatment = read_document(copy / "treatment.json", Treatment, kind="treatment")
            problems += _treated_files(treatment, digests, _plan_of(copy))
            problems += _attacks(copy, declaration, digests)
    except KouanError as error:
        where = Path(error.where).name if error.where.startswith(str(copy)) else error.where
        problems.append(messages.DECISION_DIFFERS.at(where))
    return Replayed(tuple(problems), pair, declaration, consent, necessity, authority, raw, treatment, profile)


def _follows(
    necessity: Necessity,
    copy: Path,
    digests: Mapping[str, str],
    declaration: Declaration,
    *,
    raw: Inventory,
    treated: Inventory,
) -> bool:
    """Tell whether the judgement of necessity follows from the folder, and no item leaves that its plan drops."""
    pack = _purpose(copy, digests, user=necessity.purpose is not None and necessity.purpose.user)
    if pack is not None and find_purpose((pack,), declaration.transfer.scenario) is None:
        return False
    plan = _plan_of(copy)
    leaving = {one.item for one in necessity.items if one.leaves}
    left = necessity.purpose is None or {item.id for item in treated.items} <= leaving
    return left and necessity_of(declaration, raw, pack, plan) == necessity


def _planned(
    copy: Path, declaration: Declaration, *, raw: Inventory, treated: Inventory, problems: list[KouanError]
) -> PackRef | None:
    """Return the profile of the folder's plan; problems are a plan that does not keep to it, and items not as planned.

    Treatment alone changes roles: a direct identifier that was kept is one still, and every figure of risk hangs on it.
    """
    plan = _plan_of(copy)
    other = first_other_role(raw, treated, plan)
    if other is not None:
        problems.append(messages.ROLES_DIFFER.at("inventory-treated.json", item=other))
    if not keeps_to_profile(plan, declaration, raw, copy / "packs"):
        problems.append(messages.PLAN_LEAVES_PROFILE.at("plan.yaml"))
    return plan.profile


def _plan_of(copy: Path) -> Plan:
    return read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")


def _purpose(copy: Path, digests: Mapping[str, str], *, user: bool) -> PurposePack | None:
    """Return the purpose that was judged by, and the built-in one in whose place a user's stands."""
    own, builtin = f"packs/{PURPOSE}", f"packs/{REPLACED}"
    if own not in digests:
        return None
    pack = read_purpose(copy / own, user=user)
    return replace(pack, replaced=read_purpose(copy / builtin)) if builtin in digests else pack


def _treated_files(treatment: Treatment, digests: Mapping[str, str], plan: Plan) -> list[KouanError]:
    wanted = {f"staged/{file.staged}": file.sha256 for file in treatment.files}
    problems = [] if wanted == _staged(digests) else [messages.STAGED_DIFFERS.at("staged/")]
    done, planned = ([(one.item, one.action, one.params) for one in part] for part in (treatment.items, plan.lines))
    return problems if done == planned else [*problems, messages.TREATMENT_DIFFERS.at("treatment.json")]


def _certified(
    copy: Path, declaration: Declaration, digests: Mapping[str, str], problems: list[KouanError], *, day: LegalDay
) -> str | None:
    """Return the number of the certificate that the folder rests on; one that does not fit is a problem."""
    if declaration.anonymised is None:
        return None
    certificate = _optional(copy, "certificate", Certificate, digests)
    problem = (
        relying_messages.CERTIFICATE_DIFFERS.at(CERTIFICATE)
        if certificate is None
        else follows(certificate, declaration, _plan_of(copy), _staged(digests), day=day)
    )
    if problem is not None:
        problems.append(problem)
    return declaration.anonymised.certificate


def _attacks(copy: Path, declaration: Declaration, digests: Mapping[str, str]) -> list[KouanError]:
    if ATTACKS not in digests or attacks_follow(copy, declaration, digests):  # earlier editions made none
        return []
    return [attack_messages.ATTACKS_DIFFER.at(ATTACKS)]


def _optional(copy: Path, kind: str, body: type[B], digests: Mapping[str, str]) -> B | None:
    name = f"{kind}.json"
    return read_document(copy / name, body, kind=kind) if name in digests else None


def _staged(digests: Mapping[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in digests.items() if path.startswith("staged/")}


def _different(recorded: FactSet, derived: FactSet) -> str | None:
    """Return the first fact that differs, or None; a metered count may only be heavier than the declared one."""
    if [(flow.id, flow.subjects, flow.items) for flow in recorded.flows] != [
        (flow.id, flow.subjects, flow.items) for flow in derived.flows
    ]:
        return "flows"
    for name in ("attestations", "attestations_complete", "parties"):
        if getattr(recorded, name) != getattr(derived, name):
            return name
    pairs = [("", recorded.facts, derived.facts)]
    pairs += [(f"{a.id}/", a.facts, b.facts) for a, b in zip(recorded.flows, derived.flows, strict=True)]
    for prefix, left, right in pairs:
        if len(left) != len(right):
            return f"{prefix}*"
        for one, other in zip(left, right, strict=True):
            if one.name != other.name or not _agrees(one, other):
                return prefix + one.name
    return None


def _agrees(recorded: Fact, derived: Fact) -> bool:
    if recorded.source is FactSource.METERED and derived.name.startswith("year_before."):
        # Releases are known here alone: they never bound a count that its exporter leaves open.
        most = derived.value.hi if isinstance(derived.value, Range) else None
        told = recorded.value
        return isinstance(told, Range) and (told.hi is None or (most is not None and told.hi >= most))
    return (recorded.value, recorded.source) == (derived.value, derived.source)


def _release(
    check: FolderCheck, inner: FolderCheck, *, copy: Path, decision: Decision, done: Replayed
) -> list[KouanError]:
    """Return in what a release differs from the decision that it stands on."""
    where = f"{inner.folder.name}/release.json"
    try:
        document = read_document(copy / "release.json", Release, kind="release")
    except KouanError as error:
        return [messages.RELEASE_DIFFERS.at(where, problem=error.what)]
    attested = {one.condition for one in document.attestations if says(one.value) and says(one.by)}
    each = {one.id for one in decision.conditions if one.each}
    authority, names = done.authority, exporter_names(done.declaration) if done.declaration is not None else ()
    old = authority.attestations if authority is not None else ()
    wrong = {
        _STALE: any(one in old and one.condition in each for one in document.attestations),
        _UNDER: document.under != (authority.clearance if authority is not None else None),
        _EXPORTERS: (document.exporter, document.exporters or names) != (names[0] if names else "", names),
        _SIGNER: check.signed_by != inner.signed_by,
        _FILES: _data(document, inner.manifest) != _sealed(check.manifest),
        _PATHWAY: not (document.pathway and decision.determined and set(document.pathway) <= set(decision.options)),
        _CONDITION: not {one.id for one in conditions_for(decision, document.pathway)} <= attested,
    }
    return [messages.RELEASE_DIFFERS.at(where, problem=text) for text, found in wrong.items() if found]


def _data(document: Release, manifest: Manifest | None) -> dict[str, str] | None:
    """Return the released files by path, or None where record and seal disagree."""
    listed = {entry.path: entry.sha256 for entry in manifest.files} if manifest is not None else {}
    present = {path: digest for path, digest in listed.items() if path.startswith("data/")}
    named = {entry.path: entry.sha256 for entry in document.files}
    return {path.removeprefix("data/"): digest for path, digest in present.items()} if named == present else None


def _sealed(manifest: Manifest | None) -> dict[str, str]:
    digests = {entry.path: entry.sha256 for entry in manifest.files} if manifest is not None else {}
    return {path.removeprefix("staged/"): digest for path, digest in _staged(digests).items()}
