"""Clear one transfer and say what came out: shared by `clear` and `demo`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kouan.clearance.attacking import ATTACKS
from kouan.clearance.journey import Cleared, clear
from kouan.clearance.targeting import target_in
from kouan.cli.progress import progress_bar
from kouan.cli.show import (
    PERSONS,
    name_unread,
    show_consent,
    show_necessity,
    show_pair,
    show_persons,
    show_risk,
    show_unread,
)
from kouan.cli.show_attacked import attacks_for_machines, show_attacked
from kouan.cli.show_target import show_target
from kouan.cli.terminal import console, plain, print_json, say
from kouan.dossier.gate import by_track
from kouan.model.attacks import Attacked
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.necessity import Necessity
from kouan.model.risk import RiskReport
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.settings import Settings


def clear_and_show(
    transfer: Path,
    out: Path,
    settings: Settings,
    *,
    plan: Path | None,
    as_json: bool,
    under: Path | None = None,
    whole: bool = False,
) -> int:
    """Clear, then print the verdict, persons, risk and where the report lies; returns the exit status."""
    started = time.monotonic()
    with progress_bar(settings.lang, quiet=as_json) as progress:
        cleared = clear(transfer, out, settings=settings, plan_path=plan, under=under, progress=progress)
    if as_json:
        print_json(summary(cleared))
    else:
        _show(cleared, settings, seconds=time.monotonic() - started, whole=whole)
    return int(cleared.status)


def summary(cleared: Cleared) -> dict[str, object]:
    """Return a run's result for machines."""
    pair = read_document(cleared.folder / "decision.json", DecisionPair)
    inventory = read_document(cleared.folder / "inventory.json", Inventory)
    necessity = read_document(cleared.folder / "necessity.json", Necessity)
    decision = pair.treated or pair.original
    target = target_in(cleared.folder)
    return {
        "folder": str(cleared.folder),
        "status": int(cleared.status),
        "fresh": cleared.fresh,
        "incomplete": [source.path for source in inventory.sources if not source.complete],
        "determined": decision.determined,
        "options": [option.value for option in decision.options],
        "original": [[option.value for option in outcome.options] for outcome in pair.original.possible],
        "treated": [[option.value for option in outcome.options] for outcome in decision.possible],
        "necessity": {
            "standing": necessity.standing.value,
            "outside": [one.item for one in necessity.outside],
            "unanswered": [one.item for one in necessity.unanswered],
        },
        "target": None if target is None else target.reached,
        "conditions": [condition.id for condition in decision.conditions],
        "tracks": {track.value: [one.id for one in group] for track, group in by_track(decision.conditions)},
        "questions": [question.fact for question in decision.questions],
        "attacks": attacks_for_machines(read_document(cleared.folder / ATTACKS, Attacked)),
        "report": str(cleared.folder / "report.html"),
    }


def _show(cleared: Cleared, settings: Settings, *, seconds: float, whole: bool) -> None:
    lang, folder, out = settings.lang, cleared.folder, console()
    pair = read_document(folder / "decision.json", DecisionPair)
    inventory = read_document(folder / "inventory.json", Inventory)
    show_unread(out, inventory, lang)
    say(out, PERSONS.of(lang), style="bold")
    show_persons(out, inventory, lang)
    if (folder / "consent.json").is_file():
        show_consent(out, read_document(folder / "consent.json", Consent), lang)
    show_necessity(out, read_document(folder / "necessity.json", Necessity), lang)
    show_pair(out, pair, lang, whole=whole)
    show_risk(out, read_document(folder / "risk.json", RiskReport), inventory, lang, whole=whole)
    show_attacked(out, read_document(folder / ATTACKS, Attacked), lang)
    show_target(out, target_in(folder), lang)
    for source in inventory.sources:
        for note in source.notes if source.complete else ():
            say(out, f"{source.path}: {note.of(lang)}", lead="  ! ", style="yellow")
    name_unread(out, inventory, lang)
    done = Text(zh="已封存：{folder}（{seconds} 秒）", en="sealed: {folder} ({seconds} s)")
    same = Text(zh="已是最新：{folder}", en="already up to date: {folder}")
    line = (done if cleared.fresh else same).fill(folder=folder, seconds=f"{seconds:.1f}")
    say(out, line.of(lang), style="bold")
    report = Text(zh="报告：{path}", en="report: {path}").fill(path=folder / "report.html")
    out.print(plain(report.of(lang)), soft_wrap=True)
