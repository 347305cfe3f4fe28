"""Evidence that strangers can check: keys, the transparency log, sealed folders, labels (DESIGN 4.5, 4.6)."""

from kouan.evidence.audit import audit_log
from kouan.evidence.check import FolderCheck, check_folder
from kouan.evidence.keystore import FileKeyStore
from kouan.evidence.label import Claims, Label, verify_label, write_label
from kouan.evidence.log import Log
from kouan.evidence.sealing import Sealed, hash_folder, seal
from kouan.evidence.signing import open_signer, vkey_path
from kouan.evidence.trust import TrustStore

__all__ = [
    "Claims",
    "FileKeyStore",
    "FolderCheck",
    "Label",
    "Log",
    "Sealed",
    "TrustStore",
    "audit_log",
    "check_folder",
    "hash_folder",
    "open_signer",
    "seal",
    "verify_label",
    "vkey_path",
    "write_label",
]
