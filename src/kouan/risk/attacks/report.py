"""All attacks that two files allow, in one report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.model.attacks import AttackReport
from kouan.model.base import ratio
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.dictionary import Dictionary, dictionary
from kouan.risk.attacks.frequency import frequency
from kouan.risk.attacks.inference import Inference, inference
from kouan.risk.attacks.intervals import Sampling
from kouan.risk.attacks.linkability import Linkability, linkability
from kouan.risk.attacks.membership import Membership, membership
from kouan.risk.attacks.recipes import read_pseudonyms
from kouan.risk.attacks.singling_out import SinglingOut, singling_out
from kouan.risk.attacks.space import as_texts, make_space

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kouan.formats.source import Source
    from kouan.model.attacks import AttackResult
    from kouan.model.text import Text
    from kouan.risk.attacks.space import Space

    _Tables = tuple["Held", "Held", "Held | None"]

_CONFIDENCE = 0.95
_PSEUDONYMS = 50_000
"""Rows with pseudonyms that are looked at where their values from before are known row by row."""


@dataclass(frozen=True, slots=True)
class Held:
    """One table in memory and what it is called."""

    name: str
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be attacked.

    Attributes:
        attacks: tries of each attack.
        seed: of every draw.
        secrets: columns to infer; every column when empty.
        paired: whether the rows of both tables stand beside each other; some of them are enough for pseudonyms then.
        wanted: columns to infer of which those that cannot be compared are left out; over `secrets`.
        halves: columns that the attacker knows, in one set or in two to be linked; empty for all columns.
        neighbours: of the linking attack.
        parents: by column and value, the labels that stand for it in a hierarchy; None where no column has one.
        counts: column of counts when the released table is one of frequencies; None for a table of rows.
        predicates: conditions that singling out makes, at most.
        numbers: that an attack on pseudonyms tries at most.
        limit: processor seconds after which it begins no further block of them.
    """

    attacks: int = 1000
    seed: int = 1
    secrets: tuple[str, ...] = ()
    halves: tuple[tuple[str, ...], ...] = ()
    neighbours: int = 1
    parents: Mapping[str, Mapping[str, Collection[str]]] | None = None
    counts: str | None = None
    predicates: int = 200_000
    numbers: int = 2_000_000
    limit: float = 20.0
    paired: bool = False
    wanted: tuple[str, ...] | None = None


def read_table(source: Source, name: str | None = None) -> Held:
    """Read one table of a source into memory.

    Raises:
        KouanError: K-RSK-068 when it is not clear which table is meant, or a reader's error.
    """
    tables = [one for one in source.entities if name is None or one.name == name]
    if len(tables) != 1:
        known = ", ".join(one.name for one in source.entities)
        raise messages.WHICH_TABLE.at(source.name, tables=known or "-")
    (entity,) = tables
    return Held(f"{source.name}!{entity.name}", pa.Table.from_batches(entity.batches(), schema=entity.schema))


def attack_tables(original: Held, treated: Held, control: Held | None, asked: Asked) -> AttackReport:
    """Run every attack that the tables allow.

    Rows: singling out with one and with three columns, linking of two sets of columns, inference of each secret, and on
    columns that match no original value the attacks on pseudonyms. Counts: membership.

    Raises:
        KouanError: K-RSK-060 to K-RSK-067.
    """
    outside = control.table if control else None
    if asked.counts is not None:
        options = Membership(asked.attacks, asked.seed, _CONFIDENCE)
        results = [membership([treated.table], asked.counts, original.table, outside, options)]
        return _report((original, treated, control), asked, results)
    space = make_space(original.table, treated.table, outside, parents=asked.parents)
    names = tuple(name for half in asked.halves for name in half) or tuple(space.columns)
    secrets = asked.secrets or (names if len(names) > 1 else ())
    if asked.wanted is not None:
        secrets = tuple(name for name in asked.wanted if name in space.columns) if len(names) > 1 else ()
    space.pick((*names, *secrets))
    results = _on_rows(space, names, secrets, asked) if names else []
    for name in space.unmatched:
        results += _on_pseudonyms(name, original.table, treated.table, outside, asked)
    return _report((original, treated, control), asked, results, space)


