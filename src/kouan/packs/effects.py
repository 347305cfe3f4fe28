"""What people have to answer in an evaluation of effect, from the one file that holds it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kouan.model import strictyaml
from kouan.model.evaluation import EffectQuestions


@cache
def load_questions() -> EffectQuestions:
    """Return the questions of `standards/anonymisation-effect.yaml`.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with file and line.
    """
    path = Path(__file__).parent / "standards" / "anonymisation-effect.yaml"
    return strictyaml.parse(EffectQuestions, path.read_text("utf-8"), f"standards/{path.name}", "taxonomy")
