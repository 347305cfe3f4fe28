"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.noon import set_clock

# Under CI the same examples every time: what fails there must fail here. Elsewhere each run tries new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
os.environ.setdefault("KOUAN_TEXT_MODEL", "off")  # what is expected must not hang on what is installed
set_clock()
settings.load_profile("ci" if os.environ.get("CI") else "here")

_TIMES = int(os.environ.get("KOUAN_EXAMPLES", "1"))
_HELD = "_hypothesis_internal_use_settings"


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Let every property try `KOUAN_EXAMPLES` times the examples that it has time for here (`./run bench fuzz properties`)."""
    if _TIMES > 1:
        for test in {item.obj for item in items if hasattr(getattr(item, "obj", None), _HELD)}:
            held = getattr(test, _HELD)
            setattr(test, _HELD, settings(held, max_examples=held.max_examples * _TIMES))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of inputs that nobody in this project wrote; KOUAN_SAMPLES names it, and under CI it must."""
    named = os.environ.get("KOUAN_SAMPLES", "")
    if not named:
        reason = "KOUAN_SAMPLES is not set: files that nobody in this project wrote were NOT tried"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"KOUAN_SAMPLES names {folder}, which is not a folder")
    return folder
