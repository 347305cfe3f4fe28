"""Word and PowerPoint documents for tests, made of raw parts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_NEVER = (1980, 1, 1, 0, 0, 0)


def run(text: str, properties: str = "") -> str:
    """Return a run of Word."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs, or of texts."""
    return f"<w:p>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def table(*rows: Sequence[str], marked: bool = False) -> str:
    """Return a table of texts."""
    made = []
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if marked and not number else ""
        made.append(f"<w:tr>{head}{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in row)}</w:tr>")
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def core(**said: str) -> str:
    """Return core properties, such as `creator`."""
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in said.items())
    return f'{_HEAD}<cp xmlns="{_PACKAGE}/metadata/core-properties">{inside}</cp>'


def relations(*links: str) -> str:
    """Return a part of relationships that lead to these addresses."""
    made = "".join(
        f'<Relationship Id="r{number}" Type="{R}/hyperlink" Target="{link}" TargetMode="External"/>'
        for number, link in enumerate(links)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def docx(body: str, parts: Mapping[str, str | bytes] = {}) -> bytes:
    """Return a document of Word with more parts beside its body."""
    document = f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": _TYPES, "word/document.xml": document, **parts})


def pptx(*slides: str, parts: Mapping[str, str | bytes] = {}) -> bytes:
    """Return a presentation of slides given as what stands in their shapes."""
    made = {
        f"ppt/slides/slide{number}.xml": f'{_HEAD}<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld>{slide}</p:cSld></p:sld>'
        for number, slide in enumerate(slides, start=1)
    }
    return package({"[Content_Types].xml": _TYPES, "ppt/presentation.xml": f'<p:p xmlns:p="{P}"/>', **made, **parts})


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a zip, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
