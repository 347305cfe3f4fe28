"""`kouan verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.verify import Verified, verify_folder
from kouan.cli.terminal import console, plain, print_json
from kouan.evidence import TrustStore
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify a folder with the keys of `--trust`, or else of the verifier's own trust store."""
    paths = [Path(word) for word in arguments.trust]
    trust = TrustStore.load(*paths) if paths else TrustStore.of_home(settings.home)
    result = verify_folder(Path(arguments.folder), trust)
    if arguments.json:
        print_json(_summary(result))
    else:
        _show(result, settings.lang)
    return int(result.status)


def _summary(result: Verified) -> dict[str, object]:
    return {
        "verified": not result.problems,
        "files": result.files,
        "signer": result.signer,
        "replayed": len(result.decisions),
        "foreign_packs": list(result.foreign_packs),
        "problems": [{"code": one.code, "where": one.where, "what": one.what.model_dump()} for one in result.problems],
    }


def _show(result: Verified, lang: str) -> None:
    out = console()
    if result.problems:
        for problem in result.problems:
            out.print(f"✗ {problem.code} {plain(problem.where)}: {plain(problem.what.of(lang))}", style="red")
        bad = Text(
            zh="核验失败：{count} 处问题。不要采信该文件夹。",
            en="verification failed: {count} problems. Do not rely on it.",
        )
        out.print(plain(bad.fill(count=len(result.problems)).of(lang)), style="bold red")
        return
    good = Text(
        zh="核验通过：{files} 个文件与封存时一致，由受信任的密钥 {signer} 签署，{replayed} 份决定推演一致。",
        en="verified: {files} files are as sealed, signed by the trusted key {signer}, {replayed} decisions replayed.",
    )
    filled = good.fill(files=result.files, signer=result.signer, replayed=len(result.decisions))
    out.print(plain(filled.of(lang)), style="bold green")
    if result.foreign_packs:
        note = Text(
            zh="注意：规则包 {names} 不是本机 Kouan 自带的版本；推演一致只说明结论出自这些规则包，规则本身请另行核对。",
            en="Note: the packs {names} are not those of this Kouan. The decision follows from them; whether they "
            "state the law is yours to check.",
        ).fill(names=", ".join(result.foreign_packs))
        out.print(plain(note.of(lang)), style="yellow")
