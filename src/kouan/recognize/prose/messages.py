"""Errors of finding things in texts."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

MODEL_MISSING = Message(
    code="K-REC-009",
    what=Text(
        zh="没有安装识别文本中人名、地名和机构名的模型",
        en="The model that names persons, places and organisations in texts is not installed",
    ),
    why=Text(
        zh="指定了使用模型；缺少模型时只能按规则识别，漏掉的人名会更多，因此不悄悄改用规则。",
        en="The model was asked for; rules alone miss more names, so they do not quietly take its place.",
    ),
    fix=Text(
        zh='运行 pip install "kouan[text]"（模型随安装包提供，运行时不联网），或不再指定模型。',
        en='Run pip install "kouan[text]" (the model lies in the package; nothing is fetched later), or do not ask for '
        "the model.",
    ),
)
