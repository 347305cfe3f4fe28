"""What the parts of an office document are: where their text is seen, and which of them no one can read here."""

from __future__ import annotations

import re

_TEXTS = (
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), r"slide \1"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), r"notes \1"),
    (re.compile(r"ppt/(?:slideLayouts|slideMasters|notesMasters|handoutMasters)/\w+\.xml"), "layout"),
    (re.compile(r"(?:word|ppt)/(?:\w+/)?(?:modernC|threadedC|c)omments?\w*\.xml", re.IGNORECASE), "comment"),
    (re.compile(r"word/document\d*\.xml"), "body"),
    (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"),
    (re.compile(r"word/(?:footnotes|endnotes)\d*\.xml"), "footnote"),
    (re.compile(r"word/glossary/.*\.xml"), "building block"),
    (re.compile(r"(?:word|ppt)/charts/.*\.xml"), "chart"),
    (re.compile(r"(?:word|ppt)/diagrams/.*\.xml"), "diagram"),
    (re.compile(r"(?:.*/)?_rels/.*\.rels"), "link"),
    (re.compile(r"customXml/.*\.xml"), "custom XML"),
    (re.compile(r"docProps/.*\.xml"), "properties"),
)
_UNREAD = (
    ("signature", re.compile(r"_xmlsignatures/.*")),
    ("macros", re.compile(r".*vba\w*\.bin|.*/vbadata\.xml", re.IGNORECASE)),
    ("embedded", re.compile(r".*/(?:embeddings|activeX|ctrlProps)/.*|.*/afchunk.*", re.IGNORECASE)),
    ("embedded", re.compile(r".*\.(?:docx?|xls[xm]?|pptx?|html?|mht|rtf|txt|zip)", re.IGNORECASE)),
    ("images", re.compile(r".*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|ico|wdp|pdf|eps)", re.IGNORECASE)),
    ("sound", re.compile(r".*\.(?:mp[34]|m4[av]|wav|wma|wmv|avi|mov|mpe?g|aiff?)", re.IGNORECASE)),
)
_HARMLESS = re.compile(
    r".*\.(?:odttf|fntdata|ttf|otf|eot)|.*/printerSettings/.*|.*printerSettings\d*\.bin", re.IGNORECASE
)
_XML = re.compile(r".*\.(?:xml|rels)|.*\.vml", re.IGNORECASE)
_THUMBNAIL = re.compile(r"docProps/thumbnail\.\w+", re.IGNORECASE)


def label_of(part: str) -> str:
    """Return what the column `part` says of text in a part of the package."""
    for pattern, label in _TEXTS:
        if found := pattern.fullmatch(part):
            return found.expand(label)
    return "other"


def unread_kind(part: str) -> str | None:
    """Return why a part is not read (a key of `notes.OFFICE_UNREAD_NAMES`), or None when it is, or says nothing."""
    for kind, pattern in _UNREAD:
        if pattern.fullmatch(part):
            return kind
    return None if is_markup(part) or _HARMLESS.fullmatch(part) or is_thumbnail(part) else "other"


def is_markup(part: str) -> bool:
    """Tell whether a part is XML that is read."""
    return _XML.fullmatch(part) is not None and not any(pattern.fullmatch(part) for _, pattern in _UNREAD)


def is_thumbnail(part: str) -> bool:
    """Tell whether a part is the picture of the first page that a program stores by itself."""
    return _THUMBNAIL.fullmatch(part) is not None
