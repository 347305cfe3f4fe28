"""Which parts of a workbook leave, and what each becomes: only what known relationships reach, and nothing else.

From the root on, relationships of known harmless kinds are followed; a part that none of them reaches (comments,
persons, macros, pivot caches, links and their caches, connections, embedded objects, images, custom XML, revision
logs, printer settings, thumbnails, the calculation chain) is left out with its relationship and its content type.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.formats.xlsx import parts as xlsx_parts
from kouan.formats.xlsx.formula import column_of
from kouan.formats.xlsx.xml import MOST_BYTES, Scanner, Unusual, attributes_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable

TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_SHEETS = {"worksheet", "chartsheet"}
_FOLLOWED = {
    "": {"officeDocument", "core-properties", "extended-properties"},
    "officeDocument": {"worksheet", "chartsheet", "styles", "theme", "sharedStrings"},
    "worksheet": {"drawing", "table"},
    "chartsheet": {"drawing"},
    "drawing": {"chart"},
    "chart": {"chartStyle", "chartColorStyle"},
}
_REMOVED = {
    **dict.fromkeys(("vbaProject", "attachedToolbars", "wsSortMap"), "macros"),
    **dict.fromkeys(("comments", "threadedComment", "person", "legacyDrawing"), "comments"),
    **dict.fromkeys(("pivotCacheDefinition", "pivotTable", "pivotCacheRecords"), "pivots"),
    **dict.fromkeys(("externalLink", "externalLinkPath"), "links"),
    **dict.fromkeys(("connections", "queryTable", "xmlMaps"), "connections"),
    **dict.fromkeys(("image", "thumbnail", "chartEx", "diagramData"), "images"),
    **dict.fromkeys(("oleObject", "package", "control", "ctrlProp", "activeXControlBinary"), "embedded"),
    **dict.fromkeys(("custom-properties", "customProperty"), "properties"),
    **dict.fromkeys(("revisionHeaders", "usernames", "revisionLog"), "revisions"),
    **dict.fromkeys(("origin", "signature"), "signature"),
    **dict.fromkeys(("calcChain", "sheetMetadata", "vmlDrawing", "chartUserShapes", "themeOverride"), ""),
    "printerSettings": "printer",
    "customXml": "custom_xml",
    "hyperlink": "hyperlinks",
}
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})[0-9]{1,7}")


class UnsafeSheet(Exception):  # noqa: N818 - a verdict on the file
    """A sheet can neither be kept nor removed; holds its kind."""


@dataclass(slots=True)
class Package:
    """The parts that leave.

    Attributes:
        archive: of the source.
        strict: whether anything is treated, dropped or held back.
        roles: part -> what it is, by the last word of its relationship's type; in the order found.
        made: part -> its bytes, for the small parts; the others are patched or copied in a stream.
        sheets: sheet title -> its part.
        relations: part -> what each of its relationships that stay leads to.
        removed: kinds of content left out (keys of `notes.REMOVED_NAMES`).
        charts: whether a chart lost what it stored.
        part: read last, for messages.
    """

    archive: zipfile.ZipFile
    strict: bool
    roles: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[str, str]] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    charts: bool = False
    names: dict[str, str] = field(default_factory=dict)
    part: str = "zip"

    def remove(self, kind: str) -> None:
        """Remember a kind of content that was left out."""
        if kind:
            self.removed[kind] = None

    def read(self, part: str) -> bytes:
        """Return a small part. Raises Unusual for a missing or a large one."""
        self.part = part or TYPES
        if part not in self.names.values():
            raise Unusual
        with self.archive.open(part) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Unusual
        return data


def decide(package: Package, *, fits: Callable[[str, int, range], bool]) -> None:
    """Decide on every part of a workbook.

    Args:
        package: still empty.
        fits: hears a sheet's title, and header row and columns of a table on it (an Excel table); whether all of that
            stays as it is.

    Raises:
        Unusual, UnsafeSheet
    """
    strict = package.strict
    listed = package.archive.infolist()
    package.names = {info.filename.lower(): info.filename for info in listed if not info.is_dir()}
    (book,) = _follow(package, "", "").get("officeDocument", {"": ""}).values()
    reached = _follow(package, book, "officeDocument")
    if len(reached.get("sharedStrings", {})) > 1 or len(reached.get("styles", {})) > 1:
        raise Unusual
    xml = package.read(book)
    _find_sheets(package, xml, {key: part for kind in _SHEETS for key, part in reached.get(kind, {}).items()})
    sheets = frozenset(package.sheets)
    for title, part in package.sheets.items():
        _enter_sheet(package, title, part, fits=fits)
    package.made[book] = xlsx_parts.workbook(xml, strict=strict, sheets=sheets, remove=package.remove)
    for part, role in list(package.roles.items()):
        if role in {"core-properties", "extended-properties"}:
            package.made[part] = xlsx_parts.properties(package.read(part), strict=strict, remove=package.remove)
    _list_parts(package)


def _follow(package: Package, part: str, role: str) -> dict[str, dict[str, str]]:
    """Note the parts that a part's harmless relationships lead to; returns role -> relationship -> part."""
    listing = _relations_part(part)
    reached: dict[str, dict[str, str]] = {}
    kept = package.relations.setdefault(part, {})
    if listing not in package.names.values():
        return reached
    for relation in xlsx_parts.relations_of([package.read(listing)]):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = _target(part, relation.get("Target", ""))
        if kind not in _FOLLOWED.get(role, ()) or relation.get("TargetMode") == "External":
            if kind.lower().endswith(("macrosheet", "dialogsheet")):
                raise UnsafeSheet(kind)
            package.remove(_REMOVED.get(kind, "extensions"))
            continue
        found = package.names.get(target.lower())
        if kind == "theme" and found and _relations_part(found).lower() in package.names:  # pictures as fills
            package.remove("images")
            continue
        if found is None:
            continue
        if package.roles.setdefault(found, kind) != kind or relation.get("Id", "") in kept:
            raise Unusual
        kept[relation.get("Id", "")] = found
        reached.setdefault(kind, {})[relation.get("Id", "")] = found
    return reached


