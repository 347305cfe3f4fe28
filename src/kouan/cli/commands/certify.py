"""`kouan certify`: an evaluation of effect becomes a sealed certificate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.certify import certify, template
from kouan.cli import messages
from kouan.cli.terminal import console, plain, print_json
from kouan.dossier.certificate_words import EFFECT
from kouan.dossier.terms import OUTCOME, OUTCOME_MARK
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.risk import Judgement
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.certify import Issued
    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a template to answer, or issue a certificate; status 3 where its conclusion stays open."""
    if arguments.init:
        path = Path(arguments.init)
        if path.exists() and not arguments.force:
            raise messages.FILE_EXISTS.at(str(path))
        write_whole(path, template(settings.lang).encode())
        console().print(plain(Text(zh="已写出：{path}", en="written: {path}").fill(path=path).of(settings.lang)))
        return Exit.OK
    if arguments.folder is None or arguments.evaluation is None:
        raise messages.CERTIFY_NEEDS.at("kouan certify")
    issued = certify(
        Path(arguments.folder),
        Path(arguments.evaluation),
        settings=settings,
        out=Path(arguments.out) if arguments.out else None,
        attacks=tuple(map(Path, arguments.attacks)),
    )
    if arguments.json:
        print_json(issued.certificate)
    else:
        _show(issued, settings.lang)
    return int(Exit.UNDETERMINED if issued.certificate.effect.value == "open" else Exit.OK)


def _show(issued: Issued, lang: str) -> None:
    out, certificate = console(), issued.certificate
    out.print(plain(f"{certificate.number}  {EFFECT[certificate.effect].of(lang)}"), style="bold")
    out.print(plain(certificate.conclusion.of(lang)))
    for gate in certificate.gates:
        said = f"{gate.label.of(lang)}: {OUTCOME[gate.outcome].of(lang)}. {gate.why.of(lang)}"
        out.print(
            plain(f"  {OUTCOME_MARK[gate.outcome]} {said}"), style="" if gate.outcome is Judgement.PASS else "yellow"
        )
    done = Text(zh="已出具并登记：{folder}（有效期至 {day}）", en="issued and registered: {folder} (valid to {day})")
    out.print(plain(done.fill(folder=issued.folder, day=certificate.valid_to).of(lang)), style="bold")
