"""Reads rendered pages for tests, and builds them from the documents of `tests.documents`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kouan.dossier import ReportInput, make_dossier, render_report
from kouan.model.document import Input
from tests.documents_parts import Case, digest

MADE_AT = dt.datetime(2026, 11, 22, 3, 30, tzinfo=dt.UTC)
_VOID = frozenset({"meta", "input", "br", "hr", "img", "link"})
_SELF_CLOSED = frozenset({"rect", "line"})


def report_input(case: Case, **changes: object) -> ReportInput:
    """What a run of this case hands to the report."""
    decision = case.decisions and (case.decisions.treated or case.decisions.original)
    values: dict[str, object] = {
        "declaration": case.declaration,
        "inventory": case.inventory,
        "decisions": case.decisions,
        "plan": case.plan,
        "treatment": case.treatment,
        "risk": case.risk,
        "dossier": make_dossier(decision) if decision else None,
        "made_at": MADE_AT,
        "tool": "kouan 0.1.0",
        "signer": "yunshan-precision+5e1a0f9b",
        "log_origin": "kouan.example/yunshan",
        "folder": "hr-clearance",
        "digests": tuple(Input(name=name, sha256=digest(name)) for name in ("inventory.json", "decision.json")),
    }
    return ReportInput(**{**values, **changes})  # type: ignore[arg-type]


def render(case: Case, *, lang: str = "zh", **changes: object) -> str:
    return render_report(report_input(case, **changes), lang=lang)


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.children)

    def walk(self) -> list[Element]:
        below = [one for part in self.children if isinstance(part, Element) for one in part.walk()]
        return [self, *below]

    def classes(self) -> set[str]:
        return set((self.attrs.get("class") or "").split())


class _Tree(HTMLParser):
    """Builds a tree and refuses tags that do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice in <{tag}>"
        one = Element(tag, dict(attrs))
        self.open[-1].children.append(one)
        if tag not in _VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _SELF_CLOSED, f"<{tag}/> outside the drawing"
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(page: str) -> Element:
    """The page as a tree. Raises AssertionError when tags do not nest."""
    tree = _Tree()
    tree.feed(page)
    tree.close()
    assert tree.open == [tree.root], f"not closed: {[one.tag for one in tree.open[1:]]}"
    return tree.root


def find(root: Element, tag: str) -> list[Element]:
    return [one for one in root.walk() if one.tag == tag]


def normalised(page: str) -> str:
    """The page without its style, one tag or text per line."""
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    page = re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-…", page)
    lines = re.sub(r"(<[^>]+>)", r"\n\1\n", page).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n"
