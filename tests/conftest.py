"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Under CI the same examples every time: what fails there must fail here. Elsewhere each run tries new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
os.environ.setdefault("KOUAN_TEXT_MODEL", "off")  # what is expected must not hang on what is installed
settings.load_profile("ci" if os.environ.get("CI") else "here")


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
