"""`kouan decide --ask`: the interview on a terminal, in a pipe, or step by step as JSON."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.journey import decision_status
from kouan.clearance.opening import read_text
from kouan.clearance.rewriting import with_answers, with_checks
from kouan.clearance.workfolder import disk_errors, file_lock
from kouan.cli import messages
from kouan.cli.dialogue import Dialogue
from kouan.cli.lawbook import open_packs
from kouan.cli.progress import progress_bar
from kouan.cli.show import show_decision
from kouan.cli.terminal import console, plain, print_json, say
from kouan.cli.whose import ask_more, ask_whose
from kouan.cli.why import show_why
from kouan.law import decide
from kouan.law.interview import step
from kouan.law.telling import facts_of
from kouan.model import strictyaml
from kouan.model.canonical import readable_json, strict_json
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.interview import InterviewState
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from kouan.clearance.settings import Settings
    from kouan.model.decision import Decision
    from kouan.model.facts import FlowFacts
    from kouan.model.interview import Answer
    from kouan.packs import PackSet

_KEY_BYTES = 32
_MAX_BYTES = 1 << 20
_KEPT = Text(
    zh="回答已保存在 {path}。接着回答：",
    en="Answers are kept in {path}. Go on with:",
)
_DONE = Text(zh="没有需要再问的了。", en="Nothing is left to ask.")
_OFFER = Text(
    zh="把回答写入填报文件的副本？请输入文件名，直接回车则不写：",
    en="Write the answers into a copy of the declaration? Name of the file, or Enter for no:",
)
_WROTE = Text(zh="已写入 {path}", en="wrote {path}")
_LEFT = Text(
    zh="以下回答填报文件写不下，请按说明处理：",
    en="A declaration has no place for these answers; see to them as the help says:",
)


def ask(arguments: argparse.Namespace, settings: Settings) -> int:
    """Interview; returns 0 when determined, 3 when open, 4 when prohibited."""
    transfer = None if arguments.transfer is None else Path(arguments.transfer)
    if arguments.out is not None:
        if transfer is None:
            raise messages.OUT_WITHOUT.at("--out")
        _check_free(Path(arguments.out), force=arguments.force)
    if arguments.json:
        return _one_step(transfer, arguments, settings)
    if arguments.resume is None:
        return _converse(transfer, arguments, settings)
    # Two at once would each write their own answers over those of the other.
    resume = Path(arguments.resume)
    with disk_errors(resume), file_lock(resume, settings.home):
        return _converse(transfer, arguments, settings)


def _one_step(transfer: Path | None, arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the step that follows from a declaration, or from a state on standard input."""
    if transfer is not None:
        state, packs = _from_declaration(transfer, settings, quiet=True)
    else:
        packs = open_packs(settings)
        state = read_state(sys.stdin.buffer.read(_MAX_BYTES + 1), "stdin")
    if arguments.resume is not None:
        state = _resumed(state, Path(arguments.resume))
    found = step(state, packs)
    print_json(found)
    return decision_status(_decided(state, packs))


def read_state(data: bytes, where: str) -> InterviewState:
    """Return the state of an interview from JSON. Raises KouanError K-CLI-021, K-MOD-003 to 005."""
    value = strict_json(data) if len(data) <= _MAX_BYTES else None
    if not isinstance(value, dict):
        raise messages.STATE_UNREADABLE.at(where)
    return strictyaml.validate(InterviewState, strictyaml.Loaded(value, where), "interview")


def _from_declaration(path: Path, settings: Settings, *, quiet: bool) -> tuple[InterviewState, PackSet]:
    desk = Desk.open(path, settings)
    key = os.urandom(_KEY_BYTES)
    with progress_bar(settings.lang, quiet=quiet) as progress:
        inventory = desk.inspect(person_key=key, progress=progress)
        facts = desk.facts(inventory, consent=desk.consent_now(inventory, key))
    state = InterviewState(as_of=facts.as_of, facts=facts.facts, flows=facts.flows, adopted=desk.declaration.readings)
    return state, desk.packs


def _resumed(state: InterviewState, path: Path) -> InterviewState:
    """Return the answers of a kept interview on top of what is known now."""
    kept = read_state(read_text(path).encode(), str(path))
    return state.model_copy(update={"answers": kept.answers})


