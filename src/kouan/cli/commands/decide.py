"""`kouan decide`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.journey import decision_status
from kouan.clearance.portfolio import decide_portfolio, is_portfolio
from kouan.cli import messages
from kouan.cli.asking import ask
from kouan.cli.lawbook import open_packs
from kouan.cli.progress import progress_bar
from kouan.cli.show import (
    PERSONS,
    show_consent,
    show_decision,
    show_findings,
    show_necessity,
    show_persons,
    show_unread,
)
from kouan.cli.show_next import show_next
from kouan.cli.terminal import console, plain, print_json, say
from kouan.cli.why import show_why

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.model.decision import Decision

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Decide on the data as they are, without writing anything; with `--ask`, question by question."""
    if arguments.ask:
        return ask(arguments, settings)
    if arguments.transfer is None or arguments.resume is not None or arguments.out is not None:
        raise messages.DECIDE_WHAT.at("decide")
    path = Path(arguments.transfer)
    key = os.urandom(_KEY_BYTES)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        if is_portfolio(path):
            result = decide_portfolio(path, settings, person_key=key, progress=progress)
            decisions = [entry.decision for entry in result.entries]
        else:
            desk = Desk.open(path, settings)
            inventory = desk.inspect(person_key=key, progress=progress)
            result = None
            consent = desk.consent_now(inventory, key)
            decisions = [desk.decide(inventory, consent=consent)]
    if arguments.json:
        print_json(result or decisions[0])
    elif result is None:
        out, lang = console(), settings.lang
        show_unread(out, inventory, lang)
        if consent is not None:
            show_consent(out, consent, lang)
        _show(decisions[0], arguments, settings)
        say(out, PERSONS.of(lang), style="bold")
        show_persons(out, inventory, lang)
        show_necessity(out, desk.necessity(inventory, desk.plan(inventory)), lang)
        show_next(out, decisions[0], arguments.transfer, lang)
    else:
        for entry in result.entries:
            console().rule(plain(entry.transfer))
            _show(entry.decision, arguments, settings)
        show_findings(console(), result.findings, settings.lang)
    return max(decision_status(decision) for decision in decisions)


def _show(decision: Decision, arguments: argparse.Namespace, settings: Settings) -> None:
    show_decision(console(), decision, settings.lang, whole=arguments.all)
    if arguments.why:
        show_why(console(), decision, open_packs(settings), settings.lang)
