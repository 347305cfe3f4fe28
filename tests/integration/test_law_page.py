"""A reader can repeat every command of the pages on the law, on the files that they show, and sees what they show."""

from __future__ import annotations

import subprocess

import pytest

from tests.commands import environment
from tests.pages_commands import ROOT, blocks, steps
from tests.warm import script


def lay(page, folder):
    """Write the files that a page shows; of a table the first line, which names it, is left out."""
    for kind in ("yaml", "csv"):
        for text in blocks(page, kind):
            name, _, rest = text.partition("\n")
            path = folder / name.removeprefix("# ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(rest if kind == "csv" else text, "utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "o16.md").write_text("# 促进和规范数据跨境流动规定\n\n第七条 试验文本。\n", "utf-8")
    (folder / "run").write_text(script(), "utf-8")
    (folder / "run").chmod(0o755)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["law-packs", "deciding"])
def test_every_command_ends_as_the_page_says_and_prints_what_it_shows(name, lang, tmp_path):
    page = ROOT / "docs" / lang / f"{name}.md"
    lay(page, tmp_path)
    commands = steps(page)
    assert len(commands) > 10
    printed = ""
    for step in commands:
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=tmp_path,
            env=environment(tmp_path / "home", lang=lang),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == step.status, f"{step.command}\n{done.stdout[-2000:]}\n{done.stderr}"
        printed += done.stdout
    for line in "".join(blocks(page, "text")).splitlines():
        assert line.strip(" …") in printed, line
