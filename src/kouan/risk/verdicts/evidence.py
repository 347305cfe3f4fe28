"""What a verdict looks at, and what all verdicts share: scope, what is left of identifiers, the wording."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.risk import Judgement, Verdict
from kouan.model.text import Text, same
from kouan.risk.verdicts import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from kouan.model.inventory import Item
    from kouan.model.risk import Grade, VerdictPart
    from kouan.model.thresholds import RuleHead
    from kouan.risk.setting import Setting
    from kouan.risk.table import Measured

_ORDER = (Judgement.FAIL, Judgement.UNKNOWN, Judgement.PASS)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything measured of one release.

    Attributes:
        tables: measured; items: of the inventory.
        grade: of GB/T 42460-2023.
        setting: where the data go.
    """

    tables: tuple[Measured, ...]
    items: tuple[Item, ...]
    grade: Grade
    setting: Setting

    @property
    def direct(self) -> list[Item]:
        """Direct identifiers that are still there."""
        return [item for table in self.tables for item in table.roles.direct]

    @property
    def free_text(self) -> list[Item]:
        """Free text that is kept, in which identifiers may stand."""
        return [item for table in self.tables for item in table.roles.free_text]

    @property
    def judged(self) -> list[Measured]:
        """Tables with records in which somebody could be told apart, else all with records."""
        filled = [table for table in self.tables if table.distribution.records]
        return [table for table in filled if table.roles.quasi or table.roles.pseudonyms] or filled

    def worst(self) -> Measured | None:
        """Return the table with the smallest class; None where there are no records."""
        return min(self.judged, key=lambda table: table.distribution.k, default=None)


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found, before scope and kept identifiers are looked at."""

    outcome: Judgement
    why: Text
    value: Text
    threshold: Text
    table: str = ""
    parts: tuple[VerdictPart, ...] = ()
    notes: tuple[Text, ...] = ()


def verdict(rule: RuleHead, evidence: Evidence, found: Found, *, gated: bool = True) -> Verdict:
    """Return a verdict: kept identifiers make it fail, kept text leaves it open, and it may not be about this release.

    Args:
        rule: judged by.
        evidence: of the release.
        found: by the numbers alone.
        gated: whether kept direct identifiers and texts are looked at here.
    """
    outcome, why = _gate(evidence, found) if gated else (found.outcome, found.why)
    applies = in_scope(rule, evidence.items, evidence.setting)
    about = rule.scope.why
    if applies is False and about is not None:
        outcome, why = Judgement.NOT_APPLICABLE, words.OUT_OF_SCOPE.fill(about=about)
    elif applies is None and about is not None:
        why = joined((why, words.SCOPE_OPEN.fill(about=about)))
    notes = (*found.notes, *((rule.caveat,) if rule.caveat else ()), words.READ.fill(read=rule.copy_read))
    return Verdict(
        rule=rule.id,
        label=rule.label,
        standard=rule.standard,
        clause=rule.clause,
        status=rule.status,
        confidence=rule.confidence,
        outcome=outcome,
        table=found.table,
        value=found.value,
        threshold=found.threshold,
        why=why,
        parts=found.parts,
        notes=notes,
    )


def in_scope(rule: RuleHead, items: Sequence[Item], setting: Setting) -> bool | None:
    """Tell whether a rule is about a release of these items; None when that is not known."""
    scope = rule.scope
    tests: list[bool | None] = []
    if scope.meanings:
        tests.append(_holds_meaning(scope.meanings, items))
    if scope.regions:
        there = setting.regions
        tests.append(None if not there else any(_inside(one, scope.regions) for one in there))
    if scope.countries:
        tests.append(None if not setting.countries else bool({*setting.countries} & {*scope.countries}))
    return False if False in tests else None if None in tests else True


def _holds_meaning(meanings: Sequence[str], items: Sequence[Item]) -> bool | None:
    """Personal items whose meaning nobody knows may be of any kind."""
    if any(item.meaning in meanings for item in items):
        return True
    return None if any(item.meaning == "unknown" and item.personal is not False for item in items) else False


def _inside(region: str, wanted: Sequence[str]) -> bool:
    return any(region == one or region.startswith(f"{one}/") for one in wanted)


def _gate(evidence: Evidence, found: Found) -> tuple[Judgement, Text]:
    direct, texts = evidence.direct, evidence.free_text
    if direct:
        return Judgement.FAIL, words.DIRECT.fill(count=len(direct), items=names(direct))
    if texts and found.outcome is Judgement.PASS:
        return Judgement.UNKNOWN, joined((found.why, words.FREE_TEXT.fill(items=names(texts))))
    return found.outcome, found.why


def heaviest(outcomes: Iterable[Judgement]) -> Judgement:
    """Return fail before unknown before pass; of none, pass."""
    there = set(outcomes)
    return next((one for one in _ORDER if one in there), Judgement.PASS)


def of_truth(value: bool | None) -> Judgement:  # noqa: FBT001 - a truth value is what it is about
    """Return the outcome of a question answered yes, no or not at all."""
    return Judgement.UNKNOWN if value is None else Judgement.PASS if value else Judgement.FAIL


def number(value: Fraction | Decimal | int) -> Text:
    """Return a number to six places without trailing zeros."""
    exact = Fraction(value)
    short = ratio(*exact.as_integer_ratio())
    return same(f"{short.normalize():f}" if exact else "0")


def joined(parts: Iterable[Text]) -> Text:
    """Return sentences in a row."""
    said = [part for part in parts if part.zh]
    return Text(zh="".join(part.zh for part in said), en=" ".join(part.en for part in said))


def names(items: Sequence[Item]) -> Text:
    """Return the first names of some items."""
    first = [item.name for item in items[:_SHOWN]]
    more = len(items) > _SHOWN
    return Text(zh="、".join(first) + ("等" if more else ""), en=", ".join(first) + (", …" if more else ""))
