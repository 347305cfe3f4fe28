"""What the pages share: two languages side by side, figures and names in words, one style without script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup

from kouan.dossier import articles, charts, classes_view, figures, grouping, necessity_view, terms, tracing
from kouan.dossier.inventory_view import steps_of
from kouan.dossier.words import GLOSSARY, WORDS
from kouan.model.items import split_item_id
from kouan.model.text import Text, same, visible
from kouan.risk.messages import SCOPE

if TYPE_CHECKING:
    from jinja2.runtime import Context


def render(template: str, *, lang: str, **values: object) -> str:
    """Return a page as HTML, with signs that change how text reads made visible.

    Args:
        template: of this room.
        lang: the language shown first, "zh" or "en"; the reader can switch in the page.
        values: what the template names.
    """
    style = files("kouan.dossier").joinpath("templates", "style.css").read_text(encoding="utf-8")
    page = (
        _environment()
        .get_template(template)
        .render(
            lang="en" if lang == "en" else "zh",
            style=Markup(style),  # noqa: S704  (our own file)
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            **values,
        )
    )
    return visible(page)


def both(text: Text | str) -> Markup:
    """Return a text as two marked elements, one per language, or once when both are the same."""
    if isinstance(text, str):
        text = same(text)
    if text.zh == text.en:
        return Markup("{}").format(text.zh)
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(
        text.zh, text.en
    )


def plain(text: Text) -> str:
    """Return a text for attributes, which cannot carry two languages apart."""
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


@pass_context
def _itemname(context: Context, item: str) -> str:
    """Return the short name of an item where the page gives one, otherwise its whole path."""
    return str(context.get("item_names", {}).get(item) or split_item_id(item)[2])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kouan.dossier", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        both=both,
        plain=plain,
        article=articles.article,
        citation=articles.citation,
        standard=articles.standard,
        count=figures.count,
        span=figures.span,
        percent=figures.percent,
        size=figures.size,
        day=figures.day,
        instant=figures.instant,
        factvalue=figures.fact,
        stated=tracing.stated,
        bykind=grouping.by_kind,
        turned=tracing.turned,
        asked=tracing.asked,
        category=terms.category,
        subject=terms.subject,
        grounds=necessity_view.grounds,
        smallest=charts.smallest_class,
        steps=steps_of,
        classlines=classes_view.class_lines,
        cellword=lambda word: terms.CELL.get(word) or same(word),
        itemname=_itemname,
    )
    environment.globals.update(w=WORDS, t=terms, classes=classes_view, glossary=GLOSSARY)
    environment.globals.update(grade_scope=SCOPE, chart_grid=charts.grid())
    return environment
