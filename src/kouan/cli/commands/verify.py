"""`kouan verify`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.alongside import lay_alongside
from kouan.clearance.attack_messages import ATTACKS_OTHER
from kouan.clearance.attackcheck import attack_again
from kouan.clearance.inspectcheck import raw_as_said
from kouan.clearance.messages import LAW_DEPARTS
from kouan.clearance.ownlaw import KnownLaw
from kouan.clearance.treatcheck import treat_again
from kouan.clearance.utility_messages import UTILITY_OTHER
from kouan.clearance.utilitycheck import utility_again
from kouan.clearance.verify import Verified, verify_folder
from kouan.clearance.verify_messages import CLASS_PERSONS_OTHER, TREATED_OTHERWISE
from kouan.cli.show import show_overrides
from kouan.cli.terminal import console, plain, print_json
from kouan.evidence import TrustStore
from kouan.model.errors import KouanError
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_ATTACKED = Text(
    zh="用处理前的数据重做了攻击：{count} 张表的结果与 attacks.json 相同。",
    en="attacked again with the data before treatment: {count} tables come to the figures of attacks.json.",
)
_TREATED = Text(
    zh="按方案重新处理了处理前的数据：{same} 项逐行相同；{left} 项须用密钥或者由其他版本清除标识，没有比较。",
    en="treated again by the plan: {same} items are the same row by row; {left} take the key, or were scrubbed by"
    " another edition, and were not compared.",
)
_COMPARED = {
    True: Text(
        zh="用处理前的数据重新比较了可用性：与 utility.json 相同。",
        en="compared again with the data before treatment: the figures are those of utility.json.",
    ),
    False: Text(
        zh="没有重新比较可用性，也没有重做攻击：抽取了哪些人，只有办理方的密钥说得出，而它不在本机。",
        en="utility was not compared and nothing was attacked again: only the exporter's key says which persons were"
        " drawn, and it is not here.",
    ),
}
_CERTIFICATE = Text(
    zh="封存无误：证书的 {files} 个文件与出具时一致，由受信任的密钥 {signer} 签署。数据没有复算："
    "kouan certificates --check 编号 --folder 办理文件夹。",
    en="sealed: the {files} files of the certificate are as issued, signed by the trusted key {signer}. The data were "
    "not measured: kouan certificates --check NUMBER --folder FOLDER does.",
)
_OTHER_EDITION = Text(
    zh="注意：规则包 {names} 不是本机 Kouan 自带的版本（“-”为缺少）；按本机的规则包，结论、条件、义务和必要性相同。",
    en="Note: the packs {names} are not those of this Kouan (-: not in the folder). By this Kouan's own packs the "
    "result, its conditions, duties and necessity are the same.",
)
_OTHER_PAPERS = Text(
    zh="注意：{names} 没有核对：文件夹写明由 {tool} 封存，本机的版本生成的不同。请以其他文件为准，或者用该版本核验。",
    en="Note: {names} were not compared: {tool} is said to have sealed the folder, and this edition makes them "
    "otherwise. Rely on the other documents, or verify with that edition.",
)
_OWN_RULES = Text(
    zh="注意：风险结论按封存人自己的阈值（{edition}）得出，不是本机 Kouan 所知的版本；"
    "按本机的阈值，分级和各项结论相同。",
    en="Note: the verdicts were measured by rules of its maker ({edition}), which this Kouan does not know. By its own "
    "thresholds grade and outcomes are the same.",
)
_EDITION = Text(
    zh="注意：证书由另一版本（{tool}）出具，Word 证书和各项要求没有与本版本核对；以 certificate.json 为准。",
    en="Note: another edition ({tool}) issued it; its Word documents and requirements were not compared. Go by"
    " certificate.json.",
)
_ADDED = Text(
    zh="注意：办理方另加了规则包 {names}；其内容由办理方负责，请另行核对。",
    en="Note: the exporter added the packs {names}; what they say is the exporter's and yours to check.",
)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify a folder with the keys of `--trust`, or else of the verifier's own trust store."""
    paths = [Path(word) for word in arguments.trust]
    trust = TrustStore.load(*paths) if paths else TrustStore.of_home(settings.home)
    known = KnownLaw.of(*map(Path, arguments.known_packs))
    folder = Path(arguments.folder)
    result = verify_folder(folder, trust, known)
    again = compared = treated = None
    if arguments.raw and not result.problems:
        try:
            found = raw_as_said(folder, Path(arguments.raw), settings, sealed_with=result.sealed_with)
            result = replace(result, problems=tuple(found))
            made = lay_alongside(folder, Path(arguments.raw), settings)
            treated = treat_again(made, settings, sealed_with=result.sealed_with)
            compared = utility_again(made, threads=settings.threads)
            again = attack_again(made) if compared else None
        except KouanError as error:
            if error.message not in {ATTACKS_OTHER, UTILITY_OTHER, CLASS_PERSONS_OTHER, TREATED_OTHERWISE}:
                raise
            result = replace(result, problems=(*result.problems, error))
    if arguments.json:
        attacks: dict[str, object] = {}
        if compared is not None:
            attacks = {
                "attacked_again": 0 if again is None else len(again.tables),
                "compared_again": compared,
                "treated_again": 0 if treated is None else treated.same,
            }
        print_json(_summary(result) | attacks)
    else:
        _show(result, settings.lang)
        if treated is not None and not result.problems:
            told = _TREATED.fill(same=treated.same, left=treated.left)
            console().print(plain(told.of(settings.lang)), style="bold green")
        if compared is not None and not result.problems:
            style = "bold green" if compared else ""
            console().print(plain(_COMPARED[compared].of(settings.lang)), style=style)
        if again is not None:
            console().print(plain(_ATTACKED.fill(count=len(again.tables)).of(settings.lang)), style="bold green")
    return int(result.status)


