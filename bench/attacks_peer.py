"""Run Anonymeter: `PYTHON attacks_peer.py FOLDER`, in a Python that has it; imports nothing of this project.

FOLDER holds `plan.json` (attacks, link, secrets) and CSV files original, control and one for each released table.
Prints JSON: version, and for each table and attack successes of main, baseline and control, the risk, and the
processor seconds of all threads, without what compiling once costs.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator


def main(folder: Path) -> None:
    """Run all attacks of the plan."""
    warnings.simplefilter("ignore")
    plan = json.loads((folder / "plan.json").read_text())
    original, control = (pd.read_csv(folder / f"{name}.csv") for name in ("original", "control"))
    _all(original.head(200), original.head(200), control.head(200), {**plan, "attacks": 10})  # compiles
    results = {name: _all(original, pd.read_csv(folder / f"{name}.csv"), control, plan) for name in plan["released"]}
    sys.stdout.write(json.dumps({"version": version("anonymeter"), "results": results}))


def _all(original: pd.DataFrame, released: pd.DataFrame, control: pd.DataFrame, plan: dict[str, Any]) -> dict[str, Any]:
    tables = {"ori": original, "syn": released, "control": control, "n_attacks": plan["attacks"]}
    runs: dict[str, tuple[Any, dict[str, Any]]] = {
        "singling_out_univariate": (SinglingOutEvaluator(**tables, seed=plan["seed"]), {"mode": "univariate"}),
        "singling_out_multivariate": (
            SinglingOutEvaluator(**tables, n_cols=3, max_attempts=200_000, seed=plan["seed"]),
            {"mode": "multivariate"},
        ),
    }
    for count in plan["neighbours"]:
        one = LinkabilityEvaluator(**tables, aux_cols=tuple(plan["link"]), n_neighbors=count)
        runs[f"linkability {count}"] = (one, {"n_jobs": 1})
    for secret in plan["secrets"]:
        aux = [name for name in original.columns if name != secret]
        one = InferenceEvaluator(
            **tables, aux_cols=aux, secret=secret, regression=pd.api.types.is_numeric_dtype(original[secret])
        )
        runs[f"inference {secret}"] = (one, {"n_jobs": 1})
    return {name: _run(one, how) for name, (one, how) in runs.items()}


def _run(evaluator: Any, how: dict[str, Any]) -> dict[str, Any]:
    start = time.process_time()
    evaluator.evaluate(**how)
    seconds = time.process_time() - start
    found, risk = evaluator.results(), evaluator.risk()
    return {
        "main": int(found.n_success),
        "baseline": int(found.n_baseline),
        "control": float(found.n_control),
        "risk": float(risk.value),
        "lo": float(risk.ci[0]),
        "hi": float(risk.ci[1]),
        "seconds": seconds,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
