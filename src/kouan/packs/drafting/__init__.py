"""Drafts of list packs from printed tables: what was read, what was not, and every row as printed."""

from __future__ import annotations

from kouan.packs.drafting.drafts import Draft, draft_list
from kouan.packs.drafting.writing import write_draft

__all__ = ["Draft", "draft_list", "write_draft"]
