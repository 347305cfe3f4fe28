"""Later batches of a standing transfer: within what was authorised first, and counted on top of what left before.

O11 Art 14, O13 Art 8 and O20 Art 10 say when to declare anew; NDSR Art 38 keeps export within the purpose, method,
scope, kinds and scale assessed. What documents can show of that is compared here; the rest a named
person attests each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.counting import exporter_keys
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore, open_signer
from kouan.model.canonical import canonical_bytes, sha256_file
from kouan.model.decision import Pathway
from kouan.model.declaration import PartyRole
from kouan.model.files import read_document
from kouan.model.items import split_item_id
from kouan.model.release import Release
from kouan.model.standing import Authority
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.meter.ledger import Ledger
    from kouan.model.declaration import Declaration
    from kouan.model.facts import Range
    from kouan.model.inventory import Inventory
    from kouan.model.pack import Parameter
    from kouan.model.time import LegalDay
    from kouan.model.treatment import Treatment
    from kouan.packs import PackSet

    Kind = tuple[str, str, str, str, bytes]

_NOT_STANDING = Text(zh="两份填报须都写明 transfer 的 standing 为 true", en="both declarations say standing: true")
_NOT_RELEASED = Text(zh="该文件夹没有放行", en="that folder was not released")
_NOT_FIRST = Text(
    zh="该文件夹自己就是后续批次，请给出首次办理的文件夹", en="that folder is a later batch; name the first"
)
_OTHER = {
    "exporter": Text(zh="数据处理者不同", en="another exporter"),
    "recipients": Text(zh="境外接收方不同", en="other recipients"),
    "purpose": Text(zh="目的不同", en="another purpose"),
    "scenario": Text(zh="场景不同", en="another scenario"),
    "mode": Text(zh="接收方持有数据的方式不同", en="another way of holding the data"),
}
_ITEMS = Text(
    zh="有首次没有的数据项，或者处理方式不同：{names}", en="items that the first had not, or otherwise treated: {names}"
)
_PATHWAY = Text(zh="合规路径已不是当时的路径", en="the pathway is no longer that of then")
_UNSAID = Text(zh="没有写明 authorised", en="authorised is missing")
_EXPIRED = Text(zh="有效期至 {until}，已过", en="it was valid until {until}")
_MANY = Text(
    zh="授权范围为普通 {ordinary} 人、敏感 {sensitive} 人，连同本批最多将达 {total_ordinary} 人、{total_sensitive} 人",
    en="it covers {ordinary} ordinary and {sensitive} sensitive persons; with this batch they may be"
    " {total_ordinary} and {total_sensitive}",
)
VALIDITY = {
    Pathway.SECURITY_ASSESSMENT: "assessment_validity_years",
    Pathway.CERTIFICATION: "certificate_validity_years",
}
_SHOWN = 5


def find_authority(
    folder: Path,
    declaration: Declaration,
    *,
    treated: Inventory,
    treatment: Treatment,
    settings: Settings,
    packs: PackSet,
    ledger: Ledger,
) -> Authority:
    """Return the authority for a new batch from the folder of the first release.

    Args:
        folder: of the first clearance, released.
        declaration: of the new batch.
        treated: inventory of the new batch.
        treatment: of the new batch.
        settings: of the run.
        packs: that say how long a result is valid.
        ledger: the meter.

    Raises:
        KouanError: K-CLR-046 when the batch is not within it, or the first problem of verification.
    """
    check = verify_folder(folder, TrustStore.of_home(settings.home))
    # What was filed by the law of its day stays filed: other packs of this Kouan do not undo it.
    problems = [one for one in check.problems if one.message is not messages.LAW_DEPARTS]
    if problems:
        raise problems[0]
    if check.check.signed_by != open_signer(settings.home, create=True).verifier:
        raise messages.FOLDER_OF_ANOTHER.at(str(folder), signer=check.signer)
    first, digest = check.documents, check.check.sha256
    problem = _NOT_RELEASED if not check.check.inner else _NOT_FIRST if first.authority is not None else None
    if problem is not None or first.declaration is None or digest is None:
        raise messages.NOT_UNDER.at(str(folder), problem=problem or _NOT_RELEASED)
    assert first.treated is not None
    assert first.treatment is not None
    _same(first.declaration, declaration, str(folder))
    mine, allowed = _kinds(treated, treatment), _kinds(first.treated, first.treatment)
    strange = sorted({kind[0] for kind in mine - allowed})
    if strange:
        names = ", ".join(strange[:_SHOWN]) + (" …" if len(strange) > _SHOWN else "")
        raise messages.NOT_UNDER.at(str(folder), problem=_ITEMS.fill(names=names))
    inner = check.check.inner[0]
    release = read_document(inner.folder / "release.json", Release, kind="release")
    if inner.manifest is None or sha256_file(inner.folder / "release.json") not in {
        entry.sha256 for entry in inner.manifest.files if entry.path == "release.json"
    }:
        raise messages.STAGED_CHANGED.at("release.json")
    assert first.decisions is not None
    each = {one.id for one in (first.decisions.treated or first.decisions.original).conditions if one.each}
    ordinary, sensitive = ledger.under(digest)
    authority = Authority(
        clearance=digest,
        released_at=release.released_at,
        pathway=release.pathway,
        attestations=tuple(one for one in release.attestations if one.condition not in each),
        until=_until(declaration, release.pathway, packs, str(folder), today=settings.as_of),
        ordinary=ordinary,
        sensitive=sensitive,
        items=len(mine),
    )
    check_validity(authority, where=str(folder), today=settings.as_of)
    return authority


def check_validity(authority: Authority, *, where: str, today: LegalDay) -> None:
    """Refuse an authority that has run out. Raises KouanError K-CLR-046."""
    if authority.until is not None and authority.until < today:
        raise messages.NOT_UNDER.at(where, problem=_EXPIRED.fill(until=authority.until))


def check_pathway(authority: Authority, options: tuple[Pathway, ...], *, where: str) -> None:
    """Refuse a batch whose lawful pathways are no longer those of the authority. Raises KouanError K-CLR-046."""
    if not set(authority.pathway) <= set(options):
        raise messages.NOT_UNDER.at(where, problem=_PATHWAY)


def check_persons(declaration: Declaration, totals: tuple[Range, Range], *, where: str) -> None:
    """Refuse a batch with which more persons may have left than the authority covers; the upper ends count.

    Args:
        declaration: of the batch; where it states no numbers the pathway has none.
        totals: ordinary and sensitive persons released under the authority, with those of this batch.
        where: folder of the authority.

    Raises:
        KouanError: K-CLR-046.
    """
    covers = declaration.authorised
    if covers is None:
        return
    ends = [one.hi for one in totals]
    limits = (covers.ordinary, covers.sensitive)
    if any(total is None or total > limit for total, limit in zip(ends, limits, strict=True)):
        shown = ["∞" if total is None else f"{total:,}" for total in ends]
        problem = _MANY.fill(
            ordinary=f"{covers.ordinary:,}",
            sensitive=f"{covers.sensitive:,}",
            total_ordinary=shown[0],
            total_sensitive=shown[1],
        )
        raise messages.NOT_UNDER.at(where, problem=problem)


def _same(first: Declaration, batch: Declaration, where: str) -> None:
    if not (first.transfer.standing and batch.transfer.standing):
        raise messages.NOT_UNDER.at(where, problem=_NOT_STANDING)
    mine, then = _scope(batch), _scope(first)
    for name, problem in _OTHER.items():
        if mine[name] != then[name]:
            raise messages.NOT_UNDER.at(where, problem=problem)


def _scope(declaration: Declaration) -> dict[str, object]:
    abroad = (PartyRole.RECIPIENT, PartyRole.ONWARD_RECIPIENT)
    parties = {(party.role, party.name, party.country) for role in abroad for party in declaration.parties_as(role)}
    return {
        "exporter": set(exporter_keys(declaration)),
        "recipients": parties,
        "purpose": declaration.purpose,
        "scenario": declaration.transfer.scenario,
        "mode": declaration.transfer.mode,
    }


def _kinds(treated: Inventory, treatment: Treatment) -> set[Kind]:
    """Return what leaves: name, meaning, subject and treatment of each item, whatever its file is called this time."""
    done = {one.item: (one.action.value, canonical_bytes(one.params)) for one in treatment.items}
    return {
        (split_item_id(item.id)[2], item.meaning, item.subject or "", *done.get(item.id, ("", b"")))
        for item in treated.items
    }


def _until(
    declaration: Declaration, pathway: tuple[Pathway, ...], packs: PackSet, where: str, *, today: LegalDay
) -> LegalDay | None:
    """Return the last day of validity: what the paper says, and what the law of today allows.

    Results of assessments from before order 16 run for its three years (open point a6); a paper with an earlier day
    goes first.
    """
    if all(path.weight < Pathway.STANDARD_CONTRACT.weight for path in pathway):
        return None
    covers = declaration.authorised
    if covers is None:
        raise messages.NOT_UNDER.at(where, problem=_UNSAID)
    days = [covers.until] if covers.until is not None else []
    for path in pathway:
        parameter = packs.parameters.get(VALIDITY.get(path, ""))
        if parameter is not None and covers.issued_on is not None:
            days.append(_after(covers.issued_on, _years(parameter, today)))
    if not days:
        raise messages.NOT_UNDER.at(where, problem=_UNSAID)
    return min(days)


def _years(parameter: Parameter, day: LegalDay) -> int:
    """Return the years of the law in force on a day, or of the first law where it came later."""
    values = sorted(parameter.values, key=lambda one: one.start)
    return next((one.value for one in values if one.holds(day)), values[0].value)


def _after(day: LegalDay, years: int) -> LegalDay:
    """Return the corresponding day years later, or the month's last where there is none (民法典 Art 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
