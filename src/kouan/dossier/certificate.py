"""The certificate of effect as a Word document, in one language."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from kouan.dossier import attack_words, figures
from kouan.dossier import certificate_words as words
from kouan.dossier.attack_view import summary_of, tables_of
from kouan.dossier.certificate_page import first_page
from kouan.dossier.inventory_view import MANY
from kouan.dossier.itemnames import short_names
from kouan.dossier.others_view import stricter
from kouan.dossier.terms import ACTION, FORCE, IDENTITY, OUTCOME
from kouan.dossier.utility_view import touched
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.model.text import Text, visible
from kouan.packs.effects import load_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Paper
    from docx.table import Table

    from kouan.model.attacks import Attacked
    from kouan.model.certificate import Certificate, ItemRecord
    from kouan.model.prediction import Score

_FONT = {"zh": "SimSun", "en": "Times New Roman"}
_ROOM = Pt(2)
_STAGED = "staged/"
_MANY_FILES = 20
_NUMBERED = re.compile("[A-Z][0-9]+")
"""Ids that the draft itself gives; the others are this software's."""
_SIZE, _SMALL = Pt(10.5), Pt(9)
_PAGE, _MARGIN = (Cm(21), Cm(29.7)), Cm(2)


def certificate_docx(certificate: Certificate, *, lang: str) -> bytes:
    """Return the certificate as docx, dated as it was issued; it holds no value of any cell.

    Args:
        certificate: what was found.
        lang: "zh" or "en".
    """
    paper = _blank(certificate, lang)
    first_page(paper, certificate, lang)
    paper.add_page_break()  # type: ignore[no-untyped-call]
    paper.add_heading(words.GATES.of(lang), 1)
    paper.add_paragraph(visible(certificate.conclusion.of(lang)))
    _gates(paper, certificate, lang)
    paper.add_heading(words.ITEMS.of(lang), 1)
    _items(paper, certificate, lang)
    paper.add_heading(words.RISK.of(lang), 1)
    _risk(paper, certificate, lang)
    paper.add_heading(words.VERDICTS.of(lang), 1)
    _verdicts(paper, certificate, lang)
    if certificate.utility is not None:
        paper.add_heading(words.UTILITY.of(lang), 1)
        _utility(paper, certificate, lang)
    paper.add_heading(words.TEAM.of(lang), 1)
    _people(paper, certificate, lang)
    if certificate.attacked is not None:
        paper.add_heading(attack_words.TITLE.of(lang), 1)
        _attacks(paper, certificate.attacked, lang)
    for title, texts in ((words.MISSING, certificate.missing), (words.RENEWALS, certificate.renewals)):
        paper.add_heading(title.of(lang), 1)
        for one in texts:
            paper.add_paragraph(visible(one.of(lang)), style="List Bullet")
    paper.add_heading(words.DIGESTS.of(lang), 1)
    _inputs(paper, certificate, lang)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _blank(certificate: Certificate, lang: str) -> Paper:
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT[lang], _SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT["zh"])
    (section,) = paper.sections
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    about = paper.core_properties
    title = f"{words.TITLE.of(lang)} {certificate.number}"
    about.author, about.title, about.comments = visible(certificate.tool), visible(title), ""
    about.created = about.modified = certificate.issued_at.replace(tzinfo=None)
    return paper


def _gates(paper: Paper, certificate: Certificate, lang: str) -> None:
    rows = [
        (
            f"{one.id} {one.label.of(lang)}" if _NUMBERED.fullmatch(one.id) else one.label.of(lang),
            OUTCOME[one.outcome].of(lang),
            one.why.of(lang) + (f" [{one.evidence}]" if one.evidence else ""),
            one.source.of(lang),
        )
        for one in certificate.gates
    ]
    _table(paper, (words.REQUIREMENT, words.RESULT, words.WHY, words.SOURCE), rows, lang, widths=(4, 2, 6, 4))


def _items(paper: Paper, certificate: Certificate, lang: str) -> None:
    names = short_names(one.item for one in certificate.items)
    for (source, entity), listed in groupby(certificate.items, lambda one: split_item_id(one.item)[:2]):
        items = list(listed)
        aside = [one for one in items if _aside(one)] if len(items) >= MANY else []
        paper.add_heading(visible(f"{source}!{entity}"), 2)
        alike: dict[tuple[str, str, str], list[str]] = {}
        for one in items:
            if one not in aside:
                what = f"{one.label.of(lang)} ({one.role.of(lang)})"
                alike.setdefault((what, ACTION[one.action].of(lang), one.why.of(lang)), []).append(names[one.item])
        rows = [(", ".join(called), *told) for told, called in alike.items()]
        if rows:
            _table(paper, (words.ITEM, words.WHAT, words.TREATMENT, words.WHY), rows, lang, widths=(4, 4, 2, 7))
        if aside:
            labels = dict.fromkeys(one.label for one in aside)
            told = Text(zh="、".join(one.zh for one in labels), en="; ".join(one.en for one in labels))
            paper.add_paragraph(visible(words.KEPT_ASIDE.fill(count=len(aside), labels=told).of(lang)))


def _aside(one: ItemRecord) -> bool:
    """Tell whether an item neither tells persons apart nor was asked about, and leaves as it was."""
    return one.action is Action.KEEP and one.role == IDENTITY[IdentityRole.OTHER] and one.known is None


