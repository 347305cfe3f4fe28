"""Privacy models as people write them, one spelling on the command line, in a declaration and in a plan: `l:disease=3`.

A name, the sensitive item after `:` where the model speaks of one, and after `=` the threshold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kouan.deidentify import asked_messages as messages
from kouan.model.items import split_item_id
from kouan.model.masking import quoted
from kouan.risk.privacy import (
    BasicLikeness,
    DeltaDisclosure,
    DistinctDiversity,
    EnhancedLikeness,
    EntropyDiversity,
    EqualCloseness,
    KAnonymity,
    KMap,
    OrderedCloseness,
    RecursiveDiversity,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kouan.model.plan import RowRules
    from kouan.model.text import Text
    from kouan.risk.privacy import Model

_SPELT = re.compile(r"(?P<name>[a-z-]+)(?::(?P<item>.+))?=(?P<value>[^=]+)\Z", re.DOTALL)
_LARGEST = 100_000
_DIGITS = 9
"""After the point, at the most; a number with more would be written out with all of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One model as it was asked for.

    Attributes:
        name: of the model, as it is spelt.
        item: sensitive item as it was named; None for models of class sizes.
        values: thresholds, c before l for the recursive model.
    """

    name: str
    item: str | None
    values: tuple[Decimal, ...]

    def __str__(self) -> str:
        """Return it as it is written."""
        item = "" if self.item is None else f":{self.item}"
        return f"{self.name}{item}={','.join(f'{value:f}' for value in self.values)}"

    def over(self, item: str) -> Asked:
        """Return the same model over an item of another name."""
        return replace(self, item=item)

    def brief(self) -> str:
        """Return it with the item's own name where it was named by its id."""
        if self.item is None or "#" not in self.item:
            return str(self)
        return str(self.over(split_item_id(self.item)[2]))

    def model(self, sensitive: str | None) -> Model:
        """Return the model over a sensitive attribute of this name."""
        return _KINDS[self.name].make(sensitive or "", *self.values)


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[..., Model]
    whole: tuple[bool, ...]
    least: Decimal
    most: Decimal
    of_item: bool = True
    form: str = "3"


def _whole(make: Callable[[str, int], Model], *, of_item: bool = True) -> _Kind:
    least = 1 if of_item else 2
    return _Kind(lambda item, value: make(item, int(value)), (True,), Decimal(least), Decimal(_LARGEST), of_item)


def _real(make: Callable[[str, float], Model], most: int, form: str, least: str = "0") -> _Kind:
    return _Kind(lambda item, value: make(item, float(value)), (False,), Decimal(least), Decimal(most), form=form)


_KINDS: Mapping[str, _Kind] = {
    "k": _whole(lambda _, value: KAnonymity(value), of_item=False),
    "k-map": _whole(lambda _, value: KMap(value), of_item=False),
    "l": _whole(DistinctDiversity),
    "entropy-l": _real(EntropyDiversity, _LARGEST, "2.5", "1"),
    "recursive-l": _Kind(
        lambda item, c, l: RecursiveDiversity(item, float(c), int(l)),  # noqa: E741 (the field's letters)
        (False, True),
        Decimal(0),
        Decimal(_LARGEST),
        form="2,3",
    ),
    "t": _real(EqualCloseness, 1, "0.2"),
    "ordered-t": _real(OrderedCloseness, 1, "0.2"),
    "delta": _real(DeltaDisclosure, _LARGEST, "1.5"),
    "beta": _real(BasicLikeness, _LARGEST, "2"),
    "enhanced-beta": _real(EnhancedLikeness, _LARGEST, "2"),
}


def asked(spelt: str, where: str) -> Asked:
    """Read one model.

    Args:
        spelt: such as `k=5` or `t:salary=0.2`.
        where: it stands, for the error message.

    Raises:
        KouanError: K-DEI-065 with what is wrong and all spellings.
    """
    found = _SPELT.match(spelt.strip())
    if found is None:
        raise messages.MODEL.at(where, model=quoted(spelt), problem=messages.SHAPE)
    name, item = found["name"], found["item"]
    kind = _KINDS.get(name)
    if kind is None:
        raise messages.MODEL.at(where, model=quoted(spelt), problem=messages.UNKNOWN.fill(name=name))
    if (item is None) == kind.of_item:
        problem = messages.ITEM_MISSING if kind.of_item else messages.ITEM_ODD
        raise messages.MODEL.at(where, model=quoted(spelt), problem=problem.fill(name=name))
    values = _values(found["value"], kind)
    if values is None:
        problem = messages.VALUE.fill(name=name, form=kind.form, least=f"{kind.least:f}", most=f"{kind.most:f}")
        raise messages.MODEL.at(where, model=quoted(spelt), problem=problem)
    return Asked(name, item, values)


def asked_all(spelt: Iterable[str], where: str) -> tuple[Asked, ...]:
    """Read several models; a model asked for twice counts once. Raises as `asked`."""
    return tuple(dict.fromkeys(asked(one, where) for one in spelt))


def asked_of_rows(rules: RowRules, where: str) -> tuple[Asked, ...]:
    """Return the models by which rows stay here; `k` is short for the model `k=`. Raises as `asked`."""
    short = () if rules.k is None else (f"k={rules.k}",)
    return asked_all((*short, *rules.models), where)


def spellings() -> tuple[tuple[str, Text], ...]:
    """Return an example of every model, and what it asks of a class."""
    return tuple(
        (f"{name}{':ITEM' if kind.of_item else ''}={_example(name, kind)}", messages.MEANINGS[name])
        for name, kind in _KINDS.items()
    )


def _example(name: str, kind: _Kind) -> str:
    return "5" if name.startswith("k") else kind.form


def _values(written: str, kind: _Kind) -> tuple[Decimal, ...] | None:
    parts = [part.strip() for part in written.split(",")]
    if len(parts) != len(kind.whole):
        return None
    values = []
    for part, whole in zip(parts, kind.whole, strict=True):
        try:
            value = Decimal(part)
        except InvalidOperation:
            return None
        inside = value.is_finite() and kind.least <= value <= kind.most and value == round(value, _DIGITS)
        if not inside or (whole and (value != int(value) or value < 1)):
            return None
        values.append(Decimal(int(value)) if whole else value.normalize())
    return tuple(values)
