"""`kouan certificates`: the register of certificates of effect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.certify import recheck, withdraw
from kouan.clearance.register import Register
from kouan.cli import messages
from kouan.cli.terminal import console, plain, print_json
from kouan.dossier.certificate_words import EFFECT
from kouan.model.errors import Exit
from kouan.model.text import Text, says
from kouan.model.time import legal_day

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.model.register import Standing

_STATUS = {
    "valid": Text(zh="有效", en="valid"),
    "expired": Text(zh="已过期", en="expired"),
    "withdrawn": Text(zh="已撤销", en="withdrawn"),
}


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
    found = Register(settings.home).all(legal_day(settings.clock()))
    words = [word.casefold() for word in arguments.find]
    chosen = [one for one in found if all(word in _searched(one) for word in words)]
    if arguments.json:
        print_json([one.model_dump(mode="json") for one in chosen])
        return Exit.OK
    for one in chosen:
        _show(one, settings.lang)
    if not chosen:
        console().print(plain(Text(zh="登记册中没有证书。", en="No certificate is registered.").of(settings.lang)))
    return Exit.OK


def _searched(one: Standing) -> str:
    entry = one.entry
    return f"{entry.number} {entry.transfer} {entry.exporter} {entry.effect} {one.status} {entry.clearance}".casefold()


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
    done = recheck(arguments.check, Path(arguments.folder), settings=settings, place=place)
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
    return int(Exit.OK if done.same else Exit.VERIFICATION_FAILED)
