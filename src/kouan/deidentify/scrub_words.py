"""Words by which identifiers are known in narratives."""

from __future__ import annotations

from kouan.model.text import Text

LABELS = {"email": Text(zh="电子邮箱", en="e-mail")}
