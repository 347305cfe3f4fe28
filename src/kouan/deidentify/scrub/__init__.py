"""Identifiers out of free text, each leaving a mark that says its kind."""
