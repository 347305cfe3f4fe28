"""`kouan law show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.law.catalogue import Entry
    from kouan.law.texts import Texts
    from kouan.packs import PackSet

ABOUT = Text(
    zh="查阅一条规定：条件、门槛、适用次序、出处", en="read an article: conditions, thresholds, precedence, source"
)
_ARTICLE = Text(
    zh="条文或规定编号，如 O16:7、PIPL 39、7(1)(2)、《个人信息保护法》第三十九条",
    en="an article or a provision's id, such as O16:7, PIPL 39, 7(1)(2)",
)
TEXTS = Text(
    zh="存放官方文本（.md、.txt）的文件夹，对照显示", en="folder of official texts (.md, .txt) to set beside the packs"
)
_ALL = Text(
    zh="适用次序中逐条列出规则，不按组合并",
    en="name every rule that prevails or yields, not its group",
)
_HEAD = Text(
    zh="《{title}》{number}（{key}，{since} 起施行，{status}，所读版本 {edition}）",
    en="{title}, {number} ({key}, from {since}, {status}, edition read {edition})",
)
_SOURCE = Text(
    zh="{article}；{kind} {id}；{from_} 起{to}；{status}；可信度 {grade}；{line}",
    en="{article}; {kind} {id}; from {from_}{to}; {status}; confidence {grade}; {line}",
)
_UNTIL = Text(zh="至 {day}", en=" until {day}")
_OFFICIAL = Text(zh="官方文本 {file}：", en="official text {file}:")
_NO_WORDING = Text(zh="官方文本 {file} 中没有找到这一条", en="the official text {file} does not show that article")
_NO_TEXT = Text(zh="文件夹里没有这份文件的官方文本", en="the folder holds no official text of this instrument")


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the article and the folder of texts."""
    parser.add_argument("article", nargs="+", metavar="ARTICLE", help=_ARTICLE.of(lang))
    parser.add_argument("--texts", metavar="FOLDER", help=TEXTS.of(lang))
    parser.add_argument("--all", action="store_true", help=_ALL.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show what the packs hold on an article or under an id."""
    from kouan.cli.lawbook import open_packs, open_texts, show_texts, texts_json
    from kouan.cli.terminal import console, print_json
    from kouan.law.reading_up import look_up

    packs = open_packs(settings)
    found = look_up(" ".join(arguments.article), packs)
    texts = open_texts(Path(arguments.texts) if arguments.texts else None, packs)
    if arguments.json:
        summary: dict[str, object] = {
            "as_of": settings.as_of.isoformat(),
            "found": [_summary(one, packs, settings) for one in found],
        }
        if texts is not None:
            summary["texts"] = texts_json(texts) | {"wording": _wordings(found, texts)}
        print_json(summary)
        return 0
    out = console()
    _show(out, found, packs, settings, texts=texts, whole=arguments.all)
    if texts is not None:
        show_texts(out, texts, settings.lang)
    return 0


def _summary(entry: Entry, packs: PackSet, settings: Settings) -> dict[str, object]:
    from kouan.cli.lawbook import entry_json
    from kouan.law.reading_up import precedence, thresholds
    from kouan.law.spelling import spelled

    when = getattr(entry.value, "when", None)
    lines = spelled(when, packs, settings.as_of) if when is not None else ()
    return entry_json(entry) | {
        "applies": entry.in_force(settings.as_of),
        "title": entry.instrument.title.model_dump(),
        "edition": entry.instrument.edition,
        "condition": [{"depth": depth, "text": text.model_dump()} for depth, text in lines],
        "thresholds": thresholds(entry, packs, settings.as_of),
        "precedence": [one.model_dump() for one in precedence(entry, packs)],
        "body": entry.value.model_dump(mode="json", by_alias=True, exclude_none=True),
    }


def _wordings(found: Sequence[Entry], texts: Texts) -> list[dict[str, object]]:
    from kouan.law.citations import path_of

    rows: dict[tuple[str, str], dict[str, object]] = {}
    for entry in found:
        for text in texts.of(entry.key):
            wording = text.wording(path_of(entry.article) or ())
            rows.setdefault(
                (text.file, wording or entry.article),
                {"file": text.file, "article": entry.article, "wording": wording, "complete": text.complete},
            )
    return list(rows.values())


def _show(
    out: Console, found: Sequence[Entry], packs: PackSet, settings: Settings, *, texts: Texts | None, whole: bool
) -> None:
    from kouan.cli.terminal import say

    lang = settings.lang
    last: tuple[str, str] | None = None
    for entry in found:
        if (entry.key, entry.instrument.title.zh) != last:
            last = (entry.key, entry.instrument.title.zh)
            say(out, _head(entry).of(lang), style="bold")
            if texts is not None:
                _show_wording(out, [one for one in found if one.key == entry.key], texts, lang)
        _show_entry(out, entry, packs, settings, whole=whole)


def _head(entry: Entry) -> Text:
    from kouan.cli.lawbook import STATUS

    one = entry.instrument
    return _HEAD.fill(
        title=one.title,
        number=one.number or "–",
        key=entry.key,
        since=one.in_force.isoformat() if one.in_force else "–",
        status=STATUS[one.status],
        edition=one.edition or "–",
    )


def _show_wording(out: Console, found: Sequence[Entry], texts: Texts, lang: str) -> None:
    """Print the official wording of every article among these, whole, and say of a copy that it is incomplete."""
    from kouan.cli.lawbook import incomplete_words
    from kouan.cli.terminal import say
    from kouan.law.citations import path_of

    mine = texts.of(found[0].key)
    if not mine:
        say(out, _NO_TEXT.of(lang), lead="  ! ", style="yellow")
    for text in mine:
        paths = dict.fromkeys(path[:2] for one in found if (path := path_of(one.article)) is not None)
        wordings = [wording for path in paths if (wording := text.wording(path)) is not None]
        say(out, (_OFFICIAL if wordings else _NO_WORDING).fill(file=text.file).of(lang), lead="  ", style="cyan")
        for wording in wordings:
            for line in wording.splitlines():
                say(out, line, lead="  ┃ ")
        if not text.complete:
            say(out, incomplete_words(text, lang), lead="  ! ", style="yellow")


def _show_entry(out: Console, entry: Entry, packs: PackSet, settings: Settings, *, whole: bool) -> None:
    from kouan.cli.terminal import say
    from kouan.law.reading_up import facts_about, precedence, thresholds
    from kouan.law.spelling import spelled

    lang = settings.lang
    say(out, entry.label.of(lang), lead="▸ ", style="bold")
    say(out, _source(entry).of(lang), lead="    ", style="dim")
    for line in facts_about(entry):
        say(out, line.of(lang), lead="    ")
    when = getattr(entry.value, "when", None)
    for depth, text in spelled(when, packs, settings.as_of) if when is not None else ():
        say(out, text.of(lang), lead="    " + "  " * depth + "- ")
    for one in thresholds(entry, packs, settings.as_of):
        value = "–" if one["value"] is None else f"{one['value']:,}"
        label = one["label"]
        say(out, f"{label['zh'] if lang == 'zh' else label['en']} = {value} ({one['name']})", lead="    # ")
    for words in precedence(entry, packs, whole=whole):
        say(out, words.of(lang), lead="    ⇢ ")


def _source(entry: Entry) -> Text:
    from kouan.cli.lawbook import CONFIDENCE, KIND, STATUS
    from kouan.law.wording import article
    from kouan.model.decision import SourceRef

    one = SourceRef(
        instrument=entry.key,
        title=entry.instrument.title,
        article=entry.article,
        confidence=entry.value.source.confidence,
    )
    periods = getattr(entry.value, "values", None) or (entry.value.in_force,)
    end = periods[-1].end
    return _SOURCE.fill(
        article=article(one, short=True),
        kind=KIND[entry.kind],
        id=entry.id,
        from_=periods[0].start.isoformat(),
        to=_UNTIL.fill(day=end.isoformat()) if end is not None else "",
        status=STATUS[entry.status],
        grade=CONFIDENCE[entry.confidence],
        line=entry.place.line,
    )
