"""The log and the keys under kill -9, several processes at once, and a disk that takes no more."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from kouan.evidence.audit import audit_log
from kouan.evidence.keystore import FileKeyStore
from kouan.evidence.log import Log
from kouan.evidence.tilefiles import TileFiles
from kouan.evidence.tlog.proofs import consistency_proof, verify_consistency
from tests.support_evidence import make_home

ROOT = Path(__file__).parents[2]
APPEND = """
import sys
from pathlib import Path
from kouan.evidence.log import Log
from kouan.evidence.signing import open_signer
home = Path(sys.argv[1])
log = Log.open(home / "log", open_signer(home, create=False))
for at in range(int(sys.argv[2])):
    print(log.append(b"%s %d" % (sys.argv[3].encode(), at)).index, flush=True)
"""
KEY = """
import sys
from pathlib import Path
from kouan.evidence.keystore import FileKeyStore
from kouan.evidence.signing import open_signer
home = Path(sys.argv[1])
sys.stdin.readline()
print(FileKeyStore.open(home, create=True).fingerprint("x"), open_signer(home, create=True).verifier.vkey)
"""
LIMITED = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (250, 250))\n" + APPEND


def start(code, *args, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, **options)


def test_a_log_survives_kill_9_at_any_moment(tmp_path):
    home = make_home(tmp_path)
    chance = random.Random(9)
    receipted, before = -1, home.log._read_checkpoint()
    for _ in range(8):
        process = start(APPEND, tmp_path, 10_000, "x")
        receipted = int(process.stdout.readline())
        time.sleep(chance.uniform(0, 0.06))
        process.send_signal(signal.SIGKILL)
        rest = process.communicate()[0].split("\n")[:-1]
        receipted = max([receipted, *map(int, rest)])
        log = Log.open(home.log.directory, home.signer)
        after = audit_log(home.log.directory, home.trust)
        assert after.size > receipted, "what was receipted is there"
        proof = consistency_proof(before.size, after.size, node=TileFiles(log.directory, after.size).node)
        assert verify_consistency(before.size, after.size, old_root=before.root, new_root=after.root, proof=proof)
        before = after
    assert log.append(b"afterwards").holds()


def test_two_processes_append_in_turn(tmp_path):
    home = make_home(tmp_path)
    processes = [start(APPEND, tmp_path, 40, name) for name in ("a", "b")]
    indices = [int(line) for process in processes for line in process.communicate(timeout=60)[0].split()]
    assert sorted(indices) == list(range(80))
    assert audit_log(home.log.directory, home.trust).size == 80


def test_processes_that_create_keys_at_once_end_with_one(tmp_path):
    processes = [start(KEY, tmp_path / "home", stdin=subprocess.PIPE) for _ in range(4)]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = {process.communicate(timeout=60)[0] for process in processes}
    assert all(process.returncode == 0 for process in processes)
    (output,) = outputs
    assert output.split()[0] == FileKeyStore.open(tmp_path / "home", create=False).fingerprint("x")
    assert sorted(path.name for path in (tmp_path / "home" / "keys").iterdir()) == ["root.key", "signing.key"]


def test_a_process_that_may_write_no_more_leaves_the_log_as_it_was(tmp_path):
    home = make_home(tmp_path)
    process = start(LIMITED, tmp_path, 100, "x", stderr=subprocess.PIPE)
    output, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "K-EVI-014" in error
    size = audit_log(home.log.directory, home.trust).size
    assert size == len(output.split()) > 0
    assert home.log.append(b"afterwards").index == size
