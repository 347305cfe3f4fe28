"""What a PDF file holds beside its pages: comments, links, form fields, bookmarks, attached files, scripts."""

from __future__ import annotations

import ctypes
import io
import re
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as c

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 100_000
_TEXTS = (b"Contents", b"T", b"Subj")
_FILES = 20
_BLANK = 512
_CONTENTS = re.compile(rb"/Contents\s*(\[[\d\sR]*\]|\d+ 0 R)")
_NUMBER = re.compile(rb"(\d+) 0 R")


def bookmarks(document: Any) -> Iterator[dict[str, Any]]:
    """Yield the titles of the outline."""
    rows = []
    for place, one in enumerate(document.get_toc(max_depth=15)):
        if place >= _MOST:
            yield {"note": "more", "what": "bookmarks"}
            break
        rows.append({"text": one.get_title()})
    if rows:
        yield {"entity": "bookmarks", "rows": rows}


def comments(page: Any, number: int) -> Iterator[dict[str, Any]]:
    """Yield what stands in comments and links on a page; form fields apart."""
    rows = []
    for annotation in _annotations(page):
        kind = c.FPDFAnnot_GetSubtype(annotation)
        if kind in {c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_POPUP}:
            continue
        if kind == c.FPDF_ANNOT_FILEATTACHMENT:
            yield {"note": "attached", "name": _filename(annotation)}
        text, author, subject = (text_of(c.FPDFAnnot_GetStringValue, annotation, key) for key in _TEXTS)
        if text or author or subject:
            rows.append({"page": number, "author name": author, "subject": subject, "text": text})
        target = _target(page, annotation) if kind == c.FPDF_ANNOT_LINK else ""
        if target:
            rows.append({"page": number, "text": target})
    if rows:
        yield {"entity": "comments", "rows": rows}


def form(document: Any, page: Any) -> Iterator[tuple[str, str]]:
    """Yield names and values of the form fields on a page."""
    if document.formenv is None:
        return
    seen = set()
    for annotation in _annotations(page):
        if c.FPDFAnnot_GetSubtype(annotation) != c.FPDF_ANNOT_WIDGET:
            continue
        name = text_of(c.FPDFAnnot_GetFormFieldName, document.formenv, annotation)
        value = text_of(c.FPDFAnnot_GetFormFieldValue, document.formenv, annotation)
        if value and (name, value) not in seen:  # buttons of one field share its value
            seen.add((name, value))
            yield name or "field", value


def attachments(document: Any) -> Iterator[dict[str, Any]]:
    """Yield the names of attached files."""
    for place in range(min(document.count_attachments(), _FILES)):
        try:
            yield {"note": "attached", "name": document.get_attachment(place).get_name()}
        except pypdfium2.PdfiumError:
            yield {"note": "attached", "name": ""}


def scripts(document: Any) -> Iterator[dict[str, Any]]:
    """Say whether the file holds scripts, or a form that only Adobe's own software shows."""
    count = c.FPDFDoc_GetJavaScriptActionCount(document)
    if count > 0:
        yield {"note": "scripts", "count": count}
    if document.get_formtype() in {c.FORMTYPE_XFA_FULL, c.FORMTYPE_XFA_FOREGROUND}:
        yield {"note": "xfa"}


def is_blank(document: Any, place: int) -> bool:
    """Tell whether a page of which nothing was read has no content worth its name.

    PDFium gives up in silence on content that is damaged or unpacks to more than it allows. Alone in a file of its own,
    the page shows what it weighs: its content is written as it stood, still packed.
    """
    alone = pypdfium2.PdfDocument.new()
    try:
        alone.import_pages(document, [place])
        written = io.BytesIO()
        alone.save(written)
    except pypdfium2.PdfiumError:
        return False
    finally:
        alone.close()
    data = written.getvalue()
    numbers = [number for found in _CONTENTS.findall(data) for number in _NUMBER.findall(found)]
    return sum(len(stream) for number in numbers for stream in _stream(data, number)) <= _BLANK


def _stream(data: bytes, number: bytes) -> list[bytes]:
    return re.findall(rb"[\r\n]" + number + rb" 0 obj\b.*?stream\r?\n(.*?)endstream", data, re.DOTALL)


def text_of(call: Callable[..., int], *arguments: object) -> str:
    """Return what a function of PDFium writes as UTF-16 into a buffer that it is given."""
    size = call(*arguments, None, 0)
    if size <= 2:  # noqa: PLR2004 - the closing zero alone
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0").replace("\r", "\n").strip()


def _annotations(page: Any) -> Iterator[Any]:
    for place in range(min(c.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = c.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        try:
            yield annotation
        finally:
            c.FPDFPage_CloseAnnot(annotation)


def _filename(annotation: Any) -> str:
    attached = c.FPDFAnnot_GetFileAttachment(annotation)
    return text_of(c.FPDFAttachment_GetName, attached) if attached else ""


def _target(page: Any, annotation: Any) -> str:
    """Return where a link leads outside of the file."""
    link = c.FPDFAnnot_GetLink(annotation)
    action = c.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = c.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    c.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
    return buffer.raw[:size].decode("utf-8", "replace").rstrip("\0")
