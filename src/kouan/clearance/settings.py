"""Settings of a run: flag over `KOUAN_*` over `kouan.toml` over default (DESIGN 4.11)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.language import LANGUAGES, language_of
from kouan.engine.threads import default_threads
from kouan.model.time import LegalDay, legal_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.ports import Clock

_MOST_THREADS = 256
_MODELS = ("auto", "lac", "off")
_NAMES = (
    *("home", "lang", "threads", "as_of", "packs", "allow_override", "labels"),
    *("text_model", "engine", "spark_master"),
)
ENGINES = ("threads", "spark")


def system_clock() -> dt.datetime:
    """Return now in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run takes from outside its declaration.

    Attributes:
        home: keys, log, trust and meter of this exporter (directory, 0700).
        lang: "zh" or "en".
        threads: worker threads.
        as_of: legal day whose law applies.
        packs: folders of user packs beside the built-in ones.
        allow_override: whether user packs may loosen the built-in law; a decision says what they loosened.
        labels: file of persons' words on items; None looks for `kouan.labels.yaml` beside the declaration.
        text_model: model that reads texts beside the rules: `lac`, `off`, or `auto` for it where it is installed.
        engine: where recognition runs: "threads" or "spark".
        spark_master: master of the Spark cluster, such as "spark://host:7077"; "local[*]" is this machine.
        clock: gives now.
    """

    home: Path
    lang: str
    threads: int
    as_of: LegalDay
    packs: tuple[Path, ...] = ()
    allow_override: bool = False
    labels: Path | None = None
    text_model: str = "auto"
    engine: str = "threads"
    spark_master: str = "local[*]"
    clock: Clock = field(default=system_clock)


def load_settings(
    flags: Mapping[str, str | None], environ: Mapping[str, str], *, folder: Path, clock: Clock = system_clock
) -> Settings:
    """Return the settings of a run.

    Args:
        flags: values given on the command line, None where not given.
        environ: the process environment.
        folder: where `kouan.toml` is looked for.
        clock: gives now.

    Raises:
        KouanError: K-CLR-040.
    """
    chosen = _toml(folder / "kouan.toml")
    chosen |= {name: environ[f"KOUAN_{name.upper()}"] for name in _NAMES if environ.get(f"KOUAN_{name.upper()}")}
    chosen |= {name: value for name, value in flags.items() if value is not None}
    home = Path(chosen["home"]).expanduser() if "home" in chosen else _default_home(environ)
    packs = tuple(Path(part).expanduser() for part in chosen.get("packs", "").split(":") if part)
    return Settings(
        home=home,
        lang=_lang(chosen.get("lang"), environ),
        threads=_threads(chosen.get("threads")),
        as_of=_day(chosen.get("as_of"), legal_day(clock())),
        packs=packs,
        allow_override=_switch("allow_override", chosen.get("allow_override")),
        labels=Path(chosen["labels"]).expanduser() if "labels" in chosen else None,
        text_model=_model(chosen.get("text_model", "auto")),
        engine=_engine(chosen.get("engine", "threads")),
        spark_master=chosen.get("spark_master", "local[*]"),
        clock=clock,
    )


def _toml(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise messages.SETTING_INVALID.at(str(path), name="kouan.toml", problem="not TOML") from None
    strange = sorted(set(values) - set(_NAMES))
    if strange:
        raise messages.SETTING_INVALID.at(str(path), name=strange[0], problem=f"known: {', '.join(_NAMES)}")
    return {name: str(value) for name, value in values.items()}


def _default_home(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "kouan"


def _lang(value: str | None, environ: Mapping[str, str]) -> str:
    if value is not None and value not in LANGUAGES:
        raise messages.SETTING_INVALID.at("lang", name="lang", problem=" | ".join(LANGUAGES))
    return language_of(value, environ)


def _threads(value: str | None) -> int:
    if value is None:
        return default_threads()
    if not value.isdecimal() or not 1 <= int(value) <= _MOST_THREADS:
        raise messages.SETTING_INVALID.at("threads", name="threads", problem=f"1-{_MOST_THREADS}")
    return int(value)


def _engine(value: str) -> str:
    if value not in ENGINES:
        raise messages.SETTING_INVALID.at("engine", name="engine", problem=" | ".join(ENGINES))
    return value


def _switch(name: str, value: str | None) -> bool:
    words = {"true": True, "1": True, "false": False, "0": False}
    if value is not None and value.lower() not in words:
        raise messages.SETTING_INVALID.at(name, name=name, problem="true | false")
    return value is not None and words[value.lower()]


def _model(value: str) -> str:
    if value not in _MODELS:
        raise messages.SETTING_INVALID.at("text_model", name="text_model", problem=" | ".join(_MODELS))
    return value


def _day(value: str | None, today: LegalDay) -> LegalDay:
    if value is None:
        return today
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise messages.SETTING_INVALID.at("as_of", name="as_of", problem="YYYY-MM-DD") from None
