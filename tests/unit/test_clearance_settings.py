"""Settings: flag over environment over kouan.toml over default."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.clearance.language import language_of
from kouan.clearance.settings import load_settings
from kouan.model.errors import KouanError

NIGHT = dt.datetime(2026, 12, 31, 17, 30, tzinfo=dt.UTC)  # 1 January 2027 in China
NONE = {"home": None, "lang": None, "threads": None, "as_of": None, "packs": None, "allow_override": None}


def _load(tmp_path, flags=None, environ=None):
    return load_settings(
        {**NONE, **(flags or {})}, {"HOME": str(tmp_path), **(environ or {})}, folder=tmp_path, clock=lambda: NIGHT
    )


def test_order(tmp_path):
    (tmp_path / "kouan.toml").write_text('threads = 1\nhome = "from-file"\nas_of = "2026-01-01"\n')
    settings = _load(tmp_path, {"threads": "3"}, {"KOUAN_THREADS": "2", "KOUAN_HOME": "from-env"})
    assert settings.threads == 3
    assert settings.home.name == "from-env"
    assert settings.as_of == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("flag", "environ", "toml", "allowed"),
    [
        (None, {}, "", False),
        (None, {}, "allow_override = true", True),
        (None, {"KOUAN_ALLOW_OVERRIDE": "false"}, "allow_override = true", False),
        ("true", {"KOUAN_ALLOW_OVERRIDE": "0"}, "allow_override = false", True),
    ],
)
def test_loosening_needs_leave(tmp_path, flag, environ, toml, allowed):
    (tmp_path / "kouan.toml").write_text(toml)
    assert _load(tmp_path, {"allow_override": flag} if flag else {}, environ).allow_override is allowed


def test_recognition_runs_on_threads_unless_a_cluster_is_named(tmp_path):
    assert _load(tmp_path).engine == "threads"
    (tmp_path / "kouan.toml").write_text('engine = "spark"\nspark_master = "spark://one:7077"\n')
    settings = _load(tmp_path, {"spark_master": "yarn"})
    assert (settings.engine, settings.spark_master) == ("spark", "yarn")


def test_today_is_the_day_in_china(tmp_path):
    assert _load(tmp_path).as_of == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("flags", "environ", "toml"),
    [
        ({"threads": "0"}, {}, ""),
        ({"threads": "many"}, {}, ""),
        ({"as_of": "yesterday"}, {}, ""),
        ({}, {"KOUAN_LANG": "fr"}, ""),
        ({}, {"KOUAN_ENGINE": "flink"}, ""),
        ({}, {}, "thraeds = 1"),
        ({}, {}, "= 1"),
        ({}, {"KOUAN_ALLOW_OVERRIDE": "yes"}, ""),
    ],
)
def test_refused(tmp_path, flags, environ, toml):
    (tmp_path / "kouan.toml").write_text(toml)
    with pytest.raises(KouanError) as caught:
        _load(tmp_path, flags, environ)
    assert caught.value.code == "K-CLR-040"


@pytest.mark.parametrize(
    ("asked", "environ", "lang"),
    [
        (None, {}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "zh"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ("en", {"KOUAN_LANG": "zh"}, "en"),
        (None, {"KOUAN_LANG": "en"}, "en"),
    ],
)
def test_language(asked, environ, lang):
    assert language_of(asked, environ) == lang
