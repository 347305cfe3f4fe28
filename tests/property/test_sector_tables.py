"""Tables of a sector do not depend on the order of rows or on how persons are called, and recount themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.packs import load_sectors
from kouan.risk.sector import agrees_with, compare_sectors
from tests.trials import trial

if TYPE_CHECKING:
    import random
    from typing import Any

SECTORS = load_sectors()
ARMS = ("A", "B", None)
EVENT = st.tuples(
    st.integers(0, 20),
    st.sampled_from(["Headache", "Nausea", None]),
    st.sampled_from(["LOW", "NORMAL", "HIGH", None]),
    st.integers(-5, 30).filter(bool),
)


def tables(events: list[tuple[int, str | None, str | None, int]], *, name: str = "s") -> list[Any]:
    persons = [f"{name}{at}" for at in range(21)]
    who = [f"{name}{at}" for at, *_ in events]
    return trial(
        dm={"USUBJID": persons, "ARM": [ARMS[at % 3] for at in range(21)]},
        ae={"USUBJID": who, "AEDECOD": [one for _, one, _, _ in events]},
        lb={
            "USUBJID": who,
            "LBTESTCD": [one or "X" for _, one, _, _ in events],
            "LBNRIND": [one for _, _, one, _ in events],
            "LBDY": [float(day) for *_, day in events],
        },
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENT, min_size=1, max_size=120), st.randoms(use_true_random=False))
def test_shuffled_rows_of_renamed_persons_change_no_cell(
    events: list[tuple[int, str | None, str | None, int]], dice: random.Random
) -> None:
    other = events[:]
    dice.shuffle(other)
    results = compare_sectors(tables(events), tables(other, name="p"), SECTORS)
    assert {one.outcome for one in results} <= {"unchanged"}
    assert agrees_with(results, tables(other, name="p"), SECTORS)


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENT, min_size=2, max_size=120))
def test_one_event_less_is_one_less_in_one_cell(events: list[tuple[int, str | None, str | None, int]]) -> None:
    (found,) = (
        one for one in compare_sectors(tables(events), tables(events[1:]), SECTORS) if one.check == "ae-term-events"
    )
    assert (found.outcome, found.changed, found.lost, found.gained) == ("differs", 1, 1, 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENT, min_size=1, max_size=200))
def test_no_written_number_has_fewer_persons_than_it_says(
    events: list[tuple[int, str | None, str | None, int]],
) -> None:
    behind: dict[tuple[str, str], set[int]] = {}
    for who, term, _, _ in events:
        behind.setdefault((ARMS[who % 3] or "<empty>", term or "<empty>"), set()).add(who)
    for one in compare_sectors(tables(events), tables(events), SECTORS):
        if one.check == "ae-term-events":
            assert all(len(behind[cell.key]) >= one.least for cell in one.cells if cell.before)  # type: ignore[index]
