"""Models on treated data, on tables of which the right score is known beforehand."""

from __future__ import annotations

import random
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.model.errors import KouanError
from kouan.model.plan import Action
from kouan.model.prediction import Prediction
from kouan.risk.prediction import check_targets, predict
from kouan.risk.prediction.bayes import learn
from tests import inventories

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.text import Text

ROWS = 400
DICE = random.Random(7)


class Table:
    name = "t"

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._batch = pa.RecordBatch.from_pydict(columns)
        self.schema, self.rows = self._batch.schema, self._batch.num_rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        whole = self._batch.select(list(columns or self.schema.names))
        yield whole.slice(0, self.rows // 3)
        yield whole.slice(self.rows // 3)


class File:
    name = "t.csv"

    def __init__(self, table: Table) -> None:
        self.entities = (table,)


def scored(
    raw: dict[str, list[Any]],
    treated: dict[str, list[Any]],
    *,
    kept: list[bool] | None = None,
    target: str | None = "y",
    person: str | None = None,
    **actions: Action,
) -> Prediction | Text:
    items = [
        inventories.item(f"t.csv!t#{name}", role="direct_identifier" if name == person else "other") for name in raw
    ]
    people = () if person is None else (inventories.persons("person", f"t.csv!t#{person}"),)
    table = Table(raw)
    return predict(
        File(table),  # type: ignore[arg-type]
        table,  # type: ignore[arg-type]
        Table(treated),  # type: ignore[arg-type]
        inventories.inventory(*items, persons=people),
        rows=table.rows,
        rows_after=len(next(iter(treated.values()))),
        actions={name: actions.get(name, Action.KEEP) for name in raw},
        kept=None if kept is None else np.array(kept),
        targets=() if target is None else (f"t.csv!t#{target}",),
    )


def told(found: Prediction | Text) -> Prediction:
    assert isinstance(found, Prediction)
    return found


def rates(found: Prediction) -> tuple[float, float, float]:
    return float(found.majority.rate), float(found.raw.rate), float(found.treated.rate)


AGES = [DICE.randrange(18, 80) for _ in range(ROWS)]
OLD = {
    "age": [str(age) for age in AGES],
    "noise": [DICE.choice("abc") for _ in range(ROWS)],
    "y": ["old" if age >= 50 else "young" for age in AGES],
}


def test_an_age_in_bands_that_keep_the_answer_costs_nothing_and_wide_ones_cost_it_all() -> None:
    exact = told(scored(OLD, {**OLD, "age": ["18-49" if age < 50 else "50+" for age in AGES]}, age=Action.GENERALISE))
    wide = told(scored(OLD, {**OLD, "age": ["18-79"] * ROWS}, age=Action.GENERALISE))
    assert rates(exact)[1] > 0.95
    assert rates(exact)[2] > 0.98
    assert abs(rates(wide)[2] - rates(wide)[0]) < 0.05
    assert wide.loss.lo > 0


def test_an_item_that_does_not_leave_tells_nothing() -> None:
    gone = told(scored(OLD, {"noise": OLD["noise"], "y": OLD["y"]}, age=Action.DROP))
    assert abs(rates(gone)[2] - rates(gone)[0]) < 0.05
    assert float(gone.loss.rate) == pytest.approx(rates(gone)[1] - rates(gone)[2], abs=1e-3)


def test_a_person_of_many_rows_is_never_learnt_from_and_tried() -> None:
    """Every person has a mark of his own that tells his answer to who has seen him, and nobody else."""
    people = [f"p{at // 4}" for at in range(800)]
    answer = {name: DICE.choice(["x", "z"]) for name in sorted(set(people))}
    raw = {
        "id": people,
        "mark": people,
        "filler": [DICE.choice("ab") for _ in people],
        "y": [answer[p] for p in people],
    }
    found = told(scored(raw, {**raw, "id": [name[::-1] for name in people]}, person="id", id=Action.PSEUDONYM))
    assert (found.rows, found.persons) == (800, 200)
    assert found.raw.rate < found.majority.hi + 2 * (found.majority.hi - found.majority.lo)
    assert rates(found)[1] < 0.65


def test_rows_that_stayed_here_are_learnt_from_by_nobody_but_the_raw_model() -> None:
    kept = [age % 5 != 0 for age in AGES]
    left = {name: [cell for cell, stays in zip(column, kept, strict=True) if stays] for name, column in OLD.items()}
    found = told(scored(OLD, left, kept=kept))
    assert found.persons == ROWS
    assert rates(found)[2] > 0.9
    assert "cannot be paired" in scored(OLD, left).en  # type: ignore[union-attr]


def test_what_says_the_target_in_other_words_is_left_out() -> None:
    raw = {**OLD, "code": ["1" if y == "old" else "0" for y in OLD["y"]]}
    assert told(scored(raw, raw)).restating == ("t.csv!t#code",)


def test_the_target_is_what_the_others_tell_most_of_and_a_declared_one_has_to_leave_as_it_is() -> None:
    assert told(scored(OLD, OLD, target=None)).target == "t.csv!t#y"
    altered = scored(OLD, {**OLD, "y": ["?"] * ROWS}, y=Action.GENERALISE)
    assert "leaves as it is" in altered.en  # type: ignore[union-attr]
    with pytest.raises(KouanError, match="K-RSK-070"):
        check_targets(["t.csv!t#nowhere"], inventories.inventory(inventories.item("t.csv!t#y")))


def test_of_few_persons_no_model_is_scored() -> None:
    few = {name: column[:60] for name, column in OLD.items()}
    assert "Fewer than 100" in scored(few, few).en  # type: ignore[union-attr]


columns = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.booleans()), min_size=120, max_size=200)


@settings(max_examples=20, deadline=None)
@given(columns, st.randoms(use_true_random=False))
def test_untreated_data_lose_nothing_and_the_order_of_rows_does_not_matter(
    cells: list[tuple[int, int, bool]], dice: random.Random
) -> None:
    def table(rows: list[tuple[int, int, bool]]) -> dict[str, list[Any]]:
        return {
            "kind": [f"k{kind}" for kind, _, _ in rows],
            "size": [float(size) for _, size, _ in rows],
            "y": ["yes" if one else "no" for _, _, one in rows],
        }

    found = scored(table(cells), table(cells))
    other = cells[:]
    dice.shuffle(other)
    assert scored(table(other), table(other)) == found
    if isinstance(found, Prediction):
        assert found.raw == found.treated
        assert [found.loss.rate, found.loss.lo, found.loss.hi] == [0, 0, 0]
        assert found.raw.lo <= found.raw.rate <= found.raw.hi


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 3), st.integers(0, 2)), min_size=30, max_size=60))
def test_the_model_is_naive_bayes_as_it_is_written_down(rows: list[tuple[int, int, int]]) -> None:
    features = [np.array([row[at] for row in rows], np.int64) for at in (0, 1)]
    labels = np.array([row[2] for row in rows], np.int64)
    model = learn(features, labels, 3)
    guesses = model.predict(features)
    for at, row in enumerate(rows):
        odds = []
        for label in range(3):
            total = log((sum(one[2] == label for one in rows) + 1) / (len(rows) + 3))
            for place in model.used:
                if row[place] < 0:
                    continue
                wide = max(one[place] for one in rows) + 1
                has = sum(one[2] == label and one[place] >= 0 for one in rows)
                same = sum(one[2] == label and one[place] == row[place] for one in rows)
                total += log((same + 1) / (has + wide))
            odds.append(total)
        assert odds[guesses[at]] == pytest.approx(max(odds))
