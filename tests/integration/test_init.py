"""`kouan init`: what it writes is a declaration, as it stands and with everything optional filled in."""

from __future__ import annotations

import re

import pytest

from kouan.model import strictyaml
from kouan.model.declaration import Declaration
from tests.commands import STAFF, kouan

OPTIONAL = ("readings", "list", "attestations", "attestations_complete")


def _written(tmp_path, lang):
    path = tmp_path / "transfer.yaml"
    done = kouan("init", path, home=tmp_path / "home", lang=lang)
    assert done.returncode == 0, done.stderr
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_parses_and_is_decided_as_far_as_it_says(tmp_path, lang):
    path = _written(tmp_path, lang)
    path.write_text(path.read_text("utf-8").replace("path: data.xlsx", "path: staff.csv"), "utf-8")
    (tmp_path / "staff.csv").write_text(STAFF, "utf-8")
    done = kouan("decide", path, "--json", home=tmp_path / "home", lang=lang)
    assert done.returncode == 3, done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_optional_block_parses_once_it_is_no_comment(tmp_path, lang):
    text = _written(tmp_path, lang).read_text("utf-8")
    assert "necessity:" in text
    inside, lines = False, []
    for line in text.splitlines():
        head = re.match(r"# (\w+):", line)
        inside = head[1] in OPTIONAL if head else inside and line.startswith("#   ")
        lines.append(line[2:] if inside else line)
    declared = strictyaml.parse(Declaration, "\n".join(lines), "transfer.yaml", "declaration")
    assert declared.list is not None
    assert None not in declared.list.model_dump().values()
    assert declared.attestations_complete
    assert declared.attestations[0].kind == "certificate"
    assert declared.readings
