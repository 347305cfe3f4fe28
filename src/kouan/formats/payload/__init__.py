"""Columns of tables whose cells are JSON: a tree in each cell, and so items by path (DESIGN 4.1)."""
