"""`python -m kouan.cli`."""

from __future__ import annotations

from kouan.cli import program

program()
