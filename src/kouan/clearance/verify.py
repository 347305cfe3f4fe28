"""`kouan verify`: files, receipt and signature as sealed; then the decision replayed from the packs in the folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.evidence import check_folder
from kouan.law import decide
from kouan.model.decision import Decision, DecisionPair
from kouan.model.errors import Exit, KouanError
from kouan.model.files import read_document
from kouan.packs import load_packs

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.evidence import TrustStore


@dataclass(frozen=True, slots=True)
class Verified:
    """Result of a verification.

    Attributes:
        problems: everything that is wrong, each naming its file; empty means the folder is as it was sealed.
        files: number of files checked.
        signer: name of the trusted key that signed, or an empty text.
        replayed: decisions that were replayed and agree.
    """

    problems: tuple[KouanError, ...]
    files: int
    signer: str
    replayed: int

    @property
    def status(self) -> Exit:
        """0 or 5."""
        return Exit.VERIFICATION_FAILED if self.problems else Exit.OK


def verify_folder(folder: Path, trust: TrustStore) -> Verified:
    """Verify a clearance folder offline.

    Args:
        folder: what `kouan clear` (and perhaps `kouan release`) left.
        trust: keys that the verifier trusts; a key inside the folder proves nothing.

    Raises:
        KouanError: K-CLR-020 when it is no clearance folder at all.
    """
    if not folder.is_dir() or not (folder / "manifest.json").exists():
        raise messages.NOT_A_CLEARANCE.at(str(folder), missing="manifest.json")
    check = check_folder(folder, trust)
    problems = list(check.all_problems)
    replayed = 0
    if not problems:
        try:
            pair = read_document(folder / "decision.json", DecisionPair)
            for decision in filter(None, (pair.original, pair.treated)):
                problems += _replay(folder, decision)
                replayed += 1
        except KouanError:
            problems.append(messages.DECISION_DIFFERS.at("decision.json"))
    return Verified(
        problems=tuple(problems),
        files=sum(len(one.manifest.files) for one in (check, *check.inner) if one.manifest is not None),
        signer=check.signed_by.label if check.signed_by is not None else "",
        replayed=replayed,
    )


def _replay(folder: Path, decision: Decision) -> list[KouanError]:
    """Decide again from the recorded facts and the packs in the folder."""
    packs = load_packs(folder / "packs")
    if packs.refs != decision.packs or decide(decision.facts, packs) != decision:
        return [messages.DECISION_DIFFERS.at("decision.json")]
    return []
