"""The scores of one table."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow as pa

from kouan.model.base import ratio
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.model.prediction import Prediction, Score
from kouan.model.text import Text
from kouan.risk import prediction_messages as messages
from kouan.risk.prediction.bayes import learn
from kouan.risk.prediction.levels import edges_of, levels_of, recoded, usable
from kouan.risk.prediction.rows import half_of, take
from kouan.risk.prediction.targets import MOST_CLASSES, choose, may_tell, restating
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity, Source
    from kouan.model.base import Ratio
    from kouan.model.inventory import Inventory
    from kouan.risk.prediction.rows import Cut

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]

MOST_ROWS = 50_000
"""Rows of a table that are used; of more, every second, third … one."""
MOST_ITEMS = 40
LEAST = 100
"""Persons below which no model is worth a score."""
_PLACES = 10_000
_Z = NormalDist().inv_cdf(0.975)
_UNTOLD = frozenset({Action.DROP, Action.PSEUDONYM, Action.SCRUB})


@dataclass(frozen=True, slots=True)
class _Pair:
    """Rows of a table before and after.

    Attributes:
        raw, treated: columns; `treated` has a row for each raw one that left.
        left: raw row of each treated one.
        person: int64 [raw rows], whose each row is.
        half: of each raw row.
    """

    raw: Mapping[str, Cut]
    treated: Mapping[str, Cut]
    left: Ints
    person: Ints
    half: Bools


def predict(
    source: Source,
    raw: Entity,
    treated: Entity | None,
    inventory: Inventory,
    *,
    rows: int,
    rows_after: int,
    actions: Mapping[str, Action],
    kept: Bools | None,
    targets: Sequence[str] = (),
) -> Prediction | Text:
    """Score models on one table.

    Args:
        source: that the table is of.
        raw: the table as it was.
        treated: as it leaves, None where it does not.
        inventory: of the raw data.
        rows: of the raw table.
        rows_after: of the treated one.
        actions: what was done to each column.
        kept: which raw rows left; None where all did.
        targets: items that the declaration names.

    Returns:
        The scores, or why there are none.

    Raises:
        KouanError: K-RSK-001, or a reader's error.
    """
    if treated is None or not rows_after or rows < LEAST:
        return messages.FEW.fill(least=LEAST)
    if rows_after != (rows if kept is None else int(kept.sum())):
        return messages.UNPAIRED
    roles = roles_of(source, raw, inventory)
    items = {roles.columns[item.id]: item for item in inventory.items if item.id in roles.columns}
    flat = [field.name for field in raw.schema if not pa.types.is_nested(field.type)]
    told = [name for name in flat if name in items and may_tell(items[name])]
    key = None if roles.key is None or roles.columns[roles.key.id] not in flat else roles.columns[roles.key.id]
    pair = _paired(raw, treated, told, key=key, rows=rows, kept=kept)
    whole = {name: column for name, column in pair.raw.items() if name in told and usable(column)}
    named = [roles.columns[target] for target in targets if target in roles.columns]
    target = named[0] if named else choose(items, whole, actions)
    if target is None or len(whole) < 2:  # noqa: PLR2004 - a target and something that tells of it
        return messages.NO_TARGET
    if target not in whole or actions.get(target) is not Action.KEEP or len(whole[target].words) > MOST_CLASSES:
        return messages.ALTERED.fill(item=target)
    same = restating(target, whole)
    features = [name for name in whole if name != target and name not in same][:MOST_ITEMS]
    tried = pair.raw[target].codes >= 0
    people, persons = np.unique(pair.person[tried], return_inverse=True)
    if len(people) < LEAST:
        return messages.FEW.fill(least=LEAST)
    leaving = [name for name in features if name in pair.treated and actions.get(name) not in _UNTOLD]
    guesses = [right[tried] for right in _tried(pair, target, features, leaving)]
    shares = [np.bincount(persons, weights=right) / np.bincount(persons) for right in guesses]
    ids = {name: item_id(source.name, raw.name, name) for name in whole}
    chosen: Literal["declared", "derived"] = "declared" if named else "derived"
    majority, learnt = _share(shares[0]), _share(shares[1])
    note = messages.NOTE.fill(rows=f"{int(tried.sum()):,}", persons=f"{len(people):,}", chosen=messages.CHOSEN[chosen])
    if learnt.rate <= majority.hi:
        note = Text(zh=note.zh + messages.UNTOLD.zh, en=note.en + messages.UNTOLD.en)
    return Prediction(
        target=ids[target],
        chosen=chosen,
        classes=len(pair.raw[target].words),
        rows=int(tried.sum()),
        persons=len(people),
        features=tuple(ids[name] for name in features),
        restating=tuple(ids[name] for name in same),
        majority=majority,
        raw=learnt,
        treated=_share(shares[2]),
        loss=_mean(shares[1] - shares[2]),
        note=note,
    )


def _paired(
    raw: Entity, treated: Entity, told: Sequence[str], *, key: str | None, rows: int, kept: Bools | None
) -> _Pair:
    places = np.arange(0, rows, -(-rows // MOST_ROWS), dtype=np.int64)
    keep = np.ones(rows, np.bool_) if kept is None else kept
    left = np.flatnonzero(keep[places])
    before = take(raw, [*told, *([] if key is None or key in told else [key])], places)
    names = [field.name for field in treated.schema if field.name in told and not pa.types.is_nested(field.type)]
    after = take(treated, names, (np.cumsum(keep) - 1)[places[left]])
    half = half_of([before[name] for name in sorted(before)])
    person = np.arange(len(places))
    if key is not None:
        who = before[key]
        half = np.where(who.codes < 0, half, half_of([who]))
        person = np.where(who.codes < 0, len(who.words) + person, who.codes)
    return _Pair(before, after, left, person, half)


def _tried(pair: _Pair, target: str, features: Sequence[str], leaving: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Return which raw rows are told rightly: by the commonest value, by the raw models, by the treated ones."""
    labels, classes = pair.raw[target].codes, len(pair.raw[target].words)
    right = tuple(np.zeros(len(labels)) for _ in range(3))
    for half in (False, True):
        learnt, tried = (pair.half == half) & (labels >= 0), (pair.half != half) & (labels >= 0)
        wanted = labels[tried]
        right[0][tried] = wanted == np.argmax(np.bincount(labels[learnt], minlength=classes))
        cuts = [(pair.raw[name], edges_of(pair.raw[name], learnt)) for name in features]
        levels = [levels_of(column, edges) for column, edges in cuts]
        model = learn([one[learnt] for one in levels], labels[learnt], classes)
        right[1][tried] = wanted == model.predict([one[tried] for one in levels])
        right[2][tried] = wanted == _from_treated(pair, target, leaving, learnt=learnt, tried=tried)
    return right[0], right[1], right[2]