def _converse(transfer: Path | None, arguments: argparse.Namespace, settings: Settings) -> int:
    lang, out = settings.lang, console()
    resume = None if arguments.resume is None else Path(arguments.resume)
    begun = _begun(transfer, resume, settings)
    if begun is None:
        return Exit.UNDETERMINED
    state, packs = begun
    states = [state]

    def keep(now: InterviewState) -> None:
        states.append(now)
        if resume is not None:
            _save(resume, now)

    def more(there: Sequence[FlowFacts]) -> tuple[FlowFacts, ...]:
        return ask_more(out, lang, _line, there=there)

    talk = Dialogue(packs, lang, out, read=_line, keep=keep, more=more if transfer is None else None)
    try:
        state, finished = talk.run(state)
    except KeyboardInterrupt:
        _keep(states[-1], resume, transfer, lang)
        raise
    decision = _decided(state, packs)
    out.print()
    if not finished:
        _keep(state, resume, transfer, lang)
        return decision_status(decision)
    say(out, _DONE.of(lang), style="bold")
    show_decision(out, decision, lang, whole=arguments.all)
    if arguments.why:
        show_why(out, decision, packs, lang)
    if transfer is not None and state.answers:
        _write(transfer, with_checks(state.answers, state.facts), arguments, packs=packs, settings=settings)
    return decision_status(decision)


def _begun(transfer: Path | None, resume: Path | None, settings: Settings) -> tuple[InterviewState, PackSet] | None:
    """Return where the interview starts: a declaration, a kept interview, or the first question; None where it ends."""
    kept = resume is not None and resume.exists()
    if transfer is not None:
        state, packs = _from_declaration(transfer, settings, quiet=False)
        return (_resumed(state, resume) if resume is not None and kept else state), packs
    packs = open_packs(settings)
    if resume is not None and kept:
        return read_state(read_text(resume).encode(), str(resume)), packs
    flows = ask_whose(console(), settings.lang, _line)
    return None if flows is None else (InterviewState(as_of=settings.as_of, flows=flows), packs)


def _decided(state: InterviewState, packs: PackSet) -> Decision:
    return decide(facts_of(state, packs), packs, adopted=state.adopted)


def _line() -> str | None:
    """Return the next line of standard input without its end, or None."""
    sys.stdout.flush()
    data = sys.stdin.buffer.readline(_MAX_BYTES)
    return data.decode("utf-8", errors="replace").rstrip("\r\n") if data else None


def _save(path: Path, state: InterviewState) -> None:
    with disk_errors(path):
        write_whole(path, readable_json(state.model_dump(mode="json")).encode(), mode=0o600)


def _keep(state: InterviewState, resume: Path | None, transfer: Path | None, lang: str) -> None:
    """Keep the answers of an interview that ends early, in a file of its own unless one was named."""
    if not state.answers:
        return
    path = resume or _unused()
    _save(path, state)
    out = console()
    say(out, _KEPT.fill(path=path).of(lang))
    named = "" if transfer is None else f" {shlex.quote(str(transfer))}"
    # Not broken into lines: it is there to be copied.
    out.print(plain(f"  kouan decide --ask{named} --resume {shlex.quote(str(path))}"), soft_wrap=True)


def _unused() -> Path:
    names = ("interview.json", *(f"interview-{number}.json" for number in range(2, 1_000)))
    return next(path for path in map(Path, names) if not path.exists())


def _check_free(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise messages.FILE_EXISTS.at(str(path))


def _write(
    transfer: Path, answers: tuple[Answer, ...], arguments: argparse.Namespace, *, packs: PackSet, settings: Settings
) -> None:
    """Write the answers into a copy of the declaration, asking for its name unless `--out` gives it."""
    out, lang = console(), settings.lang
    name = arguments.out
    while name is None:
        say(out, _OFFER.of(lang))
        out.print("> ", end="")
        said = (_line() or "").strip()
        if not said or said.lower() == "q":
            return
        if Path(said).exists() and not arguments.force:
            out.print(plain(messages.FILE_EXISTS.what.of(lang)), style="yellow")
            continue
        name = said
    text, left = with_answers(read_text(transfer), answers, packs=packs, day=settings.as_of)
    with disk_errors(Path(name)):
        write_whole(Path(name), text.encode())
    say(out, _WROTE.fill(path=name).of(lang))
    if left:
        say(out, _LEFT.of(lang), style="bold")
    for one in left:
        fact = packs.facts[one.fact]
        say(out, (fact.ask or fact.label).of(lang), lead="  · ")
        say(out, fact.help.of(lang), lead="    ", style="dim")
