"""What the parts of `kouan law` share: the packs of the settings, and lines about provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.law.catalogue import instruments
from kouan.law.texts import read_texts
from kouan.model.text import Text
from kouan.packs import builtin_root, load_packs

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.law.catalogue import Entry
    from kouan.law.texts import OfficialText, Texts
    from kouan.packs import PackSet

STATUS = {
    "in_force": Text(zh="有效", en="in force"),
    "draft": Text(zh="征求意见稿或草稿", en="draft"),
    "proposal": Text(zh="建议", en="proposal"),
    "repealed": Text(zh="已废止", en="repealed"),
}
CONFIDENCE = {
    "H": Text(zh="H（已读原文）", en="H (text read)"),
    "M": Text(zh="M（二手来源）", en="M (secondary source)"),
    "L": Text(zh="L（未经确认）", en="L (unconfirmed)"),
}
KIND = {
    "rules": Text(zh="规则", en="rule"),
    "duties": Text(zh="义务", en="duty"),
    "conditions": Text(zh="放行条件", en="condition"),
    "papers": Text(zh="材料", en="paper"),
    "triggers": Text(zh="重新办理的情形", en="trigger"),
    "clocks": Text(zh="期限", en="clock"),
    "notes": Text(zh="提示", en="note"),
    "readings": Text(zh="解读", en="reading"),
    "parameters": Text(zh="门槛", en="parameter"),
}
_FILES = Text(
    zh="官方文本：{count} 个文件，{matched} 个与规则包引用的文件对应",
    en="official texts: {count} files, {matched} belong to an instrument that the packs cite",
)
_STRAY = Text(zh="未对应：{name}（{why}）", en="not matched: {name} ({why})")


def open_packs(settings: Settings) -> PackSet:
    """Return the built-in packs and those of the settings."""
    return load_packs(builtin_root(), *settings.packs)


def open_texts(folder: Path | None, packs: PackSet) -> Texts | None:
    """Return the user's official texts, None where no folder is named."""
    return None if folder is None else read_texts(folder, instruments(packs.heads.values()))


def entry_json(entry: Entry) -> dict[str, object]:
    """Return an entry as JSON, without its condition."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "pack": entry.place.pack,
        "line": entry.place.line,
        "instrument": entry.key,
        "article": entry.article,
        "label": entry.label.model_dump(),
        "status": entry.status,
        "confidence": entry.confidence,
    }


def texts_json(texts: Texts) -> dict[str, object]:
    """Return what a folder of texts holds, without the wording."""
    return {
        "matched": [
            {
                "file": one.file,
                "instrument": one.instrument,
                "articles": len(one.articles),
                "complete": one.complete,
                "marks": list(one.marks),
                "missing": list(one.gaps),
            }
            for one in texts.matched
        ],
        "unmatched": [{"file": name, "why": why.model_dump()} for name, why in texts.unmatched.items()],
    }


def show_texts(out: Console, texts: Texts, lang: str) -> None:
    """Print which files were matched, and every one that was not."""
    count = len(texts.matched) + len(texts.unmatched)
    say(out, _FILES.fill(count=count, matched=len(texts.matched)).of(lang), style="dim")
    for name, why in texts.unmatched.items():
        say(out, _STRAY.fill(name=name, why=why).of(lang), lead="  ! ", style="yellow")


def incomplete_words(text: OfficialText, lang: str) -> str:
    """Return what is known to be missing in a copy; empty where nothing is."""
    if text.complete:
        return ""
    words = [*text.marks]
    if text.gaps:
        words.append(Text(zh="缺条：{n}", en="articles missing: {n}").fill(n=", ".join(map(str, text.gaps))).of(lang))
    if not text.articles:
        words.append(Text(zh="没有按条编号的正文", en="no numbered articles in it").of(lang))
    return Text(zh="副本不完整：{words}", en="incomplete copy: {words}").fill(words="; ".join(words)).of(lang)