def _risk(paper: Paper, certificate: Certificate, lang: str) -> None:
    rows = [
        (
            one.entity,
            figures.count(one.records),
            figures.count(one.classes),
            figures.count(one.k),
            figures.percent(one.prosecutor_max),
            figures.percent(one.prosecutor_avg),
            figures.percent(one.class_avg),
            figures.percent(one.marketer),
        )
        for one in certificate.risk.tables
    ]
    heads = (
        words.TABLE,
        words.RECORDS,
        words.CLASSES,
        words.K,
        words.LARGEST,
        words.AVERAGE,
        words.R_C,
        words.MARKETER,
    )
    _table(paper, heads, rows, lang)
    for one in certificate.risk.tables:
        told = stricter(one)
        if told is not None:
            paper.add_paragraph(words.STRICTER.fill(table=one.entity, told=told).of(lang))


def _verdicts(paper: Paper, certificate: Certificate, lang: str) -> None:
    rows = [
        (
            f"{one.standard.of(lang)} {one.clause.of(lang)}",
            f"{FORCE[one.status].of(lang)} · {one.confidence}",
            one.value.of(lang),
            one.threshold.of(lang),
            OUTCOME[one.outcome].of(lang),
            one.why.of(lang),
        )
        for one in certificate.risk.verdicts
    ]
    heads = (words.SOURCE, words.STANDING, words.VALUE, words.THRESHOLD, words.RESULT, words.WHY)
    _table(paper, heads, rows, lang, widths=(4, 2, 2, 3, 2, 6))


def _utility(paper: Paper, certificate: Certificate, lang: str) -> None:
    assert certificate.utility is not None
    names = short_names(one.item for table in certificate.utility.tables for one in table.items)
    for table in certificate.utility.tables:
        read, same = touched(table.items)
        rows = [
            (
                names[one.item],
                "–" if one.kept is None else figures.percent(one.kept),
                f"{one.distinct_before:,} → {one.distinct_after:,}",
                figures.percent(one.emptied),
            )
            for one in read
        ]
        paper.add_heading(visible(table.entity), 2)
        if rows:
            _table(paper, (words.ITEM, words.KEPT, words.DISTINCT, words.EMPTIED), rows, lang, widths=(6, 3, 4, 3))
        if same:
            paper.add_paragraph(words.UNTOUCHED.fill(count=len(same)).of(lang))
    found = [one.prediction for one in certificate.utility.tables if one.prediction is not None]
    if found:
        scores = [[one.target, *map(_share, (one.majority, one.raw, one.treated))] for one in found]
        paper.add_paragraph()
        _table(paper, (words.TARGET, words.BY_MAJORITY, words.BY_RAW, words.BY_TREATED), scores, lang)
    if certificate.utility.checks:
        checks = [(one.entity, one.label.of(lang), one.statement.of(lang)) for one in certificate.utility.checks]
        paper.add_paragraph()
        _table(paper, (words.TABLE, words.CHECK, words.RESULT), checks, lang, widths=(3, 5, 7))


def _share(score: Score) -> str:
    return f"{figures.percent(score.rate)} ({figures.percent(score.lo)}–{figures.percent(score.hi)})"


def _attacks(paper: Paper, attacked: Attacked, lang: str) -> None:
    paper.add_paragraph(visible(summary_of(attacked).of(lang)))
    rows = [
        (
            f"{table.table.entity}{' ' + row.of if row.of else ''}",
            row.label.of(lang),
            f"{row.worked} · {row.control or '–'}",
            f"{figures.percent(row.value)} ({figures.percent(row.lo)}–{figures.percent(row.hi)})",
            row.means.of(lang),
        )
        for table in tables_of(attacked)
        for row in table.rows
        if row.found
    ]
    heads = (words.TABLE, *(attack_words.HEADS[name] for name in ("attack", "worked", "gain", "means")))
    if rows:
        _table(paper, heads, rows, lang, widths=(5, 2, 2, 3, 6))


def _inputs(paper: Paper, certificate: Certificate, lang: str) -> None:
    """List the documents; of many data files only how many, for the manifest's digest stands for them all."""
    data = [one for one in certificate.inputs if one.name.startswith(_STAGED)]
    shown = [one for one in certificate.inputs if len(data) <= _MANY_FILES or one not in data]
    _table(paper, (words.DOCUMENT, words.DIGEST), [(one.name, one.sha256) for one in shown], lang, widths=(1, 3))
    if len(data) > _MANY_FILES:
        paper.add_paragraph(words.FILES_ASIDE.fill(count=len(data)).of(lang))


def _people(paper: Paper, certificate: Certificate, lang: str) -> None:
    evaluation = certificate.evaluation
    fields = {one.id: one.label.of(lang) for one in load_questions().experts}
    rows = [(one.name, fields.get(one.kind, one.kind), one.organisation or "") for one in evaluation.team]
    if rows:
        _table(paper, (words.NAME, words.KIND, words.ORGANISATION), rows, lang)
    by = evaluation.approver
    approver = "–" if by is None else visible(f"{by.name}, {by.post}")
    paper.add_paragraph(f"{words.APPROVER.of(lang)}: {approver}")
    paper.add_paragraph(f"{words.RESIDUAL.of(lang)}: {visible(evaluation.residual or '–')}")


def _table(
    paper: Paper, heads: Sequence[Text], rows: Sequence[Sequence[str]], lang: str, *, widths: Sequence[int] = ()
) -> None:
    """Add a table; widths are shares of the page."""
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head.of(lang)).bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = visible(value)
    for row_ in table.rows:
        for cell in row_.cells:
            (line,) = cell.paragraphs
            line.paragraph_format.space_before = line.paragraph_format.space_after = _ROOM
            for run in line.runs:
                run.font.size = _SMALL
    _widen(paper, table, widths or (1,) * len(heads))


def _widen(paper: Paper, table: Table, widths: Sequence[int]) -> None:
    (section,) = paper.sections
    assert section.page_width is not None
    room = section.page_width - 2 * _MARGIN
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(room * width // sum(widths))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(room * width // sum(widths))
