"""A reader can repeat every command of the page on law packs, on the files that it shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.commands import environment
from tests.pages_commands import ROOT, blocks, steps

RUN = f"""\
#!/bin/sh
shift
exec {sys.executable} -m kouan.cli "$@"
"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_ends_as_the_page_says(lang, tmp_path):
    page = ROOT / "docs" / lang / "law-packs.md"
    for text in blocks(page, "yaml"):
        path = tmp_path / text.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "o16.md").write_text("# 促进和规范数据跨境流动规定\n\n第七条 试验文本。\n", "utf-8")
    (tmp_path / "run").write_text(RUN, "utf-8")
    (tmp_path / "run").chmod(0o755)
    commands = steps(page)
    assert len(commands) > 10
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
