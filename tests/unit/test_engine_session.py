"""What a session of our own is started with, and what becomes of Spark's errors; no Java is needed."""

from __future__ import annotations

import sys

import pytest

from kouan.engine import session
from kouan.engine.spark import Spark
from kouan.model.errors import KouanError

SECRET = "13800138000"


def test_without_pyspark_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(KouanError) as caught:
        Spark()
    assert caught.value.code == "K-ENG-001"
    assert "kouan[spark]" in caught.value.fix.en


@pytest.mark.parametrize(
    ("master", "authenticated", "loopback"),
    [
        ("local[*]", True, True),
        ("yarn", True, False),
        ("k8s://https://one", True, False),
        ("spark://one:7077", False, False),
    ],
)
def test_what_crosses_is_encrypted_where_spark_makes_the_secret(master, authenticated, loopback):
    ours = session._settings(master)
    assert ours["spark.io.encryption.enabled"] == "true"
    assert ours["spark.ui.enabled"] == "false"
    assert ("spark.authenticate" in ours) is authenticated
    assert ("spark.driver.host" in ours) is loopback


def test_the_files_of_spark_go_first(monkeypatch, tmp_path):
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    assert session._stated() == {}
    text = "# a remark\n\nspark.ui.enabled true\nspark.io.encryption.enabled=false\n  spark.pyspark.python   /opt/py/bin/python\n"
    (tmp_path / "spark-defaults.conf").write_text(text)
    assert session._stated() == {
        "spark.ui.enabled": "true",
        "spark.io.encryption.enabled": "false",
        "spark.pyspark.python": "/opt/py/bin/python",
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ModuleNotFoundError: No module named 'kouan'", "K-ENG-004"),
        ("[PYTHON_VERSION_MISMATCH] Python in worker has different version", "K-ENG-004"),
        ("[NOT_IMPLEMENTED] sparkContext() is not implemented in CONNECT", "K-ENG-006"),
        ("Job aborted due to stage failure", "K-ENG-003"),
    ],
)
def test_errors_of_spark_lose_their_words(said, code):
    with pytest.raises(KouanError) as caught, session.spark_errors():
        raise RuntimeError(f"{said}\n\tat org.apache.spark.Some.scala:1\n{SECRET}")
    assert caught.value.code == code
    words = "".join(caught.value.lines("zh") + caught.value.lines("en"))
    assert SECRET not in words
    assert "org.apache" not in words
    assert caught.value.__cause__ is None


def test_errors_of_ours_pass():
    with pytest.raises(KouanError) as caught, session.spark_errors():
        raise session.messages.NOT_SEEN.at("a.parquet", code="K-FMT-001")
    assert caught.value.code == "K-ENG-005"
