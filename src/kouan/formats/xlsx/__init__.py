"""Workbooks: read cell by cell, written back by patching their parts."""
