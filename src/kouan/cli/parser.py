"""The parser, built in the reader's language without importing any heavy room."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kouan import __version__
from kouan.cli.commands.law_parts import PARTS, part_of
from kouan.cli.usage import ChineseHelp, Parser
from kouan.cli.words import ABOUT, CHOOSE, COMMANDS, EPILOG, GENERAL, OPTIONS, POSITIONALS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GROUP = "law"
GLOBAL = ("lang", "home", "threads", "as_of", "packs", "allow_override")
OF_TRANSFERS = ("labels", "text_model", "engine", "spark_master")
"""Settings that only commands about data take, some of them only `inspect`."""


def guess_language(argv: Sequence[str]) -> str | None:
    """Return the value of `--lang` before the parser exists, so that even its refusals speak it."""
    for number, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and number + 1 < len(argv):
            return argv[number + 1]
    return None


def build_parser(lang: str) -> argparse.ArgumentParser:
    """Return the parser with all commands, help in `lang`."""
    parser = Parser(prog="kouan", description=ABOUT.of(lang), epilog=EPILOG.of(lang), **_manner(lang))
    _dress(parser, lang)
    parser.add_argument("--version", action="version", version=f"kouan {__version__}", help=OPTIONS["version"].of(lang))
    commands = parser.add_subparsers(
        dest="command", metavar=CHOOSE.of(lang), title=CHOOSE.of(lang), required=True, parser_class=Parser
    )
    for name, words in COMMANDS.items():
        part = commands.add_parser(name, help=words.of(lang), description=words.of(lang), **_manner(lang))
        _dress(part, lang)
        _ARGUMENTS[name](part, lang)
        if name != _GROUP:
            _globals(part, lang)
    return parser


def _law(parser: argparse.ArgumentParser, lang: str) -> None:
    parts = parser.add_subparsers(
        dest="part", metavar=CHOOSE.of(lang), title=CHOOSE.of(lang), required=True, parser_class=Parser
    )
    for name in PARTS:
        one = part_of(name)
        part = parts.add_parser(name, help=one.ABOUT.of(lang), description=one.ABOUT.of(lang), **_manner(lang))
        _dress(part, lang)
        one.add(part, lang)
        _globals(part, lang)


def _manner(lang: str) -> dict[str, Any]:
    formatter = argparse.RawDescriptionHelpFormatter if lang == "en" else ChineseHelp
    return {"add_help": False, "allow_abbrev": False, "formatter_class": formatter}


def _dress(parser: argparse.ArgumentParser, lang: str) -> None:
    parser._positionals.title = POSITIONALS.of(lang)  # noqa: SLF001 - argparse offers no other way to name its groups
    parser._optionals.title = GENERAL.of(lang)  # noqa: SLF001
    parser.usage = None
    parser.add_argument("-h", "--help", action="help", help=OPTIONS["help"].of(lang))


def _globals(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--json", action="store_true", help=OPTIONS["json"].of(lang))
    parser.add_argument("--lang", choices=("zh", "en"), help=OPTIONS["lang"].of(lang))
    for name, metavar in (("home", "DIR"), ("threads", "N"), ("as_of", "DAY"), ("packs", "DIRS")):
        parser.add_argument("--" + name.replace("_", "-"), metavar=metavar, help=OPTIONS[name].of(lang))
    parser.add_argument("--allow-override", action="store_const", const="true", help=OPTIONS["allow_override"].of(lang))


def _transfer(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("transfer", metavar="transfer.yaml", help=OPTIONS["transfer"].of(lang))
    _labels(parser, lang)


def _labels(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--labels", metavar="FILE", help=OPTIONS["labels"].of(lang))
    parser.add_argument("--text-model", metavar="auto|lac|off", help=OPTIONS["text_model"].of(lang))


def _out(parser: argparse.ArgumentParser, lang: str, *, required: bool = False) -> None:
    parser.add_argument("-o", "--out", metavar="PATH", required=required, help=OPTIONS["out"].of(lang))


def _all(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--all", action="store_true", help=OPTIONS["all_duties"].of(lang))


def _plan(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--plan", metavar="plan.yaml", help=OPTIONS["plan_file"].of(lang))


def _clear(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    _out(parser, lang)
    _plan(parser, lang)
    parser.add_argument("--under", metavar="FOLDER", help=OPTIONS["under"].of(lang))
    _engine(parser, lang)
    _all(parser, lang)


def _assess(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    parser.add_argument("--all", action="store_true", help=OPTIONS["all_numbers"].of(lang))
    parser.add_argument("--cleared", metavar="FOLDER", help=OPTIONS["cleared"].of(lang))
    parser.add_argument("--sharing", metavar="SCENARIO", help=OPTIONS["sharing"].of(lang))
    parser.add_argument("--environment", metavar="E", help=OPTIONS["environment"].of(lang))
    parser.add_argument("--population", type=int, metavar="N", help=OPTIONS["population"].of(lang))
    parser.add_argument("--population-table", metavar="FILE", help=OPTIONS["population_table"].of(lang))
    _engine(parser, lang)


def _engine(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--engine", choices=("threads", "spark"), help=OPTIONS["engine"].of(lang))
    parser.add_argument("--spark-master", metavar="MASTER", help=OPTIONS["spark_master"].of(lang))


def _target(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("target", nargs="+", metavar="FILE", help=OPTIONS["target"].of(lang))
    _labels(parser, lang)


def _inspect(parser: argparse.ArgumentParser, lang: str) -> None:
    _target(parser, lang)
    parser.add_argument("--all", action="store_true", help=OPTIONS["all_items"].of(lang))
    parser.add_argument("-o", "--out", metavar="FILE", help=OPTIONS["inventory_out"].of(lang))
    _force(parser, lang)
    for name, metavar in (("explain", "ITEM"), ("confirm", "ITEM"), ("correct", "ITEM=MEANING")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=metavar, help=OPTIONS[name].of(lang))
    parser.add_argument("--subject", metavar="ROLE", help=OPTIONS["label_subject"].of(lang))
    parser.add_argument("--by", default="", metavar="NAME", help=OPTIONS["label_by"].of(lang))
    parser.add_argument("--note", default="", metavar="TEXT", help=OPTIONS["note"].of(lang))
    parser.add_argument("--precision", action="store_true", help=OPTIONS["precision"].of(lang))
    _engine(parser, lang)


def _plan_command(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    parser.add_argument("--profile", metavar="NAME", help=OPTIONS["profile"].of(lang))
    parser.add_argument("--preview", action="store_true", help=OPTIONS["preview"].of(lang))
    parser.add_argument("--plan", metavar="plan.yaml", help=OPTIONS["plan_floor"].of(lang))
    _out(parser, lang)
    _force(parser, lang)


def _optimise(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    _searching(parser, lang)
    parser.add_argument("--seconds", type=float, metavar="NUMBER", help=OPTIONS["optimise_seconds"].of(lang))
    parser.add_argument("--local", choices=("mondrian", "cells"), help=OPTIONS["optimise_local"].of(lang))
    ranges = OPTIONS["optimise_ranges"].of(lang)
    parser.add_argument("--ranges", action="append", default=[], metavar="ITEM", help=ranges)
    _out(parser, lang)
    _force(parser, lang)


def _searching(parser: argparse.ArgumentParser, lang: str) -> None:
    for option, value in (("hierarchy", "ITEM=FILE"), ("model", "MODEL"), ("lowest", "ITEM=NUMBER")):
        said = OPTIONS[f"optimise_{option}"].of(lang)
        parser.add_argument(f"--{option}", action="append", default=[], metavar=value, help=said)
    parser.add_argument("--k", type=int, metavar="NUMBER", help=OPTIONS["optimise_k"].of(lang))
    parser.add_argument("--suppress", default="0", metavar="SHARE", help=OPTIONS["optimise_suppress"].of(lang))
    for option, value in (("by", "COLUMN"), ("table", "NAME"), ("pick", "ID")):
        parser.add_argument(f"--{option}", metavar=value, help=OPTIONS[f"optimise_{option}"].of(lang))
    parser.add_argument("--explore", action="store_true", help=OPTIONS["optimise_explore"].of(lang))


def _profiles(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("profile", nargs="?", metavar="NAME", help=OPTIONS["profile_name"].of(lang))


def _deidentify(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    _plan(parser, lang)
    _searching(parser, lang)
    _out(parser, lang)
    _force(parser, lang)


def _force(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--force", action="store_true", help=OPTIONS["force"].of(lang))


def _what_if(parser: argparse.ArgumentParser, lang: str) -> None:
    _transfer(parser, lang)
    parser.add_argument("-o", "--out", metavar="plan.yaml", help=OPTIONS["option_out"].of(lang))
    parser.add_argument("--option", metavar="N", type=int, default=1, help=OPTIONS["option"].of(lang))
    _force(parser, lang)


def _decide(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("transfer", nargs="?", metavar="transfer.yaml", help=OPTIONS["transfer"].of(lang))
    _labels(parser, lang)
    parser.add_argument("--why", action="store_true", help=OPTIONS["why"].of(lang))
    _all(parser, lang)
    parser.add_argument("--ask", action="store_true", help=OPTIONS["ask"].of(lang))
    parser.add_argument("--resume", metavar="FILE", help=OPTIONS["resume"].of(lang))
    parser.add_argument("-o", "--out", metavar="FILE", help=OPTIONS["answers_out"].of(lang))
    _force(parser, lang)


def _attack(parser: argparse.ArgumentParser, lang: str) -> None:
    for name in ("original", "treated"):
        parser.add_argument(name, metavar=name.upper(), help=OPTIONS[name].of(lang))
    for name, metavar in (("control", "FILE"), ("aux", "COLS"), ("counts", "COL"), ("table", "NAME")):
        parser.add_argument(f"--{name}", metavar=metavar, help=OPTIONS[name].of(lang))
    parser.add_argument(
        "--hierarchy", action="append", default=[], metavar="COL=FILE", help=OPTIONS["hierarchy"].of(lang)
    )
    parser.add_argument("--secret", action="append", default=[], metavar="COL", help=OPTIONS["secret"].of(lang))
    for name, default in (("attacks", 1000), ("neighbours", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=OPTIONS[name].of(lang))


def _release(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=OPTIONS["folder"].of(lang))
    parser.add_argument(
        "--attest", action="append", default=[], metavar="CONDITION=VALUE", help=OPTIONS["attest"].of(lang)
    )
    parser.add_argument("--by", default="", metavar="NAME", help=OPTIONS["by"].of(lang))
    parser.add_argument("--pathway", metavar="PATHWAY", help=OPTIONS["pathway"].of(lang))
    parser.add_argument("--ledger", metavar="FILE", help=OPTIONS["ledger"].of(lang))


def _unseal(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("file", metavar="FILE", help=OPTIONS["unseal_file"].of(lang))
    parser.add_argument("column", metavar="COLUMN", help=OPTIONS["unseal_column"].of(lang))
    parser.add_argument("--folder", metavar="FOLDER", required=True, help=OPTIONS["unseal_folder"].of(lang))
    for name, metavar in (("item", "ITEM"), ("table", "NAME")):
        parser.add_argument(f"--{name}", metavar=metavar, help=OPTIONS[f"unseal_{name}"].of(lang))
    parser.add_argument("-o", "--out", metavar="FILE", help=OPTIONS["unseal_out"].of(lang))
    parser.add_argument("--by", default="", metavar="NAME", help=OPTIONS["by"].of(lang))
    parser.add_argument("--why", default="", metavar="TEXT", help=OPTIONS["unseal_why"].of(lang))
    for name in ("show", "unauthenticated"):
        parser.add_argument(f"--{name}", action="store_true", help=OPTIONS[name].of(lang))


def _certify(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help=OPTIONS["folder"].of(lang))
    parser.add_argument("--evaluation", metavar="FILE", help=OPTIONS["evaluation"].of(lang))
    parser.add_argument("--init", metavar="FILE", help=OPTIONS["certify_init"].of(lang))
    attacks = OPTIONS["certify_attacks"].of(lang)
    parser.add_argument("--attacks", action="append", default=[], metavar="FILE", help=attacks)
    parser.add_argument("-o", "--out", metavar="DIR", help=OPTIONS["certificate_out"].of(lang))
    _force(parser, lang)


def _certificates(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("find", nargs="*", metavar="WORD", help=OPTIONS["certificate_find"].of(lang))
    parser.add_argument("--check", metavar="NUMBER", help=OPTIONS["certificate_check"].of(lang))
    parser.add_argument("--folder", metavar="FOLDER", help=OPTIONS["folder"].of(lang))
    parser.add_argument("--at", metavar="DIR", help=OPTIONS["certificate_at"].of(lang))
    parser.add_argument("--raw", metavar="DIR", help=OPTIONS["raw"].of(lang))
    for name, metavar in (("exporter", "NAME"), ("standard", "WORD"), ("ends_by", "DAY")):
        option = "--" + name.replace("_", "-")
        parser.add_argument(option, metavar=metavar, help=OPTIONS[f"certificate_{name}"].of(lang))
    for name, choices in (
        ("effect", ("anonymised", "de_identified", "open", "not_reached")),
        ("status", ("valid", "not_yet", "expired", "withdrawn")),
        ("outcome", ("pass", "fail", "unknown", "not_applicable")),
    ):
        parser.add_argument(f"--{name}", choices=choices, help=OPTIONS[f"certificate_{name}"].of(lang))
    parser.add_argument("--seals", action="store_true", help=OPTIONS["certificate_seals"].of(lang))
    parser.add_argument("--withdraw", metavar="NUMBER", help=OPTIONS["withdraw"].of(lang))
    parser.add_argument("--by", default="", metavar="NAME", help=OPTIONS["by"].of(lang))
    parser.add_argument("--why", default="", metavar="TEXT", help=OPTIONS["withdraw_why"].of(lang))


def _verify(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=OPTIONS["folder"].of(lang))
    parser.add_argument("--trust", action="append", default=[], metavar="PATH", help=OPTIONS["trust"].of(lang))
    known = OPTIONS["known_packs"].of(lang)
    parser.add_argument("--known-packs", action="append", default=[], metavar="DIR", help=known)
    parser.add_argument("--raw", metavar="DIR", help=OPTIONS["raw"].of(lang))


def _schema(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help=OPTIONS["kind"].of(lang))


def _init(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("out", nargs="?", default="transfer.yaml", metavar="FILE", help=OPTIONS["out"].of(lang))
    _force(parser, lang)


def _demo(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("examples", metavar="FOLDER", help=OPTIONS["examples"].of(lang))
    _out(parser, lang)


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser, str], None]] = {
    "clear": _clear,
    "inspect": _inspect,
    "decide": _decide,
    "what-if": _what_if,
    "plan": _plan_command,
    "profiles": _profiles,
    "optimise": _optimise,
    "deidentify": _deidentify,
    "unseal": _unseal,
    "assess": _assess,
    "attack": _attack,
    "release": _release,
    "verify": _verify,
    "certify": _certify,
    "certificates": _certificates,
    "schema": _schema,
    "init": _init,
    "demo": _demo,
    _GROUP: _law,
}
