"""Made-up people one by one, for records that tell of single persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examples import places

if TYPE_CHECKING:
    import datetime as dt

    from numpy.random import Generator

    from examples.people import People

_TWO_CHARACTERS = frozenset({"Ouyang", "Sima", "Shangguan", "Zhuge"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person who does not exist; `family` and `given` in Latin letters."""

    name: str
    family: str
    given: str
    male: bool
    born: dt.date
    mobile: str
    mailbox: str
    city: str
    address: str
    resident_id: str

    @property
    def halves(self) -> tuple[str, str]:
        """Surname and given name in characters."""
        cut = 2 if self.family in _TWO_CHARACTERS else 1
        return self.name[:cut], self.name[cut:]

    @property
    def initials(self) -> str:
        """First letters as a reporter writes them, such as `W.M.`."""
        return f"{self.family[0]}.{self.given[0]}."

    @property
    def latin(self) -> str:
        """Name as an English narrative has it."""
        return f"{self.given} {self.family}"


def persons(rng: Generator, drawn: People) -> list[Person]:
    """Return drawn people one by one, with a mailbox, an address and a resident identity number each."""
    columns = zip(
        drawn.name.to_pylist(),
        drawn.latin.to_pylist(),
        drawn.male.tolist(),
        drawn.births.tolist(),
        drawn.mobile.to_pylist(),
        drawn.emails(rng).to_pylist(),
        places.cities(drawn.place).to_pylist(),
        places.addresses(rng, drawn.place).to_pylist(),
        drawn.resident_ids(rng).to_pylist(),
        strict=True,
    )
    made = []
    for name, latin, *rest in columns:
        family, given = latin.title().split(".")
        made.append(Person(name, family, given, *rest))
    return made
