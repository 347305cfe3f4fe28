"""Dispatch: language first, then arguments, then one command; every error becomes three lines and a status."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.language import language_of
from kouan.clearance.settings import load_settings
from kouan.cli import messages
from kouan.cli.parser import GLOBAL, build_parser, guess_language
from kouan.model.errors import Exit, KouanError

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_command(argv: Sequence[str] | None = None) -> int:
    """Parse, call, print; returns the exit status and never raises."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language_of(guess_language(words), os.environ)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end cleans up like Ctrl-C
    try:
        return _dispatch(words, lang)
    except SystemExit as stop:  # argparse after --help and --version
        return int(stop.code or 0)
    except BrokenPipeError:
        # The reader (head, less) went away: nobody is left to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open until exit
        return Exit.OK
    except KeyboardInterrupt:
        error = messages.INTERRUPTED.at("SIGINT")
    except KouanError as refused:
        error = refused
    except Exception as fault:  # noqa: BLE001 - the last net: its text may quote cells, so only its place is shown
        error = _internal(fault)
    return _refuse(error, lang, as_json="--json" in words)


def _dispatch(words: list[str], lang: str) -> int:
    parser = build_parser(lang)
    if not words:
        parser.print_help()
        return Exit.USAGE
    arguments = parser.parse_args(words)
    command = import_module(f"kouan.cli.commands.{arguments.command}")
    flags = {name: getattr(arguments, name) for name in GLOBAL}
    status: int = command.run(arguments, load_settings(flags, os.environ, folder=Path.cwd()))
    return int(status)


def _internal(error: Exception) -> KouanError:
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
        sys.stdout.write(json.dumps({"error": problem}, ensure_ascii=False) + "\n")
    for line in error.lines(lang):
        sys.stderr.write(line + "\n")
    return int(error.status)