def _summary(result: Verified) -> dict[str, object]:
    return {
        "verified": not result.problems,
        "files": result.files,
        "signer": result.signer,
        "replayed": len(result.decisions),
        "foreign_packs": list(result.foreign_packs),
        "foreign_thresholds": result.foreign_thresholds,
        "papers_not_compared": list(result.papers_of_another_edition),
        "user_packs": list(result.user_packs),
        "overrides": [one.model_dump(mode="json") for one in result.overrides],
        "problems": [{"code": one.code, "where": one.where, "what": one.what.model_dump()} for one in result.problems],
    }


def _show(result: Verified, lang: str) -> None:
    out = console()
    if result.problems:
        for problem in result.problems:
            out.print(f"✗ {problem.code} {plain(problem.where)}: {plain(problem.what.of(lang))}", style="red")
            if problem.message is LAW_DEPARTS:  # the others mean one thing: ask for the original
                out.print(f"  {plain(problem.why.of(lang))}\n  {plain(problem.fix.of(lang))}")
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
    if result.is_certificate:
        good = _CERTIFICATE
    filled = good.fill(files=result.files, signer=result.signer, replayed=len(result.decisions))
    out.print(plain(filled.of(lang)), style="bold green")
    if result.other_edition:
        out.print(plain(_EDITION.fill(tool=result.other_edition).of(lang)), style="yellow")
    if result.foreign_packs:
        names = ", ".join(result.foreign_packs)
        out.print(plain(_OTHER_EDITION.fill(names=names).of(lang)), style="yellow")
    if result.foreign_thresholds:
        out.print(plain(_OWN_RULES.fill(edition=result.foreign_thresholds).of(lang)), style="bold yellow")
    if result.papers_of_another_edition:
        names = ", ".join(result.papers_of_another_edition)
        filled = _OTHER_PAPERS.fill(names=names, tool=result.sealed_with)
        out.print(plain(filled.of(lang)), style="bold yellow")
    if result.user_packs:
        out.print(plain(_ADDED.fill(names=", ".join(result.user_packs)).of(lang)), style="yellow")
    show_overrides(out, result.overrides, lang)
