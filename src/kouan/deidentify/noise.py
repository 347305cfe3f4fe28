"""Numbers with noise that a key draws, so that a second run gives the same.

GB/T 37964-2019 annex A, randomisation (noise addition); ISO/IEC 20889:2018, randomisation. By itself it is no
anonymity: persons can still be singled out (WP29 opinion 05/2014), and no budget of differential privacy is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Paired, as_text, pick
from kouan.deidentify.numbers import as_number, number_words
from kouan.deidentify.params import BadParamsError, decimal, only, text, whole, word
from kouan.deidentify.references import subject_of_reference
from kouan.engine.persons import person_hashes, spell

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.plan import PlanLine

    Floats = npt.NDArray[np.float64]

FORMS = ("laplace", "normal")
_MOST = 10**12
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Noise(Paired):
    """Adds an amount that depends on the key, the meaning, the person and the value, and on nothing else.

    Rows of one person with one value get one result, so that repeated rows do not average the noise away; two persons
    with one value get different ones. A row without a person, and what is no number, become null.

    Attributes:
        key: of the year's pseudonyms.
        meaning: of the item; tables with one meaning agree.
        form: one of `FORMS`.
        scale: of the Laplace distribution, or standard deviation of the normal one, in the column's unit.
        decimals: digits after the point of the result.
        bottom, top: what the result is cut to; None for no such end.
    """

    key: bytes = field(repr=False)
    meaning: str
    form: str
    scale: float
    decimals: int = 0
    bottom: int | None = None
    top: int | None = None

    def __call__(self, column: pa.Array, subjects: pa.Array) -> pa.Array:
        """Return the changed numbers as text; `subjects` names the person of each row, by key or reference."""
        numbers = as_number(column)
        persons = subject_of_reference(spell(as_text(subjects)))
        persons = pick(pc.not_equal(persons, ""), persons)
        pairs = pc.binary_join_element_wise(pc.cast(numbers, pa.string()), persons, "|").dictionary_encode()
        amounts = pa.array(self._amounts(pairs.dictionary.cast(pa.binary()).to_pylist()), pa.float64())
        changed = pc.add(numbers, amounts.take(pairs.indices)) if len(amounts) else pa.nulls(len(pairs), pa.float64())
        return self._written(changed)

    def _amounts(self, pairs: list[bytes]) -> Floats:
        digests = np.frombuffer(person_hashes(self.key, f"noise|{self.meaning}", pairs), ">u8").reshape(-1, 2)
        first, second = ((digests >> np.uint64(11)) + 0.5).T * 2.0**-53  # inside (0, 1)
        if self.form == "laplace":
            middle = first - 0.5
            amounts = -self.scale * np.sign(middle) * np.log1p(-2 * np.abs(middle))
        else:
            amounts = self.scale * np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * second)  # Box and Muller 1958
        return np.asarray(amounts, np.float64)

    def _written(self, numbers: Any) -> pa.Array:
        if self.bottom is not None:
            numbers = pick(pc.is_valid(numbers), pc.max_element_wise(numbers, float(self.bottom)))
        if self.top is not None:
            numbers = pick(pc.is_valid(numbers), pc.min_element_wise(numbers, float(self.top)))
        return number_words(numbers, self.decimals)


def noise(line: PlanLine, *, key: bytes, meaning: str) -> Noise:
    """Return what `{by, form, scale, decimals, bottom, top}` means. Raises BadParamsError."""
    only(line, "by", "form", "scale", "decimals", "bottom", "top")
    text(line, "by")
    ends = {name: whole(line, name, -_MOST, _MOST) for name in ("bottom", "top") if name in line.params}
    if len(ends) == 2 and ends["bottom"] >= ends["top"]:  # noqa: PLR2004 - both
        raise BadParamsError(messages.PARAM_ORDER)
    scale = decimal(line, "scale", "0.000001", str(_MOST))
    decimals = whole(line, "decimals", 0, _MOST_DECIMALS, default=0)
    return Noise(key, meaning, word(line, "form", FORMS, default="laplace"), scale, decimals, **ends)
