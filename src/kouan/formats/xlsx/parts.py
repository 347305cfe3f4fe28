"""The small parts of a workbook: what each may keep, as functions from bytes to bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.formats.xlsx.formula import areas_of, is_reference
from kouan.formats.xlsx.xml import Scanner, attributes_of, edit, plain, rejoined, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Remove = Callable[[str], None]

_WORKBOOK = {
    *(b"fileVersion", b"workbookPr", b"workbookProtection", b"bookViews", b"sheets", b"definedNames", b"calcPr"),
    b"oleSize",
}
_WORKBOOK_REMOVED = {
    b"AlternateContent": "folder",
    b"externalReferences": "",
    b"pivotCaches": "",
    b"fileSharing": "properties",
    b"customWorkbookViews": "views",
    b"revisionPtr": "",
}
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](T[0-9:.]{5,16}Z?)?")
_SMALL = re.compile(r"[0-9]{0,4}|true|false")
_PROPERTIES = {
    b"created": _DAY,
    b"modified": _DAY,
    b"revision": _SMALL,
    b"language": re.compile(r"[a-z]{2}(-[A-Z]{2})?"),
    b"Application": re.compile(r"(?:Microsoft|LibreOffice|WPS|openpyxl|SheetJS)[\w ./$-]{0,120}", re.ASCII),
    b"AppVersion": re.compile(r"[0-9]{1,3}\.[0-9]{1,5}"),
    **dict.fromkeys((b"DocSecurity", b"ScaleCrop", b"LinksUpToDate", b"SharedDoc", b"HyperlinksChanged"), _SMALL),
    b"TotalTime": _SMALL,
}
_TITLES = {b"HeadingPairs", b"TitlesOfParts"}
_TABLE_GONE = {b"filterColumn", b"sortState", b"extLst", b"xmlColumnPr"}
_CACHES = {
    b"strCache",
    b"numCache",
    b"multiLvlStrCache",
    b"extLst",
    b"userShapes",
    b"externalData",
    b"pivotSource",
    b"pivotFmts",
}
_LITERALS = re.compile(rb"<(?:\w+:)?(?:numLit|strLit)\b")
_CHART_FORMULA = re.compile(rb"<(?:\w+:)?f>([^<]*)</(?:\w+:)?f>")
_FRAME = {
    *(b"twoCellAnchor", b"oneCellAnchor", b"absoluteAnchor", b"from", b"to", b"col", b"colOff", b"row", b"rowOff"),
    *(b"ext", b"pos", b"graphicFrame", b"nvGraphicFramePr", b"cNvPr", b"cNvGraphicFramePr", b"graphicFrameLocks"),
    *(b"xfrm", b"off", b"graphic", b"graphicData", b"chart", b"clientData"),
}
_DIGITS = frozenset({b"col", b"colOff", b"row", b"rowOff"})
_RELATION = re.compile(rb"\s\w+:id\s*=\s*[\"']([^\"']*)[\"']")


def workbook(xml: bytes, *, strict: bool, sheets: frozenset[str], remove: Remove) -> bytes:
    """Return the workbook part with its structure only: views, sheets, calculation, names of plain areas."""

    def drop(name: bytes, _attributes: bytes, depth: int) -> bool:
        gone = (depth == 1 and name not in _WORKBOOK) or name == b"extLst"
        if gone:
            remove(_WORKBOOK_REMOVED.get(name, "extensions"))
        return gone

    def names(part: bytes) -> bytes:
        every = split(part)[1]
        kept = [one for one in every if _name_stays(one, strict=strict, sheets=sheets)]
        if kept != every:
            remove("names")
        return rejoined(part, kept) or b""

    return b"".join(edit(Scanner([xml]), drop=drop, whole={b"definedNames": names}))


def _name_stays(xml: bytes, *, strict: bool, sheets: frozenset[str]) -> bool:
    opening, closing = xml.find(b">") + 1, xml.rfind(b"<")
    formula = plain(xml[opening:closing])
    if not strict:
        return "[" not in formula
    attributes = attributes_of(xml[:opening])
    worded = {"comment", "customMenu", "description", "help", "statusBar"} & attributes.keys()
    areas = areas_of(formula) or []
    return not worded and is_reference(formula) and all(area.sheet in sheets for area in areas)


def properties(xml: bytes, *, strict: bool, remove: Remove) -> bytes:
    """Return the properties of document or program: days, versions, switches; once anything is treated, no more.

    Empty properties stay as they are: they say nothing. Titles of sheets and names stay while nothing is treated.
    """
    made = []
    for child in split(xml)[1]:
        tokens = list(Scanner([child]))
        text = "".join(plain(token.raw) for token in tokens if token.kind == "text").strip()
        pattern = _PROPERTIES.get(tokens[0].name)
        if not text or (pattern and pattern.fullmatch(text)) or (tokens[0].name in _TITLES and not strict):
            made.append(child)
        elif tokens[0].name not in _TITLES:
            remove("properties")
    return rejoined(xml, made) or split(xml)[0] + split(xml)[2]


def table(xml: bytes, *, strict: bool, remove: Remove) -> bytes | None:
    """Return a table's part without criteria and, once anything is treated, without formulas; None when it must go."""
    for token in Scanner([xml]):
        attributes = attributes_of(token.attributes)
        if token.name == b"table" and attributes.get("tableType", "worksheet") != "worksheet":
            return None
        if strict and ({"totalsRowLabel", "comment", "altText"} & attributes.keys()):
            return None

    def drop(name: bytes, _attributes: bytes, _depth: int) -> bool:
        if name in {b"filterColumn", b"sortState"}:
            remove("filters")
        return name in _TABLE_GONE or (strict and name in {b"calculatedColumnFormula", b"totalsRowFormula"})

    texts = frozenset() if strict else frozenset({b"calculatedColumnFormula", b"totalsRowFormula"})
    return b"".join(edit(Scanner([xml]), drop=drop, text=texts))


