"""A reviewer asks the register: by exporter, finding, standing, end of validity, and by what a standard said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import relying_messages as messages
from kouan.clearance.register import Register
from kouan.clearance.relying import CERTIFICATE
from kouan.evidence import TrustStore, check_folder
from kouan.model.certificate import Certificate
from kouan.model.errors import KouanError
from kouan.model.files import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kouan.clearance.settings import Settings
    from kouan.model.certificate import Effect
    from kouan.model.register import Entry, Standing
    from kouan.model.risk import Judgement
    from kouan.model.time import LegalDay


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked; None leaves it open.

    Attributes:
        words: that all stand in the entry.
        exporter: part of its name.
        effect, status: of the certificate, and how it stands.
        ends_by: last day of validity at the latest.
        standard: part of a rule's id, name, standard or clause.
        outcome: of that rule, or of any where no standard is asked for.
        seals: whether the seal of every certificate found is checked.
    """

    words: tuple[str, ...] = ()
    exporter: str | None = None
    effect: Effect | None = None
    status: str | None = None
    ends_by: LegalDay | None = None
    standard: str | None = None
    outcome: Judgement | None = None
    seals: bool = False

    @property
    def reads(self) -> bool:
        """Whether the certificates themselves are opened."""
        return self.seals or self.standard is not None or self.outcome is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate that fits.

    Attributes:
        standing: as the register has it.
        rules: outcomes by id of the rules asked for; None where the certificate was not opened.
        problem: why it cannot be believed; None where it can, or was not opened.
    """

    standing: Standing
    rules: Mapping[str, Judgement] | None = None
    problem: KouanError | None = None


def review(query: Query, *, settings: Settings, day: LegalDay) -> tuple[Found, ...]:
    """Return what fits, newest first; one that cannot be read or believed stays in, with what is wrong.

    Raises:
        KouanError: K-CLR-126 for a damaged register.
    """
    return tuple(_found(query, settings=settings, day=day))


def problem_of(entry: Entry, place: Path, *, settings: Settings) -> KouanError | None:
    """Return what is wrong with the folder of a certificate: its seal, or that another one is registered."""
    try:
        check = check_folder(place, TrustStore.of_home(settings.home))
    except KouanError as error:  # it is not there
        return error
    if check.all_problems:
        return check.all_problems[0]
    return None if check.sha256 == entry.manifest else messages.CERTIFICATE_DIFFERS.at(str(place))


def _found(query: Query, *, settings: Settings, day: LegalDay) -> Iterator[Found]:
    for one in Register(settings.home).all(day):
        if not _fits(one, query):
            continue
        if not query.reads:
            yield Found(one)
            continue
        place = Path(one.entry.folder)
        problem = problem_of(one.entry, place, settings=settings)
        if problem is not None:
            yield Found(one, problem=problem)
            continue
        try:
            rules = _rules(read_document(place / CERTIFICATE, Certificate, kind="certificate"), query)
        except KouanError as error:  # of another edition
            yield Found(one, problem=error)
            continue
        if rules or (query.standard is None and query.outcome is None):
            yield Found(one, rules)


def _fits(one: Standing, query: Query) -> bool:
    entry = one.entry
    text = f"{entry.number} {entry.transfer} {entry.exporter} {entry.effect} {one.status} {entry.clearance}".casefold()
    return (
        all(word.casefold() in text for word in query.words)
        and (query.exporter is None or query.exporter.casefold() in entry.exporter.casefold())
        and (query.effect is None or entry.effect is query.effect)
        and (query.status is None or one.status == query.status)
        and (query.ends_by is None or (entry.valid_to is not None and entry.valid_to <= query.ends_by))
    )


def _rules(certificate: Certificate, query: Query) -> dict[str, Judgement]:
    """Return the rules that are asked for; requirements and verdicts of standards are both."""
    found: dict[str, Judgement] = {}
    for verdict in certificate.risk.verdicts:
        if _named(query, verdict.rule, verdict.standard.zh, verdict.standard.en, verdict.clause.zh, verdict.label.zh):
            found[verdict.rule] = verdict.outcome
    for gate in certificate.gates:
        if _named(query, gate.id, gate.label.zh, gate.label.en, gate.source.zh, gate.source.en):
            found.setdefault(gate.id, gate.outcome)
    return {rule: outcome for rule, outcome in found.items() if query.outcome is None or outcome is query.outcome}


def _named(query: Query, *texts: str) -> bool:
    wanted = None if query.standard is None else query.standard.casefold()
    return wanted is None or any(wanted in text.casefold() for text in texts)
