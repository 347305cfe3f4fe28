"""Identifiers that the examples hold, so that a test can look for them in what must not hold them."""

from __future__ import annotations

from dataclasses import dataclass

from examples import SEED, SMALL


@dataclass(frozen=True, slots=True)
class Planted:
    """One identifier of a person in an example.

    Attributes:
        file: that holds it, relative to the example's folder.
        subject: whose it is, such as `patient`, `reporter`, `participant`.
        kind: what it is, such as `name`, `mobile`, `record_number`.
        value: as it stands there.
    """

    file: str
    subject: str
    kind: str
    value: str


def planted(example: str, *, seed: int = SEED, small: bool = False) -> list[Planted]:
    """Return the identifiers in an example as `build` makes it, in the order of its files.

    Args:
        example: its name; `icsr` or `trial`.
        seed: of the random numbers.
        small: as `build` takes it.
    """
    from examples.icsr.write import planted_in_icsr  # noqa: PLC0415 - both name their identifiers as `Planted`
    from examples.trial.write import planted_in_trial  # noqa: PLC0415

    return {"icsr": planted_in_icsr, "trial": planted_in_trial}[example](seed, scale=SMALL if small else 1)
