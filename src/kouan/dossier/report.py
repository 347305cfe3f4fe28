"""The report: one self-contained page in both languages, readable without script, network or this software."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from kouan.dossier import (
    attack_view,
    attack_words,
    certificate_words,
    charts,
    grouping,
    lighter,
    necessity_view,
    others_view,
    summary,
    tracing,
    verdict_view,
)
from kouan.dossier.duties import by_pathway
from kouan.dossier.gate import by_track
from kouan.dossier.inventory_view import groups_of
from kouan.dossier.itemnames import short_names
from kouan.dossier.metered import told_again
from kouan.dossier.page import render
from kouan.dossier.people import people_of, range_fact
from kouan.dossier.target_view import target_of
from kouan.dossier.utility_view import touched

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from kouan.law.changing import WouldChange
    from kouan.model.attacks import Attacked
    from kouan.model.certificate import Certificate
    from kouan.model.consent import Consent
    from kouan.model.decision import Decision, DecisionPair, Pathway
    from kouan.model.declaration import Declaration
    from kouan.model.document import Input
    from kouan.model.inventory import Inventory
    from kouan.model.necessity import Necessity
    from kouan.model.plan import Plan
    from kouan.model.release import Dossier, Paper
    from kouan.model.risk import RiskReport
    from kouan.model.standing import Authority
    from kouan.model.text import Text
    from kouan.model.treatment import Treatment
    from kouan.model.utility import Utility
    from kouan.model.whatif import WhatIf

_MANY_ITEMS = 60
"""Items above which paper leaves out the evidence for each."""
_MANY_FILES = 20
"""Data files whose digests the page lists at once; more are folded up."""


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What the report shows; a stage that was not reached is None and its part of the page says so.

    Attributes:
        inventory: of the raw data.
        made_at: instant of the report.
        tool: name and version of the software.
        signer: name of the signing key, or None when nothing is signed.
        log_origin: origin line of the transparency log.
        folder: the clearance folder as commands in the page name it.
        digests: documents of the folder by name.
        consent: what the ledger of consents says; None where there is none.
        necessity: the three necessities; None where they were not reached.
        certificate: of effect, on which the exporter rests; None where none is named.
        attacked: attacks on the treated data.
        authority: the release under which this batch leaves; None of a first or single transfer.
        would_change: of the governing decision, per flow, what would lead it elsewhere.
        lighter: what a bounded search found that would make the governing decision lighter; None where none was made.
        fact_labels: words for fact names, from the packs' vocabulary; a fact without one shows its name.
    """

    declaration: Declaration
    made_at: dt.datetime
    tool: str
    inventory: Inventory | None = None
    decisions: DecisionPair | None = None
    plan: Plan | None = None
    treatment: Treatment | None = None
    risk: RiskReport | None = None
    utility: Utility | None = None
    attacked: Attacked | None = None
    certificate: Certificate | None = None
    dossier: Dossier | None = None
    signer: str | None = None
    log_origin: str | None = None
    folder: str = "FOLDER"
    digests: tuple[Input, ...] = ()
    consent: Consent | None = None
    necessity: Necessity | None = None
    authority: Authority | None = None
    would_change: Mapping[str, tuple[WouldChange, ...]] = field(default_factory=lambda: MappingProxyType({}))
    lighter: WhatIf | None = None
    fact_labels: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))


