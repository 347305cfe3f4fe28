"""The law as data: packs of YAML, read strictly, checked against their vocabulary, named by their digest."""

from __future__ import annotations

from kouan.packs.calendars import WorkCalendar, load_calendar
from kouan.packs.checks import PLACEHOLDER
from kouan.packs.loader import builtin_root, find_slips, load_copied, load_packs, pack_ids, roots_for
from kouan.packs.packset import PackSet, name_of
from kouan.packs.profiles import ProfilePack, find_profile, open_profiles, read_profile
from kouan.packs.purposes import PurposePack, find_purpose, load_purposes, open_purposes, read_purpose
from kouan.packs.sectors import Sector, load_sectors

__all__ = [
    "PLACEHOLDER",
    "PackSet",
    "ProfilePack",
    "PurposePack",
    "Sector",
    "WorkCalendar",
    "builtin_root",
    "find_profile",
    "find_purpose",
    "find_slips",
    "load_calendar",
    "load_copied",
    "load_packs",
    "load_purposes",
    "load_sectors",
    "name_of",
    "open_profiles",
    "open_purposes",
    "pack_ids",
    "read_profile",
    "read_purpose",
    "roots_for",
]
