"""Evidence that strangers can check: keys, the transparency log, sealed folders, labels (DESIGN 4.5, 4.6)."""

from __future__ import annotations

from kouan.evidence.check import FolderCheck, check_folder
from kouan.evidence.keystore import FileKeyStore
from kouan.evidence.label import Claims, write_label
from kouan.evidence.log import Log
from kouan.evidence.seal import Sealed, seal
from kouan.evidence.signing import open_signer, vkey_path
from kouan.evidence.trust import TrustStore

__all__ = [
    "Claims",
    "FileKeyStore",
    "FolderCheck",
    "Log",
    "Sealed",
    "TrustStore",
    "check_folder",
    "open_signer",
    "seal",
    "vkey_path",
    "write_label",
]
