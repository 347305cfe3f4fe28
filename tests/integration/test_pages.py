"""A reader can repeat every command of the worked pages, in order, on the examples that `./run demo` makes."""

from __future__ import annotations

import subprocess

import pytest

from examples.build import build
from tests.commands import environment
from tests.pages_commands import ROOT, steps
from tests.warm import script

PAGES = {
    "from-e2b-to-filed-export": ["icsr"],
    "trial-data-with-consents": ["trial"],
    "what-if": ["hr", "retail"],
    "verdicts": ["hr"],
    "profiles": ["hr", "trial"],
    "attacks": ["hr"],
}


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_ends_as_it_says(name, tmp_path):
    build(tmp_path / "build" / "examples", only=PAGES[name], small=True)
    (tmp_path / "run").write_text(script(), "utf-8")
    (tmp_path / "run").chmod(0o755)
    commands = [
        step for step in steps(ROOT / "docs" / "en" / f"{name}.md") if not step.command.startswith("./run demo")
    ]
    assert len(commands) > 4
    for step in commands:
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=tmp_path,
            env=environment(tmp_path / "home"),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == step.status, f"{step.command}\n{done.stdout[-2000:]}\n{done.stderr}"
