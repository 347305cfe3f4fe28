"""The readable page: precision and recall by identifier, what was missed, what was taken for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.labelled import door
from bench.labelled.cases import Ask
from bench.labelled.score import mistakes, scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.labelled.score import Answer, Noise, Score

_HEAD = """# Recognition on labelled columns

Every column was shown to `kouan.inspect` alone, in a file of its own, {count} columns of 200 cells in all; the labels
come from a generator that uses none of the recognizers' code. Counts are of cells, as the inventory's findings give
them; a verdict is the meaning that the inventory gives to a whole column.

- recall: cells that should be counted, and were (confirmed: those with a right check character);
- precision: cells counted under a name in any of the columns, traps included, and rightly; it depends on how many traps
  the set holds, so the traps stand one by one below;
- too sure: cells counted as confirmed where a format, or a wrong check character, is all there is;
- verdicts: columns whose name or values tell the meaning, and that got it;
- confirmed verdicts: columns of the set whose verdict is this one and confirmed, and rightly.

A line with nothing counted is an identifier whose values recognition does not look for yet; its columns may still be
told by their names.
"""


def page(answers: Sequence[Answer], noise: Sequence[Noise]) -> str:
    """Return the page as Markdown."""
    parts = [
        _HEAD.format(count=len(answers)),
        "## By identifier\n",
        _table(
            (
                "identifier",
                "recall",
                "recall, confirmed",
                "precision",
                "precision, confirmed",
                "too sure",
                "verdicts",
                "confirmed verdicts, right",
            ),
            (_line(name, score) for name, score in sorted(scores(answers).items())),
        ),
        "## Missed\n",
        _table(("identifier", "column", "writing", "asked", "counted", "verdict"), _missed(answers)),
        "## Taken for something\n",
        "Cells of traps, cells counted under a name that is not theirs, and traps that are called it.\n",
        _table(("identifier", "column", "trap or writing", "counted as", "confirmed", "suspected"), _taken(answers)),
        "## Order numbers and random strings\n",
        "Column names say nothing. `small` are many columns of 30 cells each. Whatever is confirmed is a mistake.\n",
        _table(("kind", "family", "strings", "confirmed", "suspected", "columns called an identifier"), _noise(noise)),
    ]
    return "\n".join(parts)


def _line(name: str, one: Score) -> tuple[str, ...]:
    pairs = (
        (one.counted, one.asked),
        (one.sure, one.asked_sure),
        (one.right, one.reported),
        (one.right_sure, one.reported_sure),
    )
    told, called = _share(one.told, one.columns), _share(one.called_right, one.called)
    return name, *(_share(part, whole) for part, whole in pairs), str(one.too_sure or ""), told, called


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part:,}/{whole:,})" if whole else ""


def _missed(answers: Sequence[Answer]) -> Iterable[tuple[str, ...]]:
    for one in answers:
        case = one.case
        sure, counted = one.cells(door.found_as(case.identifier))
        have = sure if case.ask is Ask.CONFIRMED else counted
        wanted = case.ask in (Ask.CONFIRMED, Ask.COUNTED, Ask.SUSPECTED)
        wrong = case.named and one.meaning not in door.meant_as(case.identifier)
        if (wanted and have < case.held) or wrong:
            meaning = f"**{one.meaning}**" if wrong else one.meaning
            yield case.identifier, case.column, case.what, case.ask.value, str(have) if wanted else "", meaning


def _taken(answers: Sequence[Answer]) -> Iterable[tuple[str, ...]]:
    own = {(one.case.identifier, one.case.column) for one in answers if one.case.held}
    for one in answers:
        case = one.case
        head = (case.identifier, case.column, case.what)
        for name, (confirmed, suspected) in mistakes(one).items():
            yield *head, name, str(confirmed), str(suspected)
        called = one.meaning in door.meant_as(case.identifier) and not case.holds
        if called and (case.identifier, case.column) not in own:  # a column may be told by its own name
            yield *head, f"the column: {one.meaning}, {'confirmed' if one.sure else 'not confirmed'}", "", ""


def _noise(noise: Sequence[Noise]) -> Iterable[tuple[str, ...]]:
    for one in noise:
        if one.confirmed or one.suspected or one.verdicts:
            yield (
                one.kind,
                one.family,
                f"{one.cells:,}",
                _named(one.confirmed),
                _named(one.suspected),
                str(one.verdicts or ""),
            )
    silent = sum(not (one.confirmed or one.suspected or one.verdicts) for one in noise)
    yield "all others", f"{silent} families", "", "", "", ""


def _named(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    shown = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]
    return "\n".join([f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *shown]) + "\n"
