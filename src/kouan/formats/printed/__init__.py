"""Printed documents with tables (xlsx, docx, html, yaml) as paragraphs and grids, with limits against hostile files."""