def _find_sheets(package: Package, xml: bytes, parts: dict[str, str]) -> None:
    for token in Scanner([xml]):
        if token.name != b"sheet" or token.kind == "end":
            continue
        attributes = attributes_of(token.attributes)
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if key not in parts or parts[key] in package.sheets.values() or attributes.get("name", "") in package.sheets:
            raise Unusual
        package.sheets[attributes.get("name", "")] = parts[key]
    if len(package.sheets) != len(parts):  # a sheet that no title leads to
        raise Unusual


def _enter_sheet(package: Package, title: str, part: str, *, fits: Callable[[str, int, range], bool]) -> None:
    reached = _follow(package, part, package.roles[part])
    for key, found in reached.get("table", {}).items():
        if not _keep_table(package, title, found, fits=fits):
            _leave_out(package, part, key, "tables")
    for key, found in reached.get("drawing", {}).items():
        if not _keep_drawing(package, found):
            if package.roles[part] == "chartsheet":
                raise UnsafeSheet("chartsheet")
            _leave_out(package, part, key, "")


def _keep_table(package: Package, title: str, part: str, *, fits: Callable[[str, int, range], bool]) -> bool:
    xml = package.read(part)
    root = next((token for token in Scanner([xml]) if token.name == b"table"), None)
    attributes = attributes_of(root.attributes) if root else {}
    area = _AREA.fullmatch(attributes.get("ref", ""))
    if area is None or attributes.get("headerRowCount", "1") != "1":
        return False
    if not fits(title, int(area[2]), range(column_of(area[1]), column_of(area[3]) + 1)):
        return False
    _follow(package, part, "table")
    made = xlsx_parts.table(xml, strict=package.strict, remove=package.remove)
    if made is not None:
        package.made[part] = made
    return made is not None


def _keep_drawing(package: Package, part: str) -> bool:
    reached = _follow(package, part, "drawing")
    charts = reached.get("chart", {})
    for key, found in charts.items():
        xml = package.read(found)
        made = xlsx_parts.chart(xml, sheets=frozenset(package.sheets))
        if made is None:
            _leave_out(package, part, key, "charts")
            continue
        _follow(package, found, "chart")
        package.charts |= made != xml
        package.made[found] = made
    made = xlsx_parts.drawing(
        package.read(part), charts=lambda key: key in package.relations[part], remove=package.remove
    )
    if made is None:
        for key in list(package.relations[part]):
            _leave_out(package, part, key, "")
        return False
    package.made[part] = made
    return True


def _leave_out(package: Package, part: str, key: str, kind: str) -> None:
    package.remove(kind)
    found = package.relations[part].pop(key)
    package.made.pop(found, None)
    package.relations.pop(found, None)


def _list_parts(package: Package) -> None:
    """Write the relationships and the content types of what stays."""
    reached = {found for kept in package.relations.values() for found in kept.values()}
    package.roles = {part: role for part, role in package.roles.items() if part in reached}
    listed = set(package.roles)
    for part, kept in package.relations.items():
        listing = _relations_part(part)
        if (part and part not in package.roles) or listing not in package.names.values():
            continue
        made = xlsx_parts.children_kept(package.read(listing), lambda one, kept=kept: one.get("Id") in kept)  # type: ignore[misc]
        if made is not None:
            package.made[listing] = made
            listed.add(listing)
    lower = {part.lower() for part in listed}

    def stays(attributes: dict[str, str]) -> bool:
        part = attributes.get("PartName")
        return part is None or part.removeprefix("/").lower() in lower

    made = xlsx_parts.children_kept(package.read(package.names.get(TYPES.lower(), "")), stays)
    package.made[TYPES] = made or b""


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels") if part else _ROOT


def _target(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.removeprefix("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
