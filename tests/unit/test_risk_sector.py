"""Tables of a sector, counted by hand: what a statistician and a drug-safety officer expect of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from kouan.formats import ReadOptions, open_source
from kouan.packs import load_sectors
from kouan.risk.sector import agrees_with, compare_sectors
from kouan.risk.sector.cells import group_of
from tests.trials import trial

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.sectorresult import CheckResult

SECTORS = load_sectors()
MANY = 15
"""Persons of an arm: more than have to stand behind a number that is written."""


def subjects(prefix: str = "") -> list[str]:
    return [f"{prefix}{at:02}" for at in range(2 * MANY)]


DM = {
    "USUBJID": subjects(),
    "ARM": ["A"] * MANY + ["B"] * MANY,
    "RFSTDTC": [f"2024-03-{1 + at % 28:02}" for at in range(2 * MANY)],
}
AE = {
    "USUBJID": [*subjects(), *subjects()[:MANY], "00"],
    "AEDECOD": ["Headache"] * MANY * 2 + ["Nausea"] * MANY + ["Syncope"],
    "AESEV": ["MILD"] * (3 * MANY) + ["SEVERE"],
}


def checked(raw: list[Any], treated: list[Any], **others: Any) -> dict[str, CheckResult]:
    return {one.check: one for one in compare_sectors(raw, treated, SECTORS, **others)}


def cells(result: CheckResult) -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    return {cell.key: (cell.before, cell.after) for cell in result.cells}


def test_recoded_subjects_and_the_same_events_leave_every_table_as_it_was() -> None:
    new = {old: f"P{at * 7 % 31}x" for at, old in enumerate(subjects())}
    treated = trial(
        dm={**DM, "USUBJID": [new[one] for one in DM["USUBJID"]]},
        ae={**AE, "USUBJID": [new[one] for one in AE["USUBJID"]]},
    )
    found = checked(trial(dm=DM, ae=AE), treated)
    assert {one.outcome for one in found.values()} == {"unchanged"}
    assert (found["ae-term-events"].total_before, found["ae-term-events"].cells_before) == (3 * MANY + 1, 4)
    common = {name: column[: 3 * MANY] for name, column in AE.items()}
    assert cells(checked(trial(dm=DM, ae=common), trial(dm=DM, ae=common))["ae-term-events"]) == {
        ("A", "Headache"): (MANY, MANY),
        ("A", "Nausea"): (MANY, MANY),
        ("B", "Headache"): (MANY, MANY),
    }


def test_a_cell_of_one_person_is_never_written_and_cannot_be_told_from_the_total() -> None:
    found = checked(trial(dm=DM, ae=AE), trial(dm=DM, ae=AE))["ae-term-events"]
    assert ("A", "Syncope") not in cells(found)
    written = sum(before or 0 for before, _ in cells(found).values())
    assert found.total_before is not None
    assert found.total_before - written > 1  # with the one cell the smallest of the others is left out
    assert found.unwritten == 2


def test_an_event_moved_to_another_term_is_named_with_its_numbers() -> None:
    more = {name: [*column, *column[:MANY]] for name, column in AE.items()}  # two headaches each in arm A
    moved = {**more, "AEDECOD": [*more["AEDECOD"][:-2], "Nausea", "Nausea"]}
    found = checked(trial(dm=DM, ae=more), trial(dm=DM, ae=moved))["ae-term-events"]
    assert (found.outcome, found.changed, found.lost, found.gained) == ("differs", 2, 2, 2)
    assert cells(found)["A", "Headache"] == (2 * MANY, 2 * MANY - 2)
    assert "2 of 4 cells differ" in found.statement.en


def test_persons_are_counted_once_however_many_events_they_have() -> None:
    twice = {name: column + column for name, column in AE.items()}
    raw = checked(trial(dm=DM, ae=AE), trial(dm=DM, ae=twice))
    assert raw["ae-term-persons"].outcome == "unchanged"
    assert raw["ae-term-events"].gained == len(AE["USUBJID"])


def test_rows_that_stayed_here_are_told_from_rows_that_changed() -> None:
    kept = {("ae.xpt", "ae"): np.array([True] * 40 + [False] * 6), ("dm.xpt", "dm"): np.ones(2 * MANY, np.bool_)}
    left = {name: column[:40] for name, column in AE.items()}
    found = checked(trial(dm=DM, ae=AE), trial(dm=DM, ae=left), kept=kept)["ae-term-events"]
    assert (found.outcome, found.lost, found.gained) == ("held", 6, 0)
    other = {**left, "AEDECOD": ["Nausea", *left["AEDECOD"][1:]]}
    assert checked(trial(dm=DM, ae=AE), trial(dm=DM, ae=other), kept=kept)["ae-term-events"].outcome == "differs"


@pytest.mark.parametrize(("gone", "said"), [("AEDECOD", "preferred term"), ("ARM", "persons"), ("USUBJID", "persons")])
def test_what_the_treated_data_lack_is_named(gone: str, said: str) -> None:
    treated = trial(
        dm={name: column for name, column in DM.items() if name != gone},
        ae={name: column for name, column in AE.items() if name != gone},
    )
    found = checked(trial(dm=DM, ae=AE), treated)["ae-term-events"]
    assert found.outcome == "lost"
    assert said in found.statement.en


def test_subjects_recoded_in_one_table_alone_lose_their_arm() -> None:
    treated = trial(dm={**DM, "USUBJID": subjects("P")}, ae=AE)
    found = checked(trial(dm=DM, ae=AE), treated)["ae-severity"]
    assert found.outcome == "differs"
    assert cells(found)["A", "MILD"] == (2 * MANY, 0)


LB = {
    "USUBJID": [one for one in subjects() for _ in range(4)],
    "LBTESTCD": ["ALT"] * 8 * MANY,
    "LBNRIND": ["LOW", "NORMAL", "HIGH", "NORMAL"] * 2 * MANY,
    "LBDY": [-7.0, 1.0, 8.0, 29.0] * 2 * MANY,
}


def test_a_shift_table_goes_from_the_last_finding_by_day_1_to_the_worst_and_the_last_after_it() -> None:
    found = checked(trial(dm=DM, lb=LB), trial(dm=DM, lb=LB))
    assert cells(found["lb-shift-worst"]) == {(arm, "ALT", "NORMAL", "HIGH"): (MANY, MANY) for arm in "AB"}
    assert cells(found["lb-shift-last"]) == {(arm, "ALT", "NORMAL", "NORMAL"): (MANY, MANY) for arm in "AB"}


def test_a_marked_baseline_goes_before_the_day_and_both_directions_are_worst() -> None:
    flags = ["Y", "", "", ""] * 2 * MANY
    both = {**LB, "LBBLFL": flags, "LBNRIND": ["LOW", "LOW", "HIGH", "NORMAL"] * 2 * MANY}
    found = checked(trial(dm=DM, lb=both), trial(dm=DM, lb=both))["lb-shift-worst"]
    assert set(cells(found)) == {(arm, "ALT", "LOW", "HIGH / LOW") for arm in "AB"}


def test_days_of_exposure_count_both_ends_and_leave_partial_dates_out() -> None:
    ex = {
        "USUBJID": subjects(),
        "EXTRT": ["drug"] * 2 * MANY,
        "EXSTDTC": ["2024-02-28"] * (2 * MANY - 1) + ["2024-02"],
        "EXENDTC": ["2024-03-01"] * 2 * MANY,
    }
    found = checked(trial(dm=DM, ex=ex), trial(dm=DM, ex=ex))["exposure"]
    assert cells(found) == {("A", "drug"): (3 * MANY,) * 2, ("B", "drug"): (3 * MANY - 3,) * 2}


def events(move: int, *, wrong: int = 0) -> list[Any]:
    """Return subjects and events with every date moved by so many days, and one event by some more."""
    first = np.array(DM["RFSTDTC"], "datetime64[D]") + move
    start = first + np.arange(2 * MANY) - 3
    start[0] += wrong
    day = [float(at - 3 + (at >= 3)) for at in range(2 * MANY)]
    return trial(
        dm={**DM, "RFSTDTC": first.astype(str).tolist()},
        ae={"USUBJID": subjects(), "AESTDTC": [*start.astype(str).tolist()[:-1], "2024"], "AESTDY": day},
    )


def test_study_days_stay_when_all_dates_of_a_person_move_together() -> None:
    found = checked(events(0), events(-200))["start-day"]
    assert found.outcome == "unchanged"
    assert (found.cells_before, found.unwritten) == (2 * MANY, 2)  # a day each; one date is partial: too few to write


def test_a_date_moved_by_itself_is_found() -> None:
    found = checked(events(0), events(-200, wrong=1))["start-day"]
    assert (found.outcome, found.lost, found.gained) == ("differs", 1, 1)


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("17", "0-17"),
        ("18", "18-64"),
        ("64.5", "18-64"),
        ("65", "65+"),
        ("40-44", "18-64"),
        ("[20,30)", "18-64"),
        ("60-69", "60-69"),
        ("90+", "65+"),
        (">=80", "65+"),
        ("<18", "<18"),
        ("old", "old"),
    ],
)
def test_a_number_and_a_band_inside_a_group_are_one(word: str, group: str) -> None:
    assert group_of(word, (0, 18, 65)) == group


REACTION = """<subjectOf2><observation><code code="29"/><value code="{code}"/>{parts}</observation></subjectOf2>"""
PART = """<outboundRelationship2><observation><code code="{code}"/><value {value}/></observation></outboundRelationship2>"""


def report(folder: Path, *reactions: tuple[str, str, str | None]) -> Any:
    """Write one report, each reaction with whether it is serious and its outcome, and open it."""
    parts = "".join(
        REACTION.format(
            code=code,
            parts=PART.format(code="34", value=f'value="{serious}"')
            + ("" if outcome is None else PART.format(code="27", value=f'code="{outcome}"')),
        )
        for code, serious, outcome in reactions
    )
    text = (
        '<MCCI_IN200100UV01 xmlns="urn:hl7-org:v3"><PORR_IN049016UV><controlActProcess><subject><investigationEvent>'
        "<component><adverseEventAssessment><subject1><primaryRole>"
        f"{parts}</primaryRole></subject1></adverseEventAssessment></component>"
        "</investigationEvent></subject></controlActProcess></PORR_IN049016UV></MCCI_IN200100UV01>"
    )
    folder.mkdir()
    (folder / "case.xml").write_text(text, "utf-8")
    shapes = tuple(one.schema.tree for one in SECTORS if one.schema.tree is not None)
    return open_source(folder, name="cases", options=ReadOptions(shapes=shapes))


def test_an_outcome_stays_with_its_reaction_where_another_reaction_has_none(tmp_path: Path) -> None:
    raw = report(tmp_path / "raw", ("10", "false", None), ("20", "true", "5"))
    same = report(tmp_path / "same", ("20", "true", "5"), ("10", "false", None))
    other = report(tmp_path / "other", ("10", "false", "5"), ("20", "true", None))
    assert checked([raw], [same])["reaction-outcome"].outcome == "unchanged"
    assert checked([raw], [other])["reaction-outcome"].outcome == "differs"


def test_what_is_written_of_the_treated_side_follows_from_it_and_a_forged_number_does_not() -> None:
    raw, treated = trial(dm=DM, ae=AE), trial(dm=DM, ae=AE)
    results = compare_sectors(raw, treated, SECTORS)
    assert agrees_with(results, treated, SECTORS)
    for at, one in enumerate(results):
        for changed in ({"total_after": 99}, {"cells_after": one.cells_after + 1}, {"outcome": "lost"}):
            forged = [*results[:at], one.model_copy(update=changed), *results[at + 1 :]]
            assert not agrees_with(forged, treated, SECTORS)
    first = next(one for one in results if one.cells)
    cell = first.cells[0].model_copy(update={"after": 12})
    assert not agrees_with([first.model_copy(update={"cells": (cell,)})], treated, SECTORS)
