"""`kouan profiles`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import console, plain, print_json, say
from kouan.deidentify.reasons import cited
from kouan.model.errors import Exit
from kouan.model.text import Text
from kouan.packs import find_profile, open_profiles
from kouan.packs.thresholds import load_thresholds

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.model.profile import Profile, ProfileRule
    from kouan.packs import ProfilePack

_OWN = Text(zh="自带", en="your own")
_HOW = Text(
    zh="在 transfer.yaml 的 transfer 中写 profile: 名称，或者用 kouan plan --profile 名称；"
    "kouan profiles 名称 逐条显示规则。",
    en="Write profile: NAME under transfer in transfer.yaml, or use kouan plan --profile NAME; kouan profiles NAME"
    " shows the rules.",
)
_MODES = Text(zh="适用的提供方式：{modes}", en="release modes: {modes}")
_GATES = Text(zh="拟达到的评估：{gates}", en="verdicts it aims at: {gates}")
_NEVER = Text(zh="不得出境：{names}", en="must never leave: {names}")
_OTHERWISE = Text(zh="也可：{words}", en="or: {words}")
_ONLY = Text(zh="不得出境", en="never leaves")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the profiles, or show one."""
    packs = open_profiles(*settings.packs)
    if arguments.profile is not None:
        pack = find_profile(packs, arguments.profile, "NAME")
        if arguments.json:
            print_json(pack.profile)
        else:
            _show(pack, settings.lang)
        return Exit.OK
    if arguments.json:
        print_json([{**one.ref.model_dump(mode="json"), "title": one.profile.title.model_dump()} for one in packs])
        return Exit.OK
    out = console()
    for one in packs:
        _head(out, one, settings.lang)
        say(out, one.profile.about.of(settings.lang), lead="    ", style="dim")
    say(out, _HOW.of(settings.lang))
    return Exit.OK


def _head(out: Console, pack: ProfilePack, lang: str) -> None:
    own = f" ({_OWN.of(lang)})" if pack.ref.user else ""
    title = plain(pack.profile.title.of(lang))
    out.print(f"[bold]{plain(pack.ref.id)}[/bold] {plain(pack.ref.version)}{own}  {title}")


def _show(pack: ProfilePack, lang: str) -> None:
    profile, out = pack.profile, console()
    _head(out, pack, lang)
    say(out, profile.about.of(lang))
    out.print(plain(_MODES.fill(modes=", ".join(profile.modes)).of(lang)))
    if profile.gates:
        rules = {one.id: one for one in load_thresholds().rules}
        gates = [f"{rules[name].standard.of(lang)} ({name})" for name in profile.gates if name in rules]
        say(out, _GATES.fill(gates=", ".join(gates)).of(lang))
    never = [name for rule in profile.rules if rule.never for name in (*rule.meanings, *rule.elements, *rule.roles)]
    if never:
        say(out, _NEVER.fill(names=", ".join(dict.fromkeys(never))).of(lang))
    for rule in profile.rules:
        out.print()
        _show_rule(out, profile, rule, lang)


def _show_rule(out: Console, profile: Profile, rule: ProfileRule, lang: str) -> None:
    params = ", ".join(f"{name}: {value}" for name, value in rule.params.items())
    action = f"{rule.action}{f' {{{params}}}' if params else ''}"
    mark = f" ({_ONLY.of(lang)})" if rule.never else ""
    out.print(f"[bold]{plain(rule.id)}[/bold]  {plain(action)}{mark}")
    kinds = ("sectors", "elements", "meanings", "roles", "subjects", "modes")
    fits = [f"{kind}: {', '.join(names)}" for kind in kinds if (names := getattr(rule, kind))]
    for line in fits:
        say(out, line, lead="    ", style="dim")
    say(out, f"{rule.why.of(lang)} [{cited(profile, rule.source).of(lang)}]", lead="    ")
    if rule.otherwise is not None:
        say(out, _OTHERWISE.fill(words=rule.otherwise.of(lang)).of(lang), lead="    ")
