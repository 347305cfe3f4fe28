"""Redaction of free text: what leaves of what must leave, what else leaves, and how fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.labelled.redact.score import SETS, score, sentences
from bench.measure import Result, cpu_seconds
from kouan.deidentify.scrub.kernel import Scrub

if TYPE_CHECKING:
    from bench.context import Context

_TITLES = {"zh": "Chinese", "en": "English", "stay": "of which nothing must leave", "held": "held out"}
_TURNS = 20


def redact(context: Context) -> list[Result]:
    """Measure recall and precision on labelled sentences; the mistakes go to `build/redact.md`."""
    scrub = Scrub()
    results, page = [], ["# What redaction leaves and takes, sentence by sentence"]
    for name in SETS:
        texts = sentences(name)
        found = score(texts, lambda text: scrub.text(text)[0])
        title = f"redaction, {len(texts)} sentences, {_TITLES[name]}"
        planted = found.planted.total()
        kinds = ", ".join(f"{kind} {found.gone[kind]}/{count}" for kind, count in found.planted.items())
        if planted:
            results.append(Result(f"{title}: recall", found.recall, "share", at_most=False, detail=kinds))
        wrong = f"{found.out - found.right} of {found.out} runs of characters that left"
        results.append(Result(f"{title}: taken wrongly", found.out - found.right, "runs", detail=wrong))
        if name != "held":
            page += [f"\n## {name}\n", *(f"- left, {kind}: `{part}` in `{text}`" for kind, part, text in found.left)]
            page += [f"- taken wrongly: `{part}` of `{text}`" for part, text in found.wrong]
    place = context.root / "build" / "redact.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text("\n".join(page) + "\n", encoding="utf-8")
    return [*results, _speed(scrub)]


def _speed(scrub: Scrub) -> Result:
    texts = [one.text for name in SETS for one in sentences(name)]
    seconds = cpu_seconds(lambda: [[scrub.text(text) for text in texts] for _ in range(_TURNS)])
    rate = _TURNS * sum(map(len, texts)) / seconds
    return Result("redaction: speed", rate, "chars/cpu-s", at_most=False, detail="short sentences, one at a time")
