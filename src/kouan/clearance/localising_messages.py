"""Words of local recoding."""

from __future__ import annotations

from kouan.model.text import Text

_SOURCE = "GB/T 37964-2019"
WHY_MONDRIAN = {
    kind: Text(
        zh=f"局部泛化：把表切成尽量小而仍达到要求的组，本项写成所在组的{zh}；怎样切分逐行写在文件里"
        f"（Mondrian；{_SOURCE} 附录 A 泛化）",
        en=f"local recoding: the table is cut into classes as small as the models allow, and this item becomes {en};"
        f" the file says how, line by line (Mondrian; {_SOURCE} annex A, generalisation)",
    )
    for kind, (zh, en) in {
        "number": ("数值范围", "the range of its class"),
        "date": ("日期范围", "the range of dates of its class"),
        "values": ("几种取值", "the set of values of its class"),
        "hierarchy": ("上级", "the group of its class in the hierarchy"),
    }.items()
}
WHY_CELLS = Text(
    zh=f"全表泛化到第 {{level}} 级（0 级为原值），所在组达不到要求的行再抹去最少的单元格；抹去哪些逐行写在文件里"
    f"（{_SOURCE} 附录 A 抑制、泛化）",
    en="level {level} for all rows (0: the value itself), and in rows whose class would fail the fewest cells are"
    f" emptied; the file says which, line by line ({_SOURCE} annex A, suppression and generalisation)",
)
