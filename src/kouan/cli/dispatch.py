"""Dispatch: language first, then arguments, then one command; every error becomes three lines and a status."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
import traceback
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.language import language_of
from kouan.clearance.settings import load_settings
from kouan.cli import messages, output
from kouan.cli.parser import GLOBAL, OF_TRANSFERS, build_parser, guess_language
from kouan.model.errors import Exit, KouanError
from kouan.model.files import FULL
from kouan.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNWRITABLE = FULL | {errno.EIO}
"""Rooms explain these for the files they write; what reaches the net is standard output."""


def run_command(argv: Sequence[str] | None = None) -> int:
    """Parse, call, print; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language_of(guess_language(words), os.environ)
    output.never_refuse_a_character()
    with _polite_end():
        try:
            status = _dispatch(words, lang)
            sys.stdout.flush()
        except SystemExit as stop:  # argparse after --help and --version
            status = int(stop.code or 0)
        except BrokenPipeError:
            output.discard()  # the reader (head, less) went away: nobody is left to tell
            status = Exit.OK
        except (KeyboardInterrupt, Exception) as fault:  # noqa: BLE001 - the last net
            status = _refuse(_explained(fault), lang, as_json="--json" in words)
        return status


def _dispatch(words: list[str], lang: str) -> int:
    parser = build_parser(lang)
    if not words:
        parser.print_help()
        return Exit.USAGE
    arguments = parser.parse_args(words)
    command = import_module(f"kouan.cli.commands.{arguments.command.replace('-', '_')}")
    flags = {name: getattr(arguments, name, None) for name in (*GLOBAL, *OF_TRANSFERS)}
    status: int = command.run(arguments, load_settings(flags, os.environ, folder=Path.cwd()))
    return int(status)


@contextmanager
def _polite_end() -> Iterator[None]:
    """Let SIGTERM clean up like Ctrl-C; only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _explained(fault: BaseException) -> KouanError:
    if isinstance(fault, KouanError):
        return fault
    if isinstance(fault, KeyboardInterrupt):
        return messages.INTERRUPTED.at("SIGINT")
    if isinstance(fault, OSError) and fault.errno in _UNWRITABLE:
        output.discard()
        return messages.OUTPUT_FAILED.at("stdout", problem=os.strerror(fault.errno or 0))
    return _internal(fault)


def _internal(error: BaseException) -> KouanError:
    """Name a fault by its kind and place alone: its text may quote cells."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last else "?"
    return messages.INTERNAL.at(place, kind=type(error).__name__, trace=f"K-CLI-500 {type(error).__name__} {place}")


def _refuse(error: KouanError, lang: str, *, as_json: bool) -> int:
    if as_json:
        problem = {
            "code": error.code,
            "where": error.where,
            "what": error.what.model_dump(),
            "why": error.why.model_dump(),
            "fix": error.fix.model_dump(),
        }
        sys.stdout.write(visible(json.dumps({"error": problem}, ensure_ascii=False)) + "\n")
    for line in error.lines(lang):
        sys.stderr.write(line + "\n")
    return int(error.status)