def chart(xml: bytes, *, sheets: frozenset[str]) -> bytes | None:
    """Return a chart that draws from cells alone, without stored values and words; None when it holds its own data."""
    if _LITERALS.search(xml):
        return None
    for found in _CHART_FORMULA.finditer(xml):
        formula = plain(found[1])
        if not is_reference(formula) or any(area.sheet not in sheets for area in areas_of(formula) or ()):
            return None
    return b"".join(edit(Scanner([xml]), drop=lambda name, *_: name in _CACHES, text=frozenset({b"f"})))


def drawing(xml: bytes, *, charts: Callable[[str], bool], remove: Remove) -> bytes | None:
    """Return a drawing with nothing but frames of charts that stay; None when no frame is left."""
    kept = []
    for anchor in split(xml)[1]:
        bare = b"".join(
            edit(
                Scanner([anchor]),
                drop=lambda name, *_: name in {b"extLst", b"hlinkClick", b"hlinkHover"},
                strip={b"cNvPr": frozenset({b"descr", b"title"})},
                text=_DIGITS,
            )
        )
        names = {token.name for token in Scanner([bare])} - {b""}
        shown = [_relation(token.attributes) for token in Scanner([bare]) if token.name == b"chart"]
        if names <= _FRAME and shown and all(map(charts, shown)):
            kept.append(bare)
        else:
            remove("images")
    return rejoined(xml, kept)


def _relation(attributes: bytes) -> str:
    found = _RELATION.search(attributes)
    return plain(found[1]) if found else ""


def children_kept(xml: bytes, stays: Callable[[dict[str, str]], bool]) -> bytes | None:
    """Return a flat list (relationships, content types) less what does not stay; None when nothing is left."""
    return rejoined(xml, [child for child in split(xml)[1] if stays(attributes_of(child))])


def relations_of(xml: Iterable[bytes]) -> list[dict[str, str]]:
    """Return the attributes of every relationship."""
    return [attributes_of(token.attributes) for token in Scanner(xml) if token.name == b"Relationship"]


def bare(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Return a part that consists of tags alone (styles, theme) without any text or comment."""
    return edit(Scanner(pieces), drop=lambda *_: False)
