"""Estimates agree with Anonymeter 1.1.0 on the public census table `adult`.

`anonymeter.json` holds what Anonymeter gave, with its provenance; `python -m bench attacks` runs it afresh. Its
baselines are not compared: for inference it aligns guesses and targets by index and loses most guesses, and for
singling out both draw different predicates. Parts are of equal size, because its correction for a control of another
size counts predicates and not successes.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pyarrow.csv as pc
import pytest

from bench.attacks import RELEASED, overlaps, run_all
from bench.attacks_data import parts

FACTS = json.loads((Path(__file__).parent / "anonymeter.json").read_text("utf-8"))
NEAR = 0.1
NEARLY_ALL = 0.9


@pytest.fixture(scope="module")
def tables(samples):
    """The parts, which must be the very bytes that Anonymeter was given."""
    found = parts(samples / "adult" / "adult.csv")
    for name, table in found.items():
        sink = io.BytesIO()
        pc.write_csv(table, sink)
        assert hashlib.sha256(sink.getvalue()).hexdigest() == FACTS["tables"][name], name
    return found


@pytest.mark.parametrize("released", RELEASED)
def test_risk_intervals_meet_and_rates_are_near(tables, released):
    theirs = FACTS["results"][released]
    ours = run_all(tables, released)
    assert set(ours) == set(theirs)
    for name, (result, _) in ours.items():
        assert overlaps(result, theirs[name]), name
        assert abs(float(result.main.successes) - theirs[name]["main"]) / 500 <= NEAR, name
        assert abs(float(result.control.successes) - theirs[name]["control"]) / 500 <= NEAR, name


def test_the_facts_tell_copies_from_independent_rows():
    copy, independent = (FACTS["results"][name]["singling_out_multivariate"] for name in ("original", "independent"))
    assert copy["lo"] > NEARLY_ALL
    assert independent["hi"] < 2 * NEAR
