"""Names of items as people read them: a path through a document is shown from where it differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kouan.model.items import split_item_id

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = 2
"""Steps that are always shown: an attribute alone says nothing without its element."""
_CUT = "…/"


def tail(path: str) -> str:
    """Return the end of a path in a document; a column's name as it is."""
    steps = path.split("/")
    return path if len(steps) <= _LEAST + 1 else _CUT + "/".join(steps[-_LEAST:])


def short_names(items: Iterable[str]) -> dict[str, str]:
    """Return the name of each item: a column's own; of a path its shortest tail that no other of its table has.

    Args:
        items: ids, each of which is looked for among the others of its table.
    """
    tables: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for item in items:
        source, entity, path = split_item_id(item)
        tables[source, entity][item] = path
    return {item: name for paths in tables.values() for item, name in _shortened(paths).items()}


def _shortened(paths: dict[str, str]) -> dict[str, str]:
    steps = {item: path.split("/") for item, path in paths.items()}
    names = {item: path for item, path in paths.items() if len(steps[item]) <= _LEAST}
    length = _LEAST
    while len(names) < len(paths):
        tails = Counter(tuple(one[-length:]) for one in steps.values())
        for item, one in steps.items():
            if item not in names and (len(one) <= length or tails[tuple(one[-length:])] == 1):
                names[item] = paths[item] if len(one) <= length else _CUT + "/".join(one[-length:])
        length += 1
    return names
