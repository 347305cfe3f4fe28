"""Progress on the terminal: bars where somebody looks, nothing where nobody does."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from kouan.model.ports import silent
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from kouan.model.ports import Progress

STAGES = {
    "declare": Text(zh="读取填报文件", en="read the declaration"),
    "packs": Text(zh="装入规则包", en="lay in the law packs"),
    "inspect": Text(zh="识别数据", en="recognise the data"),
    "consent": Text(zh="核对同意台账", en="compare the ledger of consents"),
    "plan": Text(zh="拟定处理方案", en="plan the treatment"),
    "treat": Text(zh="处理数据", en="treat the data"),
    "inspect-treated": Text(zh="复核处理后的数据", en="recognise the treated data"),
    "certificate": Text(zh="核对所依据的效果评估证书", en="check the certificate relied on"),
    "authority": Text(zh="核对授权范围", en="compare with the authorisation"),
    "decide": Text(zh="判断合规路径", en="decide the pathway"),
    "assess": Text(zh="评估重标识风险", en="assess the risk"),
    "attack": Text(zh="攻击处理后的数据", en="attack the treated data"),
    "dossier": Text(zh="准备材料", en="write the papers"),
    "report": Text(zh="生成报告", en="write the report"),
    "seal": Text(zh="封存证据", en="seal the evidence"),
}


@contextmanager
def progress_bar(lang: str, *, quiet: bool) -> Iterator[Progress]:
    """Yield a listener that draws on standard error when that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as display:
        yield _Bars(display, lang)


class _Bars:
    """One bar per stage of the journey; what a room tells of its batches moves the bar of the stage it works for."""

    def __init__(self, display: RichProgress, lang: str) -> None:
        self._display = display
        self._lang = lang
        self._tasks: dict[str, TaskID] = {}
        self._current: TaskID | None = None
        self._lock = Lock()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        with self._lock:
            if stage in STAGES:
                if stage not in self._tasks:
                    self._tasks[stage] = self._display.add_task(STAGES[stage].of(self._lang), total=total)
                self._current = self._tasks[stage]
            elif self._current is None:
                self._current = self._display.add_task(STAGES["inspect"].of(self._lang), total=total)
            self._display.update(self._current, completed=done, total=total)
