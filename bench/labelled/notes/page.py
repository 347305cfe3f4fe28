"""The report on free text as a page: tables by kind and half, speed, and the mistakes by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.labelled.notes.fill import counts
from bench.labelled.notes.score import KINDS, errors, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.labelled.notes.fill import Note

NAMES = {
    "rules": "rules only",
    "lac": "LAC alone",
    "ours": "rules and LAC (ours)",
    "presidio": "Presidio",
}
_HALVES = (("held out", True), ("development", False))


def page(notes: Sequence[Note], answers: dict[str, dict[str, Any]]) -> str:
    """Return the page in Markdown."""
    lines = ["# Free text: names, places, organisations, dates and identifiers", "", *_head(), *_speed(answers)]
    for half, held in _HALVES:
        chosen = [at for at, note in enumerate(notes) if note.held == held]
        lines += [f"## {half.capitalize()} notes", "", *_table(notes, answers, chosen)]
    for language in ("zh", "en", "mixed"):
        chosen = [at for at, note in enumerate(notes) if note.held and note.language == language]
        lines += [f"## Held out, {language}", "", *_table(notes, answers, chosen)]
    for half, held in _HALVES:
        chosen = [at for at, note in enumerate(notes) if note.held == held]
        lines += [f"## Mistakes of ours, {half}", "", *_mistakes(notes, answers["ours"], chosen)]
    return "\n".join(lines)


def _head() -> list[str]:
    numbers = counts()
    held = ", ".join(f"{language} {numbers[language, True]}" for language in ("zh", "en", "mixed"))
    development = ", ".join(f"{language} {numbers[language, False]}" for language in ("zh", "en", "mixed"))
    return [
        f"Labelled notes, all made up: {sum(numbers.values())}; held out: {held}; development: {development}. A text",
        "and its copies are in one half, by hash. Names, streets, cities and companies of the held-out half come from",
        "other lists than those of the development half. No mistake in a held-out note was looked at before the rules",
        "and the join were done; its totals were, several times. The same hand wrote both halves before the join, so",
        "that real texts will be harder than either. Companies and places that a note names beside its point (such as",
        "a courier by its short name) are not all labelled: a part of what is found there in error is none.",
        "",
        "P / R / F: precision, recall, F1. Strict: the very characters and the kind. Lenient: overlap and the kind.",
        "“Address or place” and “any date” ask only whether the place or the day was found: LAC tells neither an",
        "address from a place nor a birth date from another, cuts addresses into words, and its TIME also holds",
        "“yesterday”, which is no date here.",
        "",
    ]


def _speed(answers: dict[str, dict[str, Any]]) -> list[str]:
    lines = ["| system | characters per CPU second | start, CPU seconds | how |", "|---|---:|---:|---|"]
    for name, answer in answers.items():
        if "missing" in answer:
            lines.append(f"| {NAMES[name]} | not run | | {answer['missing']} |")
        else:
            rate = answer["characters"] / answer["cpu"]
            lines.append(f"| {NAMES[name]} | {rate:,.0f} | {answer['start']:.2f} | {answer['how']} |")
    return [*lines, ""]


def _table(notes: Sequence[Note], answers: dict[str, dict[str, Any]], chosen: Sequence[int]) -> Iterator[str]:
    part = [notes[at] for at in chosen]
    found = {name: scores(part, [one["found"][at] for at in chosen]) for name, one in answers.items() if "found" in one}
    gold = {kind: score.gold for one in found.values() for kind, score in one.items() if score.gold}
    for how in ("strict", "lenient"):
        yield f"| {how} P / R / F | labelled | {' | '.join(NAMES[name] for name in found)} |"
        yield f"|---|---:|{'---|' * len(found)}"
        for kind in sorted(gold, key=lambda one: (KINDS.index(one) if one in KINDS else len(KINDS), one)):
            scored = (one.get(kind) for one in found.values())
            cells = (_three(getattr(one, how)()) if one and one.found else "–" for one in scored)
            yield f"| {kind} | {gold[kind]} | {' | '.join(cells)} |"
        yield ""


def _three(values: tuple[float, float, float]) -> str:
    return " / ".join(f"{value:.3f}" for value in values)


def _mistakes(notes: Sequence[Note], answer: dict[str, Any], chosen: Sequence[int]) -> Iterator[str]:
    if "found" not in answer:
        return
    found = errors([notes[at] for at in chosen], [answer["found"][at] for at in chosen])
    for kind in sorted(found, key=lambda one: -sum(wrong.count for wrong in found[one].values())):
        yield f"### {kind}"
        yield ""
        for name, wrong in sorted(found[kind].items(), key=lambda pair: -pair[1].count):
            yield f"- {name}: {wrong.count}. {' · '.join(f'`{one}`' for one in wrong.examples)}"
        yield ""
