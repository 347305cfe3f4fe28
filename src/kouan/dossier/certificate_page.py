"""The first page of a certificate of effect: what was found, for whom, until when, and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor

from kouan.dossier import attack_view, figures
from kouan.dossier import certificate_words as words
from kouan.dossier.terms import MODE, OUTCOME, OUTCOME_MARK, PARTY
from kouan.model.certificate import Effect
from kouan.model.risk import Judgement
from kouan.model.text import Text, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as Paper
    from docx.table import _Cell

    from kouan.model.certificate import Certificate, Gate

_COLOUR = {
    Effect.ANONYMISED: "1E6B3A",
    Effect.DE_IDENTIFIED: "9A5B00",
    Effect.OPEN: "5A5A5A",
    Effect.NOT_REACHED: "A02020",
}
_TONE = {Judgement.PASS: "1E6B3A", Judgement.FAIL: "A02020", Judgement.UNKNOWN: "9A5B00"}
_LISTED = 6
_WIDTHS = (Cm(3.5), Cm(13.5))
_LONGEST = {"zh": 80, "en": 150}
_PLAIN = "404040"
_COUNTED = (Judgement.PASS, Judgement.FAIL, Judgement.UNKNOWN)


def first_page(paper: Paper, certificate: Certificate, lang: str) -> None:
    """Write the page.

    Args:
        paper: empty.
        certificate: what was found.
        lang: "zh" or "en".
    """
    _line(paper, words.TITLE.of(lang), size=18, bold=True, centred=True)
    _line(paper, certificate.number, size=11, colour=_PLAIN, centred=True)
    _banner(paper, certificate, lang)
    _counts(paper, certificate, lang)
    _about(paper, certificate, lang)
    _against(paper, certificate, lang)
    _line(paper, words.HOW_TO_CHECK.fill(number=certificate.number).of(lang), size=9, colour=_PLAIN)


def _banner(paper: Paper, certificate: Certificate, lang: str) -> None:
    """Put the finding into one coloured box, with what follows from it below."""
    (cell,) = paper.add_table(rows=1, cols=1).rows[0].cells
    _fill(cell, _COLOUR[certificate.effect])
    head = cell.paragraphs[0]
    head.alignment, head.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Pt(8)
    _write(head, words.EFFECT[certificate.effect].of(lang), size=22, bold=True, colour="FFFFFF")
    below = cell.add_paragraph()
    below.alignment, below.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(8)
    _write(below, words.FOLLOWS[certificate.effect].of(lang), size=11, colour="FFFFFF")
    paper.add_paragraph()


def _counts(paper: Paper, certificate: Certificate, lang: str) -> None:
    """Three large numbers: requirements met, not met, open."""
    table = paper.add_table(rows=1, cols=len(_COUNTED))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, outcome in zip(table.rows[0].cells, _COUNTED, strict=True):
        count = sum(gate.outcome is outcome for gate in certificate.gates)
        number, label = cell.paragraphs[0], cell.add_paragraph()
        for one in (number, label):
            one.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(number, f"{count}", size=20, bold=True, colour=_TONE[outcome])
        _write(label, words.COUNTED[outcome].of(lang), size=9, colour=_PLAIN)
    paper.add_paragraph()


def _about(paper: Paper, certificate: Certificate, lang: str) -> None:
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for label, value in _facts(certificate):
        cells = table.add_row().cells
        _write(cells[0].paragraphs[0], label.of(lang), size=10, bold=True)
        _write(cells[1].paragraphs[0], value if isinstance(value, str) else value.of(lang), size=10)
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    paper.add_paragraph()


def _facts(certificate: Certificate) -> Iterator[tuple[Text, Text | str]]:
    yield words.TRANSFER, certificate.transfer
    yield words.PARTIES, words.FROM_TO.fill(exporter=certificate.exporter, recipients="; ".join(certificate.recipients))
    others = _others(certificate)
    if others is not None:
        yield words.OTHERS, others
    if certificate.mode is not None:
        yield words.MODE, MODE[certificate.mode]
    yield words.PURPOSE, certificate.purpose
    first, last = figures.day(certificate.valid_from), figures.day(certificate.valid_to)
    yield words.VALIDITY, words.PERIOD.fill(first=first, last=last)
    yield (
        words.SMALLEST,
        words.SMALL_CLASSES.fill(
            k=f"{min((one.k for one in certificate.risk.tables), default=0):,}",
            tables=len(certificate.risk.tables),
            records=figures.count(sum(one.records for one in certificate.risk.tables)),
        ),
    )
    if certificate.attacked is not None:
        yield words.ATTACKED, attack_view.summary_of(certificate.attacked)
    yield words.CLEARANCE, certificate.clearance
    yield words.ISSUED, figures.instant(certificate.issued_at)


def _others(certificate: Certificate) -> Text | None:
    """Return the parties beside exporter and recipients, each with its role; None without any."""
    shown = {certificate.exporter, *certificate.recipients}
    told = [(PARTY[one.role], one.name) for one in certificate.parties if one.name not in shown]
    listed = {lang: "; ".join(f"{role.of(lang)}: {name}" for role, name in told) for lang in ("zh", "en")}
    return Text(**listed) if told else None


def _against(paper: Paper, certificate: Certificate, lang: str) -> None:
    """List what stands against the word "anonymised", what failed before what is open."""
    open_ = [gate for gate in certificate.gates if gate.outcome is not Judgement.PASS]
    open_.sort(key=lambda gate: (gate.outcome is not Judgement.FAIL, gate.id.startswith("attack:")))
    if not open_:
        _line(paper, words.NOTHING_AGAINST.of(lang), size=10, bold=True)
        return
    _line(paper, words.AGAINST.of(lang), size=11, bold=True)
    for gate in open_[:_LISTED]:
        _gate(paper, gate, lang)
    if len(open_) > _LISTED:
        _line(paper, words.FURTHER.fill(count=len(open_) - _LISTED).of(lang), size=9, colour=_PLAIN)


def _gate(paper: Paper, gate: Gate, lang: str) -> None:
    line = paper.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    _write(line, f"{OUTCOME_MARK[gate.outcome]} {gate.label.of(lang)}", size=10, bold=True, colour=_TONE[gate.outcome])
    why = gate.why.of(lang)
    short = why if len(why) <= _LONGEST[lang] else f"{why[: _LONGEST[lang]]}…"
    _write(line, f"  {OUTCOME[gate.outcome].of(lang)} · {short}", size=9, colour=_PLAIN)


def _line(
    paper: Paper, text: str, *, size: float, bold: bool = False, colour: str = "000000", centred: bool = False
) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, size=size, bold=bold, colour=colour)


def _write(paragraph: object, text: str, *, size: float, bold: bool = False, colour: str = "000000") -> None:
    run = paragraph.add_run(visible(text))  # type: ignore[attr-defined]
    run.bold, run.font.size, run.font.color.rgb = bold, Pt(size), RGBColor.from_string(colour)


def _fill(cell: _Cell, colour: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no other way to shade a cell
