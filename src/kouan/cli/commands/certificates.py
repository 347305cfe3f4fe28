"""`kouan certificates`: the register of certificates of effect."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.certify import recheck, withdraw
from kouan.clearance.reviewing import Query, review
from kouan.cli import messages
from kouan.cli.terminal import console, plain, print_json
from kouan.dossier.certificate_words import EFFECT
from kouan.dossier.terms import OUTCOME, OUTCOME_MARK
from kouan.model.certificate import Effect
from kouan.model.errors import Exit
from kouan.model.risk import Judgement
from kouan.model.text import Text, says
from kouan.model.time import legal_day

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.reviewing import Found
    from kouan.clearance.settings import Settings
    from kouan.model.register import Standing

_STATUS = {
    "valid": Text(zh="有效", en="valid"),
    "not_yet": Text(zh="尚未生效", en="not valid yet"),
    "expired": Text(zh="已过期", en="expired"),
    "withdrawn": Text(zh="已撤销", en="withdrawn"),
}
_NOT_STANDING = Text(
    zh="但证书{status}：不能再作为依据。", en="But the certificate is {status}: it can no longer be relied on."
)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the register, look at one certificate again, or withdraw one."""
    if arguments.withdraw:
        if not says(arguments.by) or not says(arguments.why):
            raise messages.WITHDRAW_NEEDS.at("kouan certificates")
        withdraw(arguments.withdraw, by=arguments.by, why=arguments.why, settings=settings)
    if arguments.check:
        if arguments.folder is None:
            raise messages.CHECK_NEEDS.at("kouan certificates")
        return _recheck(arguments, settings)
    return _list(arguments, settings)


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    query = Query(
        words=tuple(arguments.find),
        exporter=arguments.exporter,
        effect=None if arguments.effect is None else Effect(arguments.effect),
        status=arguments.status,
        ends_by=_day(arguments.ends_by),
        standard=arguments.standard,
        outcome=None if arguments.outcome is None else Judgement(arguments.outcome),
        seals=arguments.seals,
    )
    found = review(query, settings=settings, day=legal_day(settings.clock()))
    if arguments.json:
        print_json([_for_machines(one) for one in found])
    for one in () if arguments.json else found:
        _show(one.standing, settings.lang)
        _show_read(one, settings.lang)
    if not found and not arguments.json:
        console().print(plain(Text(zh="没有符合的证书。", en="No certificate fits.").of(settings.lang)))
    return int(Exit.VERIFICATION_FAILED if any(one.problem for one in found) else Exit.OK)


def _day(written: str | None) -> dt.date | None:
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise messages.USAGE.at("--ends-by", problem=f"--ends-by {written}", command="kouan certificates") from None


def _for_machines(one: Found) -> dict[str, object]:
    told: dict[str, object] = one.standing.model_dump(mode="json")
    if one.rules is not None:
        told["rules"] = {rule: outcome.value for rule, outcome in one.rules.items()}
    if one.problem is not None:
        told["problem"] = {"code": one.problem.code, "what": one.problem.what.model_dump()}
    return told


def _show_read(one: Found, lang: str) -> None:
    if one.problem is not None:
        console().print(plain(f"    ✗ {one.problem.code} {one.problem.what.of(lang)}"), style="red")
    for rule, outcome in (one.rules or {}).items():
        console().print(plain(f"    {OUTCOME_MARK[outcome]} {rule}: {OUTCOME[outcome].of(lang)}"))


def _show(one: Standing, lang: str) -> None:
    entry = one.entry
    effect = EFFECT[entry.effect].of(lang) if entry.effect is not None else "?"
    line = f"{entry.number}  {_STATUS[one.status].of(lang)}  {effect}  {entry.exporter}  {entry.transfer}"
    console().print(plain(line), style="" if one.status == "valid" else "dim")
    until = Text(zh="有效期至 {day}，{folder}", en="valid to {day}, {folder}").fill(
        day=entry.valid_to, folder=entry.folder
    )
    console().print(plain(f"    {until.of(lang)}"), style="dim")
    if one.withdrawn is not None:
        gone = Text(zh="{day} 由 {by} 撤销：{why}", en="withdrawn on {day} by {by}: {why}")
        said = gone.fill(day=one.withdrawn.on, by=one.withdrawn.by, why=one.withdrawn.why)
        console().print(plain(f"    {said.of(lang)}"), style="dim")


def _recheck(arguments: argparse.Namespace, settings: Settings) -> int:
    place = Path(arguments.at) if arguments.at else None
    raw = Path(arguments.raw) if arguments.raw else None
    done = recheck(arguments.check, Path(arguments.folder), settings=settings, place=place, raw=raw)
    for problem in done.problems:
        console().print(plain(f"✗ {problem.code} {problem.where}: {problem.what.of(settings.lang)}"), style="red")
    good = Text(
        zh="复算一致：数据、判定和结论与证书相同。",
        en="measured again: data, verdicts and conclusion are as certified.",
    )
    bad = Text(zh="与证书不符：不要采信。", en="Not as certified: do not rely on it.")
    console().print(
        plain((good if done.same else bad).of(settings.lang)), style="bold green" if done.same else "bold red"
    )
    if not done.same:
        return int(Exit.VERIFICATION_FAILED)
    if done.standing is not None and done.standing.status != "valid":
        late = _NOT_STANDING.fill(status=_STATUS[done.standing.status])
        console().print(plain(late.of(settings.lang)), style="bold yellow")
        return int(Exit.PROHIBITED)
    return int(Exit.OK)
