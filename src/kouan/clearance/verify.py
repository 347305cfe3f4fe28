"""`kouan verify`: files, receipt and signature as sealed; then everything replayed that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.replay import Replayed, replay
from kouan.evidence import check_folder
from kouan.model.errors import Exit, KouanError
from kouan.packs import builtin_root, load_packs, load_purposes

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.evidence import FolderCheck, TrustStore
    from kouan.model.decision import Decision


@dataclass(frozen=True, slots=True)
class Verified:
    """Result of a verification.

    Attributes:
        problems: everything that is wrong, each naming its file; empty means the folder is as it was sealed.
        files: number of files checked.
        signer: name of the trusted key that signed, or an empty text.
        check: what the seal's check found.
        documents: what the replay read, each file checked against the seal.
    """

    problems: tuple[KouanError, ...]
    files: int
    signer: str
    check: FolderCheck
    documents: Replayed

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were replayed."""
        pair = self.documents.decisions
        return () if pair is None else tuple(filter(None, (pair.original, pair.treated)))

    @property
    def foreign_packs(self) -> tuple[str, ...]:
        """Packs, as `id version`, that are not byte for byte those of the verifier's own Kouan.

        A replay with them shows that the decision follows from them, not that they state the law.
        """
        own = set(load_packs(builtin_root()).refs) | {one.ref for one in load_purposes()}
        used = dict.fromkeys(ref for decision in self.decisions for ref in decision.packs)
        necessity = self.documents.necessity
        if necessity is not None:
            used |= dict.fromkeys(ref for ref in (necessity.purpose, necessity.replaces) if ref is not None)
        return tuple(f"{ref.id} {ref.version}" for ref in used if ref not in own)

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
    problems = check.all_problems
    done = Replayed()
    if not problems:
        try:
            done = replay(check)
        except OSError:
            problems = (messages.DECISION_DIFFERS.at(str(folder)),)
        except KouanError as error:
            problems = (error,)
    return Verified(
        problems=problems + done.problems,
        files=sum(len(one.manifest.files) for one in (check, *check.inner) if one.manifest is not None),
        signer=check.signed_by.label if check.signed_by is not None else "",
        check=check,
        documents=done,
    )
