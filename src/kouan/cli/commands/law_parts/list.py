"""`kouan law list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from kouan.clearance.settings import Settings
    from kouan.law.catalogue import Entry, Tally
    from kouan.model.decision import PackRef
    from kouan.model.pack import Instrument
    from kouan.packs import PackSet

ABOUT = Text(
    zh="列出规则包、引用的文件、规定的数量和可信度", en="list the packs, the instruments they cite, their provisions"
)
_PROVISIONS = Text(zh="逐条列出规定", en="list every provision")
_IN_FORCE = Text(zh="只列办理日当日生效的", en="only what is in force on the legal day")
_FILTERS = {
    "pack": ("ID", Text(zh="只列这个规则包", en="only this pack")),
    "instrument": ("KEY", Text(zh="只列引用这份文件的，如 O16", en="only what cites this instrument, such as O16")),
    "kind": ("KIND", Text(zh="只列这一类，如 rules、duties", en="only this kind, such as rules or duties")),
    "status": ("STATUS", Text(zh="只列这一状态：in_force、draft、proposal", en="only in_force, draft or proposal")),
    "confidence": ("GRADE", Text(zh="只列这一可信度：H、M、L", en="only confidence H, M or L")),
}
_PACK = Text(
    zh="{id} {version}  {title}（{total} 条，{day} 生效 {live} 条，可信度 {shares}）",
    en="{id} {version}  {title} ({total} entries, {live} in force on {day}, confidence {shares})",
)
_INSTRUMENT = Text(
    zh="{key}：《{title}》{detail}，{since} 起施行，{status}", en="{key}: {title}{detail}, from {since}, {status}"
)
_ENTRY = Text(
    zh="{id}（{kind}，{key} {article}，{status}，可信度 {grade}）：{label}",
    en="{id} ({kind}, {key} {article}, {status}, confidence {grade}): {label}",
)
_NOT_NOW = Text(zh="当日未生效", en="not in force on that day")


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the filters."""
    for name, (metavar, words) in _FILTERS.items():
        parser.add_argument(f"--{name}", metavar=metavar, help=words.of(lang))
    parser.add_argument("--in-force", action="store_true", help=_IN_FORCE.of(lang))
    parser.add_argument("--provisions", action="store_true", help=_PROVISIONS.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List packs, or with `--provisions` every entry."""
    from kouan.cli.lawbook import open_packs
    from kouan.cli.terminal import print_json
    from kouan.law.catalogue import Filter, entries

    packs = open_packs(settings)
    names = {name: getattr(arguments, name) for name in _FILTERS}
    wanted = Filter(**names, on=settings.as_of if arguments.in_force else None)
    found = [one for one in entries(packs) if wanted.takes(one)]
    narrowed = wanted != Filter()
    listed = [ref for ref in packs.refs if not narrowed or any(one.place.pack == ref.id for one in found)]
    if arguments.json:
        print_json(_summary(packs, listed, found, settings, whole=arguments.provisions))
    else:
        _show(packs, listed, found, settings, whole=arguments.provisions)
    return 0


def _summary(
    packs: PackSet, listed: Sequence[PackRef], found: Sequence[Entry], settings: Settings, *, whole: bool
) -> dict[str, object]:
    from kouan.cli.lawbook import entry_json
    from kouan.law.catalogue import tally

    rows = []
    for ref in listed:
        head = packs.heads[ref.id]
        count = tally([one for one in found if one.place.pack == ref.id], settings.as_of)
        rows.append(
            {
                "id": ref.id,
                "version": ref.version,
                "sha256": ref.sha256,
                "title": head.title.model_dump(),
                "list": head.list,
                "instruments": {key: one.model_dump(mode="json") for key, one in head.instruments.items()},
                "entries": count.total,
                "in_force": count.in_force,
                "kinds": dict(count.kinds),
                "statuses": dict(count.statuses),
                "confidences": dict(count.confidences),
            }
        )
    summary: dict[str, object] = {"as_of": settings.as_of.isoformat(), "packs": rows}
    if whole:
        summary["provisions"] = [entry_json(one) | {"applies": one.in_force(settings.as_of)} for one in found]
    return summary


def _show(
    packs: PackSet, listed: Sequence[PackRef], found: Sequence[Entry], settings: Settings, *, whole: bool
) -> None:
    from kouan.cli.terminal import console, say
    from kouan.law.catalogue import tally

    out, lang = console(), settings.lang
    for ref in listed:
        head = packs.heads[ref.id]
        mine = [one for one in found if one.place.pack == ref.id]
        say(out, _pack_line(ref, head.title, tally(mine, settings.as_of), settings).of(lang), style="bold")
        for key, one in head.instruments.items():
            say(out, _instrument_line(key, one).of(lang), lead="  § ", style="dim")
        for entry in mine if whole else ():
            say(out, _entry_line(entry, settings).of(lang), lead="    · ")


def _pack_line(ref: PackRef, title: Text, count: Tally, settings: Settings) -> Text:
    graded = [f"{grade} {round(100 * number / count.total)}%" for grade, number in sorted(count.confidences.items())]
    return _PACK.fill(
        id=ref.id,
        version=ref.version,
        title=title,
        total=count.total,
        live=count.in_force,
        day=settings.as_of.isoformat(),
        shares=", ".join(graded) or "–",
    )


def _instrument_line(key: str, one: Instrument) -> Text:
    from kouan.cli.lawbook import STATUS

    parts = [part for part in (one.number, one.edition) if part]
    detail = Text(zh="".join(f"，{part}" for part in parts), en="".join(f", {part}" for part in parts))
    since = one.in_force.isoformat() if one.in_force is not None else "–"
    return _INSTRUMENT.fill(key=key, title=one.title, detail=detail, since=since, status=STATUS[one.status])


def _entry_line(entry: Entry, settings: Settings) -> Text:
    from kouan.cli.lawbook import KIND, STATUS

    status = STATUS[entry.status] if entry.in_force(settings.as_of) or entry.status != "in_force" else _NOT_NOW
    return _ENTRY.fill(
        id=entry.id,
        kind=KIND[entry.kind],
        key=entry.key,
        article=entry.article,
        label=entry.label,
        status=status,
        grade=entry.confidence,
    )
