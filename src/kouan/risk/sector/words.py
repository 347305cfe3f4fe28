"""What is said of a sector's tables."""

from __future__ import annotations

from kouan.model.text import Text

TEST = Text(zh="检查项目", en="test")
BASELINE = Text(zh="基线", en="baseline")
AFTER = Text(zh="基线后", en="after baseline")
AGREEMENT = Text(zh="记录的研究日与日期推算的", en="recorded study day and what the dates come to")
PERSONS_TABLE = Text(zh="受试者表中的项，或者各表相连的编号", en="items of the table of persons, or what joins it")
DAY_NOTE = Text(
    zh="按参照日期（第 1 日）重新推算每个日期的研究日，逐日比较；日期不全的推算不出",
    en="the study day of every date is worked out again from the reference date (day 1), and compared day by day;"
    " partial dates leave it open",
)
UNITS = {
    "rows": Text(zh="条", en="rows"),
    "persons": Text(zh="人（每格各计一次）", en="persons (once in each cell)"),
    "days": Text(zh="天", en="days"),
}
STATEMENTS = {
    "unchanged": Text(zh="与原始数据逐格相同（{cells} 格）。", en="The same as in the raw data in all {cells} cells."),
    "held": Text(
        zh="{cells} 格中 {changed} 格不同，共少 {lost} {unit}；全部来自未出境的记录，出境的记录逐格相同。",
        en="{changed} of {cells} cells differ, {lost} {unit} fewer; all of it comes from records that stayed here, and"
        " those that leave are the same in every cell.",
    ),
    "differs": Text(
        zh="{cells} 格中 {changed} 格不同：减少的格共少 {lost} {unit}，增加的格共多 {gained} {unit}。",
        en="{changed} of {cells} cells differ: {lost} {unit} fewer in some, {gained} more in others.",
    ),
    "lost": Text(
        zh="处理后得不出这张表：出境的数据里没有 {items}。",
        en="The treated data do not give this table: they no longer hold {items}.",
    ),
}