def _from_treated(pair: _Pair, target: str, leaving: Sequence[str], *, learnt: Bools, tried: Bools) -> Ints:
    """Learn from what became of some raw rows and return what that says of others."""
    known = {word: at for at, word in enumerate(pair.raw[target].words)}
    column = pair.treated[target]
    classes = np.array([*(known.get(word, -1) for word in column.words), -1], np.int64)[column.codes]
    rows = learnt[pair.left] & (classes >= 0)
    cuts = [(pair.treated[name], edges_of(pair.treated[name], rows)) for name in leaving]
    model = learn([levels_of(one, edges)[rows] for one, edges in cuts], classes[rows], len(known))
    origin = np.where(rows, pair.left, -1)
    test = [
        recoded(pair.raw[name], one, learnt=origin, tried=tried, edges=edges)
        for name, (one, edges) in zip(leaving, cuts, strict=True)
    ]
    if test:
        return model.predict(test)
    return np.full(int(tried.sum()), np.argmax(model.prior), np.int64)


def _share(each: Floats) -> Score:
    """Return a mean of shares with Wilson's interval on the number of persons."""
    count, rate = len(each), float(each.mean())
    whole = 1 + _Z * _Z / count
    centre = (rate + _Z * _Z / (2 * count)) / whole
    spread = _Z / whole * sqrt(rate * (1 - rate) / count + _Z * _Z / (4 * count * count))
    return Score(rate=_ratio(rate), lo=_ratio(max(centre - spread, 0.0)), hi=_ratio(min(centre + spread, 1.0)))


def _mean(each: Floats) -> Score:
    """Return a mean with the interval that its spread between persons gives."""
    middle = float(each.mean())
    spread = _Z * float(each.std(ddof=1)) / sqrt(len(each))
    return Score(rate=_ratio(middle), lo=_ratio(middle - spread), hi=_ratio(middle + spread))


def _ratio(value: float) -> Ratio:
    return ratio(round(value * _PLACES), _PLACES)
