"""`kouan release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.release import release
from kouan.cli import messages
from kouan.cli.terminal import console, plain, print_json
from kouan.dossier.figures import span
from kouan.model.decision import Pathway
from kouan.model.errors import Exit
from kouan.model.masking import quoted
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Release the treated data of a clearance folder."""
    done = release(
        Path(arguments.folder),
        settings=settings,
        pathway=_pathway(arguments.pathway),
        attested=_attested(arguments.attest),
        by=arguments.by,
        ledger_path=Path(arguments.ledger) if arguments.ledger else None,
    )
    if arguments.json:
        print_json(done.release)
        return Exit.OK
    line = Text(
        zh="已放行：{folder}（普通 {ordinary} 人、敏感 {sensitive} 人记入本年累计）",
        en="released: {folder} ({ordinary} ordinary and {sensitive} sensitive persons entered for this year)",
    ).fill(folder=done.folder, ordinary=span(done.release.ordinary), sensitive=span(done.release.sensitive))
    console().print(plain(line.of(settings.lang)), style="bold")
    return Exit.OK


def _pathway(name: str | None) -> Pathway | None:
    if name is None:
        return None
    if name not in set(Pathway):
        raise messages.PATHWAY_NAME.at("--pathway", name=quoted(name), names=", ".join(Pathway))
    return Pathway(name)


def _attested(words: list[str]) -> dict[str, str]:
    attested = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark or not name:
            raise messages.ATTEST_SHAPE.at("--attest")
        if name.strip() in attested:
            raise messages.ATTEST_TWICE.at("--attest", name=quoted(name.strip()))
        attested[name.strip()] = value.strip()
    return attested
