"""Printed documents with tables (xlsx, docx, html, yaml) as paragraphs and grids, with limits against hostile files."""

from __future__ import annotations

from kouan.formats.printed.read import MOST_CELLS, read_printed

__all__ = ["MOST_CELLS", "read_printed"]
