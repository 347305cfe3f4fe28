"""Attacks in plain words: what each achieved, what that means, and what treatment would help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.dossier import attack_words as words
from kouan.dossier.itemnames import tail
from kouan.dossier.terms import ATTACK
from kouan.model.attacks import Attack

if TYPE_CHECKING:
    from kouan.model.attacks import Attacked, AttackedTable, AttackResult
    from kouan.model.base import Ratio
    from kouan.model.text import Text

_SINGLED = frozenset({Attack.SINGLING_OUT, Attack.SINGLING_OUT_ONE})


@dataclass(frozen=True, slots=True)
class AttackRow:
    """One attack as a page shows it.

    Attributes:
        of: the column that was wanted or opened; empty where all were used.
        found: whether it gained more than can be told from chance.
        worked, control: of tries, as written; control empty where there was none.
        means: in plain words.
        helps: what treatment would help; None where nothing is called for.
    """

    label: Text
    of: str
    found: bool
    value: Ratio
    lo: Ratio
    hi: Ratio
    worked: str
    control: str
    means: Text
    helps: Text | None


@dataclass(frozen=True, slots=True)
class AttackTable:
    """One table with its attacks."""

    table: AttackedTable
    rows: tuple[AttackRow, ...]
    size: Text


def tables_of(attacked: Attacked | None) -> tuple[AttackTable, ...]:
    """Return the tables that were attacked, with their attacks."""
    return () if attacked is None else tuple(map(_table, attacked.tables))


def succeeded(result: AttackResult) -> bool:
    """Tell whether an attack gained more than can be told from chance; a proven recipe of pseudonyms always does."""
    if result.attack is Attack.DICTIONARY:
        return result.effort is not None and result.effort.recipe is not None
    return result.risk.lo > 0


def summary_of(attacked: Attacked) -> Text:
    """Return in one sentence what came of all of them."""
    if not attacked.run:
        return words.TURNED_OFF
    reports = [one.report for one in attacked.tables if one.report is not None]
    results = [result for report in reports for result in report.results]
    if not results:
        return words.NONE_RUN
    worked = [one for one in results if succeeded(one)]
    if not worked:
        return words.NONE_WORKED.fill(count=len(results))
    broken = any(one.attack is Attack.DICTIONARY for one in worked)
    found = words.SOME_WORKED.fill(count=len(results), worked=len(worked))
    return words.AND_BROKEN.fill(found=found) if broken else found


def _table(table: AttackedTable) -> AttackTable:
    results = () if table.report is None else table.report.results
    kept = f"{table.outside:,}"
    size = words.ROWS.fill(used=f"{table.used:,}", rows=f"{table.rows:,}")
    if table.outside:
        size = words.WITH_CONTROL.fill(size=size, outside=kept)
    return AttackTable(table, tuple(map(_row, results)), size)


def _row(result: AttackResult) -> AttackRow:
    found, control = succeeded(result), result.control or result.baseline
    return AttackRow(
        label=ATTACK[result.attack],
        of=_called(result),
        found=found,
        value=result.risk.value,
        lo=result.risk.lo,
        hi=result.risk.hi,
        worked=f"{result.main.successes:.0f}/{result.main.attacks}",
        control="" if control is None else f"{control.successes:.0f}/{control.attacks}",
        means=_means(result) if found else words.NOTHING[result.attack],
        helps=_helps(result) if found else None,
    )


def _called(result: AttackResult) -> str:
    """Return the name of the column that was wanted; of a path in a document its end."""
    return tail(result.secret or "")


def _means(result: AttackResult) -> Text:
    about = max(1, round(result.risk.value * 100))
    if result.effort is not None:
        return words.BROKEN.fill(name=_called(result), recipe=result.effort.recipe)
    return words.MEANS[result.attack].fill(about=about, name=_called(result))


def _helps(result: AttackResult) -> Text:
    return words.HELPS[Attack.SINGLING_OUT if result.attack in _SINGLED else result.attack].fill(name=_called(result))
