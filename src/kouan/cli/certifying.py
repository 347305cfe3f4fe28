"""Certify a folder that was just cleared and say what came out, for `demo`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kouan.clearance.certify import certify, issued_already
from kouan.cli.terminal import console, plain, print_json, say
from kouan.dossier.certificate_words import EFFECT
from kouan.dossier.terms import OUTCOME_MARK
from kouan.model.risk import Judgement
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.certify import Issued
    from kouan.clearance.settings import Settings

_MOST = 3
_HEAD = Text(zh="效果评估证书 {number}：{effect}", en="certificate of effect {number}: {effect}")
_COUNT = Text(
    zh="{all} 项要求：满足 {met}，不满足 {failed}，未定 {open}",
    en="{all} requirements: {met} met, {failed} not met, {open} open",
)
_FURTHER = Text(zh="其余 {count} 项见证书", en="{count} more in the certificate")
_WHERE = Text(zh="有效期至 {day}；{path}（{seconds} 秒）", en="valid to {day}; {path} ({seconds} s)")


def certify_and_show(folder: Path, answers: Path, settings: Settings, *, as_json: bool) -> None:
    """Issue the certificate, or show the one that was issued today on the same answers."""
    started = time.monotonic()
    issued = issued_already(folder, answers, settings=settings) or certify(
        folder, answers, settings=settings, just_cleared=True
    )
    if as_json:
        found = issued.certificate
        print_json({"certificate": found.number, "effect": found.effect.value, "folder": str(issued.folder)})
    else:
        _show(issued, settings.lang, seconds=time.monotonic() - started)


def _show(issued: Issued, lang: str, *, seconds: float) -> None:
    out, found = console(), issued.certificate
    effect = EFFECT[found.effect]
    say(out, _HEAD.fill(number=found.number, effect=effect).of(lang), style="bold")
    outcomes = [gate.outcome for gate in found.gates]
    counted = _COUNT.fill(
        all=len(outcomes),
        met=outcomes.count(Judgement.PASS),
        failed=outcomes.count(Judgement.FAIL),
        open=outcomes.count(Judgement.UNKNOWN),
    )
    say(out, counted.of(lang), lead="  · ")
    against = sorted(
        (gate for gate in found.gates if gate.outcome is not Judgement.PASS),
        key=lambda gate: (gate.outcome is not Judgement.FAIL, gate.id.startswith("attack:")),
    )
    for gate in against[:_MOST]:
        say(out, f"{gate.label.of(lang)}", lead=f"    {OUTCOME_MARK[gate.outcome]} ")
    if len(against) > _MOST:
        say(out, _FURTHER.fill(count=len(against) - _MOST).of(lang), lead="    ")
    path = issued.folder / f"certificate.{lang}.docx"
    out.print(plain(_WHERE.fill(day=found.valid_to, path=path, seconds=f"{seconds:.1f}").of(lang)), soft_wrap=True)
