"""The gate before release, as papers: conditions in their two tracks, and what the ledger of consents says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier import terms
from kouan.dossier.articles import citation
from kouan.dossier.papers import CONSENT_FILE
from kouan.dossier.sheets import line
from kouan.model.decision import Pathway, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.consent import Consent
    from kouan.model.decision import Condition, Decision

CONDITIONS_FILE = "conditions.md"
_COLUMNS = (
    "处理前数据中的人数",
    "有效的单独同意",
    "已撤回",
    "没有同意",
    "不满十四周岁而缺监护人同意",
    "载有告知文本版本或者证据摘要",
)

__all__ = ["CONDITIONS_FILE", "CONSENT_FILE", "by_track", "conditions_markdown", "consent_markdown"]


def by_track(conditions: Iterable[Condition]) -> tuple[tuple[Track, tuple[Condition, ...]], ...]:
    """Return the conditions in their tracks, export first; a track without conditions is left out."""
    every = tuple(conditions)
    groups = ((track, tuple(one for one in every if one.track is track)) for track in Track)
    return tuple((track, group) for track, group in groups if group)


def conditions_markdown(decision: Decision) -> str:
    """Return the conditions of release as a form to fill in, one part for each track."""
    lines = ["# 放行条件确认表", "", f"- 办理日：{decision.as_of:%Y-%m-%d}"]
    if Pathway.PROHIBITED in decision.options:
        return "\n".join([*lines, "", "本次不得出境，不作放行。", ""])
    lines += ["- 两组条件全部确认后方可放行。", ""]
    groups = by_track(decision.conditions)
    if not groups:
        lines += ["没有须确认的条件。", ""]
    for track, conditions in groups:
        lines += [
            f"## {terms.TRACK[track].zh}",
            "",
            "| 条件 | 编号 | 须填写 | 依据 | 可信度 | 确认内容 | 确认人、日期 |",
            "|---|---|---|---|---|---|---|",
        ]
        for one in conditions:
            only = "、".join(terms.PATHWAY[path].zh for path in one.pathways)
            label = one.label.zh + (f"（限{only}）" if only else "")
            cells = (label, one.id, one.ask.zh, citation(one.source).zh, one.source.confidence, "", "")
            lines.append("| " + " | ".join(line(cell) for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def consent_markdown(consent: Consent) -> str:
    """Return the numbers of the ledger of consents as the self-assessment and the statement under Art 39 use them."""
    roles = "、".join(terms.subject(role).zh for role in consent.applies_to) or "全部个人"
    numbers = (
        consent.persons, consent.standing, consent.withdrawn,
        consent.absent, consent.guardian_missing, consent.evidenced,
    )  # fmt: skip
    lines = [
        "# 单独同意情况汇总",
        "",
        f"- 台账：{line(consent.ledger)}（{consent.rows:,} 行，SHA-256 {consent.sha256.removeprefix('sha256:')}）",
        f"- 核对日期：{consent.as_of:%Y-%m-%d}",
        f"- 以同意为依据的主体：{roles}",
        f"- 境外接收方：{line('、'.join(consent.recipients))}",
        "",
        "| " + " | ".join(_COLUMNS) + " |",
        "|---|---|---|---|---|---|",
        "| " + " | ".join(f"{number:,}" for number in numbers) + " |",
        "",
        "没有有效单独同意的人的数据已扣留，没有进入待放行的数据：",
        "",
        "| 来源 | 表 | 行（条） | 扣留 | 其中未写明是谁 |",
        "|---|---|---|---|---|",
    ]
    for one in consent.tables:
        cells = (line(one.source), line(one.entity), f"{one.rows:,}", f"{one.held:,}", f"{one.nameless:,}")
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "人数由识别个人的数据项与台账逐人比对得出；比对只用加密摘要，本文不含任何个人的标识。", ""]
    return "\n".join(lines)
