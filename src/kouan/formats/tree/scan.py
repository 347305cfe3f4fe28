"""The scanner for a document: compiled for large ones where numba is installed, plain otherwise; same nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats.compiled import pays
from kouan.formats.tree.json_scan import scan_json
from kouan.formats.tree.xml_scan import scan_xml

if TYPE_CHECKING:
    from kouan.formats.options import Limits
    from kouan.formats.tree.nodes import Nodes


def scan(data: bytes, language: str, limits: Limits) -> Nodes:
    """Return the nodes of a document in UTF-8; `language` is `xml` or `json`. Raises ScanError."""
    if not pays(len(data)):
        return scan_xml(data, limits) if language == "xml" else scan_json(data, limits)
    if language == "xml":
        from kouan.formats.tree.fast_xml import fast_xml  # noqa: PLC0415 - imports numba

        return fast_xml(data, limits)
    from kouan.formats.tree.fast_json import fast_json  # noqa: PLC0415 - imports numba

    return fast_json(data, limits)
