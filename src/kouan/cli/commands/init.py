"""`kouan init`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.terminal import console, plain
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a commented declaration in the reader's language."""
    out = Path(arguments.out)
    if out.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(out))
    name = f"templates/transfer.{settings.lang}.yaml"
    template = resources.files("kouan.clearance").joinpath(name).read_text("utf-8")
    with disk_errors(out):
        write_whole(out, template.replace("YYYY-MM-DD", settings.as_of.isoformat()).encode())
    line = Text(
        zh="已写入 {path}。填写后运行：kouan clear {path}",
        en="wrote {path}. Fill it in, then run: kouan clear {path}",
    )
    console().print(plain(line.fill(path=out).of(settings.lang)))
    return Exit.OK