def _on_rows(space: Space, names: tuple[str, ...], secrets: Sequence[str], asked: Asked) -> list[AttackResult]:
    shared = (asked.attacks, asked.seed, _CONFIDENCE)
    results = [singling_out(space, names, SinglingOut(*shared, columns=1, tries=asked.predicates))]
    if len(names) > 1:
        left, right = asked.halves if len(asked.halves) > 1 else _halves(space, names)
        results.append(singling_out(space, names, SinglingOut(*shared, tries=asked.predicates)))
        results.append(linkability(space, left, right, Linkability(*shared, neighbours=asked.neighbours)))
    for secret in secrets:
        known = tuple(name for name in names if name != secret)
        results.append(inference(space, secret, known, Inference(*shared)))
    return results


def _halves(space: Space, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return two halves of about equal detail: columns by their number of values, dealt in turn."""
    order = sorted(names, key=lambda name: (-space.columns[name].labels, name))
    halves = (order[::4] + order[3::4], order[1::4] + order[2::4])
    return tuple(halves[0]), tuple(halves[1])


def _on_pseudonyms(
    name: str, original: pa.Table, treated: pa.Table, control: pa.Table | None, asked: Asked
) -> list[AttackResult]:
    true, made = (as_texts(table.column(name)) for table in (original, treated))
    some = (true, made)
    if asked.paired and len(true) > _PSEUDONYMS:
        places = pa.array(range(0, len(true), -(-len(true) // _PSEUDONYMS)))
        some = (true.take(places), made.take(places))
    values, pseudonyms = (pc.unique(one.drop_null()).to_pylist() for one in some)
    if not pseudonyms:
        return []
    options = Dictionary(asked.attacks, asked.seed, _CONFIDENCE, most=asked.numbers, limit=asked.limit)
    results = [dictionary(pseudonyms, values, options, column=name)]
    if _aligned(true, made):
        both = pc.and_(true.is_valid(), made.is_valid())
        other = control.column(name) if control is not None else original.column(name)
        found = frequency(
            true.filter(both).to_pylist(),
            made.filter(both).to_pylist(),
            as_texts(other).drop_null().to_pylist(),
            Sampling(asked.attacks, asked.seed, _CONFIDENCE),
            column=name,
        )
        notes = () if control is not None else (messages.OWN_DISTRIBUTION,)
        results.append(found.model_copy(update={"notes": notes}))
    return results


def kept_digests(treated: pa.Table, known: Sequence[str], asked: Asked) -> list[AttackResult]:
    """Attack columns that left as they came and look like digests: they may have been made before, without a key.

    Args:
        treated: these columns.
        known: values before treatment of whatever names persons, of which the digests may be.
        asked: tries and bounds.
    """
    results = []
    for name in treated.column_names:
        texts = pc.unique(as_texts(treated.column(name)).drop_null()).to_pylist()
        if known and not all(text.isdecimal() for text in texts) and read_pseudonyms(texts) is not None:
            options = Dictionary(asked.attacks, asked.seed, _CONFIDENCE, most=asked.numbers, limit=asked.limit)
            results.append(dictionary(texts, known, options, column=name))
    return results


def _aligned(true: pa.ChunkedArray, made: pa.ChunkedArray) -> bool:
    """Tell whether rows stand in the same order: values repeat, and each always has the same pseudonym."""
    if len(true) != len(made):
        return False
    pairs = pa.table({"true": true, "made": made}).drop_null()
    values = pc.count_distinct(pairs.column("true")).as_py()
    alike = pairs.group_by(["true", "made"]).aggregate([]).num_rows == values
    return bool(alike and values < pairs.num_rows)


def _report(tables: _Tables, asked: Asked, results: Sequence[AttackResult], space: Space | None = None) -> AttackReport:
    original, treated, control = tables
    notes: list[Text] = [messages.BY_CONTAINMENT, *(space.notes if space else ())]
    return AttackReport(
        original=original.name,
        treated=treated.name,
        control=control.name if control else None,
        rows=tuple(one.table.num_rows for one in tables if one is not None),
        seed=asked.seed,
        confidence=ratio(95, 100),
        results=tuple(results),
        left_out=space.left_out if space else (),
        notes=(*notes, messages.NO_PROOF),
    )
