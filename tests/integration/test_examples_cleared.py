"""Examples cleared with the first plan: identifiers planted in them stand in no artefact, and who took consent back stays."""

from __future__ import annotations

import pytest

from examples.build import build
from examples.planted import planted
from kouan.clearance.journey import clear
from kouan.formats import open_source
from tests.integration.attacking import settings_of
from tests.planted import artefacts

NAMES = ("trial",)
_SHORTEST = 3


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    root = tmp_path_factory.mktemp("cleared")
    build(root / "exports", only=NAMES, small=True)
    for name in NAMES:
        clear(root / "exports" / name / "transfer.yaml", root / name, settings=settings_of(root / "home"))
    return root


@pytest.mark.parametrize("name", NAMES)
def test_no_planted_identifier_stands_in_an_artefact(cleared, name):
    known = [one for one in planted(name, small=True) if len(one.value) >= _SHORTEST]
    raw = artefacts(cleared / "exports" / name)
    files = artefacts(cleared / name, cleared / "home")
    assert len(known) > 40
    for one in known:
        value = one.value.encode()
        assert any(value in data for data in raw.values())
        assert not [place for place, data in files.items() if value in data], (one.subject, one.kind)


def test_subjects_without_consent_are_kept_back(cleared):
    rows = {}
    for folder in (cleared / "exports/trial", cleared / "trial/staged"):
        (entity,) = open_source(folder / "dm.xpt", name="dm.xpt").entities
        rows[folder.name] = entity.rows
    assert rows == {"trial": 12, "staged": 10}
