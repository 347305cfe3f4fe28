"""Writing a draft: a pack folder whose list has status draft, with everything that was printed beside it."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kouan.model.files import sync_directory, write_new
from kouan.packs import messages

if TYPE_CHECKING:
    from kouan.packs.drafting.drafts import Draft

_WIDE = 110
_DRAFT = """\
# DRAFT, read by software from {source}
# ({digest}).
# It decides nothing while pack.yaml says status: draft. Compare every entry with printed/rows.yaml and the official
# text, write scope, dates, translations, meanings and what is free under the measures (then remove mechanism: true),
# and set status to in_force and confidence to what you confirmed.
# 草稿：由软件读出，pack.yaml 的 status 为 draft 期间不参与任何判断。请对照 printed/rows.yaml 和官方文本逐条核对，
# 填写适用范围、日期、译文、meanings 和依管理办法免予办理的结果（随后删去 mechanism: true），再把 status 改为 in_force，
# 把 confidence 改为确认的程度。
"""


def write_draft(draft: Draft, folder: Path, *, source: str, digest: str) -> None:
    """Write `pack.yaml`, `list.yaml` and `printed/rows.yaml` into a new folder; nothing is half-written.

    Raises:
        KouanError: K-PCK-072.
    """
    if os.path.lexists(folder):
        raise messages.DRAFT_EXISTS.at(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    begun = f".{folder.name}.draft-"
    for left in folder.parent.glob(glob.escape(begun) + "*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=begun, dir=folder.parent))
    try:
        # A name of a file can hold what ends a line of YAML, and with it the comment.
        head = _DRAFT.format(source="".join(one if one.isprintable() else " " for one in source), digest=digest)
        (made / "printed").mkdir()
        _write(made / "printed" / "rows.yaml", _yaml(_printed(draft, source, digest)))
        _write(made / "list.yaml", head + _yaml(draft.body))
        # Last: without it, what a killed run leaves is no pack to anybody.
        _write(made / "pack.yaml", _yaml(_head(draft)))
        made.chmod(0o755)
        _move(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _write(path: Path, text: str) -> None:
    write_new(path, text.encode(), mode=0o644)


def _move(made: Path, folder: Path) -> None:
    """Give a folder its name unless another run was faster."""
    sync_directory(made)
    try:
        made.rename(folder)
    except OSError as error:
        if error.errno in {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}:
            raise messages.DRAFT_EXISTS.at(str(folder)) from None
        raise
    sync_directory(folder.parent)


def _head(draft: Draft) -> dict[str, Any]:
    body = draft.body
    return {
        "id": f"draft.{body['id']}",
        "version": "0.1.0",
        "status": "draft",
        "title": body["title"],
        "list": body["id"],
        "instruments": {
            "LIST": {
                "title": body["title"],
                "rank": "normative",
                "edition": body["edition"],
                "status": "draft",
                "in_force": body["in_force"]["from"],
            }
        },
    }


def _printed(draft: Draft, source: str, digest: str) -> dict[str, Any]:
    reading = draft.reading
    return {
        "source": source,
        "sha256": digest,
        "tables": [
            {"table": one.place, "title": one.title, "rows": one.rows, "columns": one.columns} for one in reading.sheets
        ],
        "unread": [{"row": one.place, "zh": one.why.zh, "en": one.why.en} for one in draft.unread],
        "open_lists": draft.open_lists,
        "notes": reading.notes,
        "paragraphs": reading.paragraphs,
        "rows": [
            {
                "row": row.places[0],
                **({"with": row.places[1:]} if len(row.places) > 1 else {}),
                "as": row.sort,
                **({"number": row.number} if row.number is not None else {}),
                "sector": row.sector,
                "table": row.table,
                "printed": row.raw,
            }
            for row in reading.rows
        ],
    }


def _yaml(value: dict[str, Any]) -> str:
    text: str = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_WIDE)
    return text


class _Plain(yaml.SafeDumper):
    """Writes a value again where it stands twice: our own reader refuses aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True