def render_report(view: ReportInput, *, lang: str) -> str:
    """Return the page as HTML.

    Args:
        view: the documents of the run.
        lang: the language shown first, "zh" or "en"; the reader can switch in the page.
    """
    governing = summary.governing(view.decisions)
    people = _people(view)
    return render(
        "page.html.j2",
        lang=lang,
        view=view,
        planned=True,
        governing=governing,
        original=view.decisions.original if view.decisions else None,
        verdict=summary.verdict(view.decisions),
        unread_means=summary.UNREAD_MEANS,
        steps=summary.next_steps(view.decisions, view.dossier),
        people=people,
        papers=_papers(view.dossier),
        gates=by_track(governing.conditions) if governing else (),
        duty_groups=by_pathway(governing) if governing else (),
        year=_year(view),
        again=told_again(governing.facts) if governing else None,
        groups=groups_of(view.inventory, view.plan, view.treatment),
        risk_tables=charts.tables(view.risk),
        o=others_view,
        stricter=others_view.stricter,
        item_names=short_names(item.id for item in view.inventory.items) if view.inventory else {},
        touched=touched,
        brief=view.inventory is not None and len(view.inventory.items) > _MANY_ITEMS,
        files=_files(view),
        many_files=_MANY_FILES,
        other_rows=others_view.of_tables(view.risk.after if view.risk else None, view.inventory),
        verdict_rows=verdict_view.rows_of(view.risk),
        a=attack_words,
        c=certificate_words,
        relied=_relied(view.certificate, governing),
        attack_tables=attack_view.tables_of(view.attacked),
        attack_summary=attack_view.summary_of(view.attacked) if view.attacked else None,
        attack_seed=_seed(view.attacked),
        target=target_of(view.declaration, view.risk),
        need=_need(view.necessity),
        traces=tracing.traces(view.decisions),
        lighter=lighter.ways_of(view.lighter),
        listed=grouping.by_pathway(governing, governing.papers) if governing else (),
        triggers=grouping.by_pathway(governing, governing.triggers) if governing else (),
    )  # fmt: skip


def _files(view: ReportInput) -> list[tuple[str, int, str]]:
    """Return name, bytes and digest of the data files, raw ones first."""
    raw = [(one.path, one.bytes, one.sha256) for one in view.inventory.sources] if view.inventory else []
    staged = [(one.staged, one.bytes, one.sha256) for one in view.treatment.files] if view.treatment else []
    return raw + staged


def _people(view: ReportInput) -> tuple[tuple[object, object], ...]:
    """Return (before, after) of every flow of the first decision; after is None when the flow no longer leaves."""
    if view.inventory is None:
        return ()
    first = people_of(view.inventory, view.decisions.original if view.decisions else None)
    if view.decisions is None or view.decisions.treated is None:
        return tuple((one, one) for one in first)
    after = {one.id: one for one in people_of(view.inventory, view.decisions.treated)}
    return tuple((one, after.get(one.id)) for one in first)


def _relied(certificate: Certificate | None, governing: Decision | None) -> Text | None:
    if certificate is None or governing is None:
        return None
    adopted = governing.adopted.get(certificate_words.READING) == certificate_words.TAKEN
    return certificate_words.RELIED[adopted]


def _seed(attacked: Attacked | None) -> Text | None:
    if attacked is None:
        return None
    return attack_words.SEED.fill(seed=attacked.seed, tries=attacked.tries, most=f"{attacked.most:,}")


def _need(necessity: Necessity | None) -> dict[str, object]:
    if necessity is None:
        return {}
    return {
        "parts": necessity_view.parts_of(necessity),
        "questionable": necessity_view.questionable(necessity),
        "needed": necessity_view.needed(necessity),
        "dropped": necessity_view.dropped(necessity),
    }


def _papers(dossier: Dossier | None) -> list[tuple[Pathway, list[Paper]]]:
    """Return the papers by pathway, lightest first."""
    groups: dict[Pathway, list[Paper]] = {}
    for paper in dossier.papers if dossier else ():
        groups.setdefault(paper.pathway, []).append(paper)
    return sorted(groups.items(), key=lambda group: group[0].weight)


def _year(view: ReportInput) -> tuple[object, object] | None:
    decision = summary.governing(view.decisions)
    if decision is None:
        return None
    pair = (range_fact(decision.facts, "year.ordinary_persons"), range_fact(decision.facts, "year.sensitive_persons"))
    return pair if any(pair) else None
