"""Free text: what is found in labelled notes by rules, by a model, by both, and by a peer; and how fast."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from bench.labelled.notes.fill import all_notes
from bench.labelled.notes.page import NAMES, page
from bench.labelled.notes.score import scores
from bench.measure import BenchError, Result, run_child

if TYPE_CHECKING:
    from bench.context import Context

_MOST = 5
"""Identifiers with fewer labels than this make no figure of their own."""


def text(context: Context) -> list[Result]:
    """Measure precision, recall and speed of each system; the page with all mistakes goes to `build/text.md`."""
    notes = all_notes()
    answers = {name: _answer(context, name) for name in NAMES}
    place = context.root / "build" / "text.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(page(notes, answers), encoding="utf-8")
    print(f"precision and recall by kind, and every mistake: {place.relative_to(context.root)}", file=sys.stderr)
    results: list[Result] = []
    for name, answer in answers.items():
        results += _speed(name, answer)
        for half, held in (("held out", True), ("development", False)):
            chosen = [at for at, note in enumerate(notes) if note.held == held]
            results += _figures(f"{NAMES[name]}, {half}", [notes[at] for at in chosen], answer, chosen)
    return results


def _answer(context: Context, name: str) -> dict[str, Any]:
    place = context.scratch / f"{name}.json"
    command = [sys.executable, "-m", "bench.labelled.notes.systems", name, str(place)]
    try:
        run_child(command, cwd=context.root, log=context.log)
    except BenchError as error:
        return {"missing": str(error).splitlines()[-1]}
    answer: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return answer


def _speed(name: str, answer: dict[str, Any]) -> list[Result]:
    if "missing" in answer:
        return [
            Result(f"{NAMES[name]}: speed", 0, "chars/cpu-s", at_most=False, detail=f"NOT RUN: {answer['missing']}")
        ]
    rate = answer["characters"] / answer["cpu"]
    detail = f"{answer['how']}; {answer['characters']:,} characters; start {answer['start']:.2f} cpu-s"
    return [Result(f"{NAMES[name]}: speed", rate, "chars/cpu-s", at_most=False, detail=detail)]


def _figures(title: str, notes: Any, answer: dict[str, Any], chosen: list[int]) -> list[Result]:
    if "found" not in answer:
        return []
    results = []
    for kind, score in sorted(scores(notes, [answer["found"][at] for at in chosen]).items()):
        if score.gold < _MOST:
            continue
        three, loose = score.strict(), score.lenient()
        detail = (
            f"strict P {three[0]:.3f} R {three[1]:.3f}; lenient P {loose[0]:.3f} R {loose[1]:.3f} F {loose[2]:.3f}; "
        )
        detail += f"{score.gold} labelled, {score.found} found"
        results.append(Result(f"{title}: {kind}, F1", three[2], "share", at_most=False, detail=detail))
    return results
