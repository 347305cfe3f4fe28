"""Drawings and design files, told by their first bytes: they are not read, and what they may be worth is said.

Signatures: DWG (AC10 and its release), DXF (its first group, or the binary mark), STEP (ISO 10303-21), STL as text,
Gerber (RS-274X). IGES has none that is sure.
"""

from __future__ import annotations

import re

from kouan.model.text import Text

_SIGNATURES = (
    (re.compile(rb"AC10\d\d[\0\x01-\x1f]"), "DWG"),
    (re.compile(rb"AutoCAD Binary DXF\r\n|\s*(?:999\r?\n[^\n]*\n\s*)?0\r?\nSECTION\r?\n\s*2\r?\n"), "DXF"),
    (re.compile(rb"\s*ISO-10303-21;"), "STEP"),
    (re.compile(rb"solid [^\n]*\n\s*facet normal "), "STL"),
    (re.compile(rb"(?:\s*G04[^*]{0,200}\*)*\s*%(?:FSLA|FSTA|MOMM|MOIN|TF\.)"), "Gerber"),
)
_KIND = Text(zh="图纸或设计文件（{name}）", en="drawing or design file ({name})")


def drawing_of(head: bytes) -> Text | None:
    """Return what kind of drawing a file is by its first bytes, or None."""
    return next((_KIND.fill(name=name) for pattern, name in _SIGNATURES if pattern.match(head)), None)
