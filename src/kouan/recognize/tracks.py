"""Continuous precise tracks: several precise places of one person at several times (GB/T 45574-2025 annex A).

One column of places tells no track. Where a table has a key of persons and times beside it, and holds more distinct
places than persons, at least one person was at several places: then a track is there, whoever it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.lexicon import standard_on
from kouan.recognize.profile import DISTINCT_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.time import LegalDay
    from kouan.recognize.columns import Column
    from kouan.recognize.people import Counts
    from kouan.recognize.profile import Profile

_TIMES = frozenset({"date", "event_date", "account_time", "health_date"})
_KEYS = frozenset({"device_id", "vin", "cn.plate", "account"})
"""Meanings that stand for one person over many rows beside the keys by which persons are counted."""
_DECIMALS = re.compile(r"[-+]?[0-9]{1,3}\.([0-9]+)(?:[^0-9]|$)")
_LOOKED_AT = 200


def tracks(columns: Sequence[Column], counted: Mapping[str, Counts], as_of: LegalDay) -> frozenset[str]:
    """Return the ids of the items that hold a continuous precise track.

    Args:
        columns: of all tables.
        counted: persons by role.
        as_of: its standard says how fine a precise place is.
    """
    least = standard_on(as_of).precise_decimals
    tables: dict[tuple[str, str], list[Column]] = {}
    for one in columns:
        tables.setdefault((one.source, one.table), []).append(one)
    return frozenset(
        one.id for table in tables.values() for one in _in_table(table, counted, least) if one.personal is not False
    )


def _in_table(table: Sequence[Column], counted: Mapping[str, Counts], least: int | None) -> Iterable[Column]:
    places = [one for one in table if one.reading.meaning == "location"]
    timed = any(one.reading.meaning in _TIMES and _several(one.profile) for one in table)
    if not places or not timed or least is None:
        return ()
    persons = _persons(table, counted)
    precise = all(decimals(one.profile) >= least for one in places)
    return places if precise and persons is not None and _more_places(places, persons) else ()


def decimals(profile: Profile) -> int:
    """Return the most decimals of a degree that cells of a column have, as far as they are kept."""
    values = profile.shown if profile.distinct is None else profile.distinct.slice(0, _LOOKED_AT).to_pylist()
    found = (match for value in values for match in _DECIMALS.finditer(_plain(value)))
    return max((len(match.group(1).rstrip("0")) for match in found), default=0)


def _plain(value: object) -> str:
    return f"{value:.9f}" if isinstance(value, float) else str(value)


def _persons(table: Sequence[Column], counted: Mapping[str, Counts]) -> int | None:
    """Return the most persons that the rows of a table can be about; None where nothing tells them apart.

    Every row without its key may be of somebody else.
    """
    keys = [one for one in table if _is_key(one)]
    numbers = [len(one.profile.distinct) + one.profile.missing for one in keys if one.profile.distinct is not None]
    if numbers:
        return min(numbers)
    roles = {one.place.role for one in keys}
    known = [counted[role].persons.hi for role in roles if role in counted]
    return None if not known or None in known else sum(hi for hi in known if hi is not None)


def _is_key(one: Column) -> bool:
    strong = one.key is not None and one.key.partition("/")[0] not in ("name", "birth", "age")
    return one.profile.filled > 0 and (strong or one.reading.meaning in _KEYS)


def _several(profile: Profile) -> bool:
    return profile.distinct is None or len(profile.distinct) > 1


def _more_places(places: Sequence[Column], persons: int) -> bool:
    """Tell whether there are more distinct places than persons; of a pair the finer half is enough to tell.

    Where distinct places are too many to be kept, two cells for each person take the place of the proof.
    """
    return any(
        persons <= DISTINCT_MAX or one.profile.filled >= 2 * persons
        if one.profile.distinct is None
        else len(one.profile.distinct) > persons
        for one in places
    )
