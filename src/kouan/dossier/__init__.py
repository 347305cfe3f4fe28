"""The papers of a transfer and the report that people read."""

from kouan.dossier.folder import make_dossier, write_dossier
from kouan.dossier.report import ReportInput, render_report

__all__ = ["ReportInput", "make_dossier", "render_report", "write_dossier"]
