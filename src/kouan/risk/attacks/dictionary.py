"""Dictionary attack on pseudonyms: an unkeyed digest of a number falls to hashing all numbers of its kind."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.attacks import Attack, AttackResult, Effort
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.intervals import Sampling, decimal, risk, successes
from kouan.risk.attacks.numberspace import space_of, walk
from kouan.risk.attacks.recipes import PREFIXES, read_pseudonyms, recipes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kouan.model.attacks import Successes
    from kouan.model.text import Text
    from kouan.risk.attacks.numberspace import NumberSpace
    from kouan.risk.attacks.recipes import Recipe

_BLOCK = 20_000
_PROOF = 500


@dataclass(frozen=True, slots=True)
class Dictionary(Sampling):
    """How pseudonyms are attacked.

    Attributes:
        most: numbers tried at most.
        limit: processor seconds after which no further block is begun.
        prefixes: tried before the number; public words, no secrets.
    """

    most: int = 2_000_000
    limit: float = 20.0
    prefixes: tuple[str, ...] = PREFIXES


@dataclass(frozen=True, slots=True)
class _Work:
    """What a walk opened, what it tried, the processor seconds in all, and for each number at the end."""

    found: dict[bytes, Recipe]
    tried: int
    seconds: float
    each: float | None


def dictionary(
    pseudonyms: Sequence[str],
    known: Sequence[str] = (),
    options: Dictionary | None = None,
    *,
    space: NumberSpace | None = None,
    column: str | None = None,
    clock: Callable[[], float] = time.process_time,
) -> AttackResult:
    """Try to open a sample of pseudonyms.

    First the recipe is sought: digests of values from before the treatment are looked up among all pseudonyms; when
    there are such values and no recipe makes a pseudonym of any, the work ends there. Then numbers of the space are
    hashed in bounded work, by that recipe or, where nothing is known, by all that fit the shape until one opens some.
    A pseudonym counts as opened when a number tried or a known value gives it: known values stand for the numbers that
    the whole enumeration would meet, and the effort says what that takes. No value is kept or returned.

    Args:
        pseudonyms: of the treated column.
        known: values before the treatment, in any order.
        options: sample, seed, bounds of the work.
        space: numbers in question; found from `known` when None.
        column: name, for the result.
        clock: processor seconds.
    """
    options = options or Dictionary()
    distinct = sorted(set(pseudonyms))
    plain = sorted(set(known))
    space = space or space_of(plain)
    rng = np.random.default_rng(options.seed)
    tries = min(options.attacks, len(distinct))
    sample = rng.choice(len(distinct), size=tries, replace=False)
    read = read_pseudonyms(distinct)
    if read is None:
        effort = Effort(
            recipe=None, proven=False, tried=0, opened=0, space=space.size if space else 0,
            seconds=decimal(0), whole_seconds=None,
        )  # fmt: skip
        return _result(successes(0, tries, options.z), effort, column, (messages.NO_DIGEST,), z=options.z)
    writing, digests = read
    fitting = recipes(writing, len(digests[0]), options.prefixes)
    proven = _proven(fitting, set(digests), [value.encode() for value in plain], rng)
    wanted = {digests[number] for number in sample}
    work = _tried(space, [proven] if proven else [] if plain else fitting, wanted, options, clock)
    opened = set(work.found)
    if proven:
        opened |= wanted & set(proven.digests(value.encode() for value in plain))
    effort = Effort(
        recipe=str(proven or next(iter(work.found.values()))) if proven or work.found else None,
        proven=proven is not None,
        tried=work.tried,
        opened=len(work.found),
        space=space.size if space else 0,
        seconds=decimal(work.seconds),
        whole_seconds=decimal(work.each * space.size) if work.each is not None and space else None,
    )
    return _result(successes(len(opened), tries, options.z), effort, column, _notes(effort), z=options.z)


def _proven(
    fitting: Sequence[Recipe], digests: set[bytes], known: Sequence[bytes], rng: np.random.Generator
) -> Recipe | None:
    """Return the recipe that makes pseudonyms out of known values, more often than short digests agree by chance."""
    some = [known[number] for number in rng.permutation(len(known))[:_PROOF]]
    hits = [(sum(one in digests for one in recipe.digests(some)), -place) for place, recipe in enumerate(fitting)]
    best = max(hits, default=(0, 0))
    by_chance = len(some) * len(digests) / 256 ** (fitting[0].count if fitting else 1)
    return fitting[-best[1]] if best[0] > 10 * by_chance else None


def _tried(
    space: NumberSpace | None,
    fitting: Sequence[Recipe],
    wanted: set[bytes],
    options: Dictionary,
    clock: Callable[[], float],
) -> _Work:
    """Walk the space; what opens the first is taken for the recipe of all, and the speed measured anew."""
    found: dict[bytes, Recipe] = {}
    start = clock()
    tried = mark = 0
    since = start
    for block in walk(space, options.most, _BLOCK, options.seed) if space is not None and fitting else ():
        for recipe in fitting:
            for digest in wanted.intersection(recipe.digests(block)):
                found.setdefault(digest, recipe)
        tried += len(block)
        if len(found) == len(wanted) or clock() - start > options.limit:
            break
        if found and len(fitting) > 1:
            fitting = [next(iter(found.values()))]
            mark, since = tried, clock()
    seconds = clock() - start
    each = (start + seconds - since) / (tried - mark) if tried > mark else None
    return _Work(found, tried, seconds if tried else 0.0, each)


def _notes(effort: Effort) -> tuple[Text, ...]:
    if effort.recipe is None:
        return (messages.NO_RECIPE,)
    if not effort.proven and effort.tried < effort.space:
        return (messages.PART_TRIED.fill(share=f"{effort.tried / effort.space:.3%}"),)
    return ()


def _result(main: Successes, effort: Effort, column: str | None, notes: tuple[Text, ...], *, z: float) -> AttackResult:
    return AttackResult(
        attack=Attack.DICTIONARY,
        secret=column,
        main=main,
        risk=risk(main, None, z),
        effort=effort,
        assumes=(messages.ASSUMES_DICTIONARY,),
        notes=notes,
    )
