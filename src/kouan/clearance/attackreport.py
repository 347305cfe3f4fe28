"""A report of `kouan attack` that a team brings along: about which table of the folder, and whether it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.clearance.attackcheck import adds_up
from kouan.model.attacks import AttackReport
from kouan.model.files import read_envelope

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.certifying import Evaluated

_CONTROL = "control"


def own_report(path: Path, found: Evaluated) -> AttackReport:
    """Return a report, its tables named as the folder names them.

    The names in the file are the attacker's paths; they say nothing that can be checked, and where the data lie on
    somebody's machine is nobody's business.

    Raises:
        KouanError: K-CLR-128 (not of a source and what was made of it, or of no table there), K-CLR-230 (its figures
            contradict each other), K-MOD-….
    """
    document = read_envelope(path, AttackReport, kind="attacks")
    body, inputs = document.body, document.inputs
    raw = {one.name.removeprefix("source "): one.sha256 for one in found.sources}
    made = [file.source for file in found.staged if len(inputs) > 1 and inputs[1].sha256 == file.sha256]
    tables = {one.entity for one in found.risk.tables}
    for source in made:
        named = f"{source}!{body.treated.removeprefix(f'{inputs[1].name}!')}"
        if inputs[0].sha256 == raw.get(source) and named in tables:
            if not (body.rows and all(map(adds_up, body.results))):
                raise messages.ATTACKS_CONTRADICT.at(str(path))
            control = None if body.control is None else _CONTROL
            return body.model_copy(update={"original": named, "treated": named, "control": control})
    raise messages.OTHER_ATTACKS.at(str(path))
