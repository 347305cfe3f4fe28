"""Wordings of notes: damage and oddities of a file, and what its writer cannot keep."""

from __future__ import annotations

from kouan.model.text import Text, same

NO_ROWS = Text(zh="表“{table}”只有表头，没有数据行。", en="Table “{table}” has a header and no rows.")
NO_HEADER = Text(
    zh="表“{table}”没有表头，各列依次命名为 c1…c{count}。",
    en="Table “{table}” has no header; its columns are named c1…c{count}.",
)
UNNAMED = Text(
    zh="表“{table}”有 {count} 列没有列名，已按位置命名：{columns}。",
    en="Table “{table}”: {count} columns without a name are named by position: {columns}.",
)
DUPLICATE = Text(
    zh="表“{table}”有 {count} 个重复列名，已加序号区分：{columns}。",
    en="Table “{table}”: {count} repeated column names got a number: {columns}.",
)
TIDIED = Text(
    zh="表“{table}”有 {count} 个列名含多余空白，读取时已去除。",
    en="Table “{table}”: spare white space was removed from {count} column names.",
)
BLANK_LINES = Text(
    zh="有 {count} 个空行，不是数据，写回时不保留。",
    en="{count} blank lines are not data and are not written back.",
)
ODD_QUOTES = Text(
    zh="引号个数为奇数，可能有引号没有闭合，请核对末尾几行。",
    en="The number of quotation marks is odd; one may be unclosed: check the last rows.",
)
BACKSLASH = Text(
    zh='文件中有反斜杠加引号（\\"）；反斜杠按普通字符读取，引号以成对表示。',
    en='The file holds a backslash before a quote (\\"); a backslash is read as itself, a quote is doubled.',
)
MIXED_ENDINGS = Text(
    zh="文件混用多种换行符，写回时统一为 {ending}。",
    en="The file mixes line endings; {ending} is written throughout.",
)
QUOTES_MAY_DIFFER = Text(
    zh="写回 CSV 时，个别单元格外的引号可能增减，值不变。",
    en="Quotes around single CSV cells may come or go when written back; values stay.",
)
HEADER_RENAMED = Text(
    zh="列有增减，CSV 表头改用去重后的列名写出。",
    en="Columns were dropped or added, so the CSV header is written with the names made unique.",
)
PARQUET_METADATA = Text(
    zh="Parquet 文件级附加信息不保留：{keys}。",
    en="The Parquet file's own metadata is not carried over: {keys}.",
)
PARQUET_ENCODINGS = Text(
    zh="Parquet 的编码方式与行组边界可能与原文件不同，值与类型不变。",
    en="Parquet encodings and row group borders may differ from the original; values and types stay.",
)
DAMAGED_NUMBERS = Text(
    zh="表“{table}”的列“{column}”有 {count} 个数字超过 15 位有效数字，Excel 已丢失其末尾数位"
    "（常见于按数字存的证件号、卡号），无法恢复；请用文本格式重新导出。",
    en="Table “{table}”, column “{column}”: {count} numbers have more than 15 significant digits. Excel has lost their "
    "last digits (typical of ID or card numbers kept as numbers) for good; export them again as text.",
)
MIXED_TYPES = Text(
    zh="表“{table}”的以下列混有{kinds}，按文本读取和写回：{columns}。",
    en="Table “{table}”: these columns mix {kinds} and are read and written as text: {columns}.",
)
TITLE_ROWS = Text(
    zh="表“{table}”表头之上有 {count} 行标题或说明，不作为数据读取，也不写回。",
    en="Table “{table}”: {count} title rows above the header are not read as data and not written back.",
)
BLANK_ROWS = Text(zh="表“{table}”中有 {count} 个空行，已略去。", en="Table “{table}”: {count} empty rows are left out.")
EMPTY_SHEET = Text(zh="工作表“{table}”是空的。", en="Sheet “{table}” is empty.")
OTHER_SHEET = Text(
    zh="“{table}”不是数据表（图表、对话框或宏表），不读取，也不写回。",
    en="“{table}” is no data sheet (chart, dialog or macro); it is not read and not written back.",
)
HIDDEN_SHEET = Text(
    zh="工作表“{table}”是隐藏的，已照常读取。",
    en="Sheet “{table}” is hidden; it is read like any other.",
)
FORMULAS = Text(
    zh="有 {count} 个公式，读取的是其保存的计算结果。",
    en="{count} formulas: their stored results are read.",
)
ERROR_CELLS = Text(
    zh="有 {count} 个单元格是错误值（如 #N/A），按空值读取。",
    en="{count} cells hold an error (such as #N/A) and are read as empty.",
)
MERGED = Text(
    zh="有 {count} 处合并单元格，只有左上角一格有值，其余为空。",
    en="{count} merged areas: only the upper left cell has a value, the others are empty.",
)
HIDDEN_PARTS = Text(
    zh="有 {count} 处隐藏的行或列，已照常读取。",
    en="{count} hidden rows or column groups are read like any other.",
)
UNREAD_PARTS = Text(
    zh="工作簿还含有：{parts}；这些内容不读取、不检查，也不写回。",
    en="The workbook also holds {parts}; these are neither read nor examined nor written back.",
)
XLSX_LOST = Text(
    zh="写回 xlsx 时只保留工作表、表头和单元格的值与类型；样式、列宽、公式、合并、筛选、"
    "数据验证、批注、图表、宏、隐藏状态和文档属性不保留。",
    en="Written back, an xlsx keeps its sheets, headers, values and types; styles, widths, formulas, merges, filters, "
    "validations, comments, charts, macros, hidden states and document properties are not kept.",
)
XLSX_AS_TEXT = Text(
    zh="列“{column}”有值超出 Excel 的数字或日期范围，已按文本写出，以免失真。",
    en="Column “{column}” has values beyond Excel's numbers or dates; they are written as text to lose nothing.",
)
FILE_METADATA = Text(
    zh="{format} 文件级附加信息不保留：{keys}。",
    en="The {format} file's own metadata is not carried over: {keys}.",
)
ARROW_PLAIN = Text(
    zh="写回 Arrow 时，字典列和长字符串列改为普通字符串列，批次边界可能不同；值不变。",
    en="Written back, dictionary and large string columns of an Arrow file are plain strings; batches may have other "
    "borders; values stay.",
)
ARROW_NO_END = Text(
    zh="Arrow 流没有结束标记，可能被截断，请核对行数。",
    en="The Arrow stream has no mark of its end and may be cut off: check the number of rows.",
)
ORC_ENCODINGS = Text(
    zh="ORC 的编码方式与条带边界可能与原文件不同，值与类型不变。",
    en="ORC encodings and stripe borders may differ from the original; values and types stay.",
)
HIDDEN_FILES = Text(
    zh="有 {count} 个隐藏文件或系统文件未读取，也不写回：{files}。",
    en="{count} hidden or system files are neither read nor written back: {files}.",
)
SPECIAL_FILES = Text(
    zh="有 {count} 个管道、套接字、设备或失效的链接未读取：{files}。",
    en="{count} pipes, sockets, devices or dead links are not read: {files}.",
)
LINKED = Text(
    zh="有 {count} 个符号链接未跟随（指向目录，或所指文件已按原名读取）：{files}。",
    en="{count} symbolic links are not followed (to folders, or to files read under their own names): {files}.",
)
DEFINITION = Text(
    zh="{files} 是对数据的说明（Define-XML），不作为数据读取，也不写回。",
    en="{files} describes the data (Define-XML); it is not read as data and not written back.",
)
UNREAD_MEMBER = Text(
    zh="有 {count} 个文件未能读取，未检查，也不写回；其余文件已读取。{code} {what}：{files}。",
    en="{count} files could not be read; they are neither examined nor written back, the others are. "
    "{code} {what}: {files}.",
)
ONE_TABLE = Text(
    zh="{count} 个文件的表列相同，合为表“{table}”：{files}。",
    en="The tables of {count} files have the same columns and are read as one table “{table}”: {files}.",
)
OF_FILES = Text(zh="{files}：{note}", en="{files}: {note}")
ARCHIVE_LOST = Text(
    zh="写回压缩包时保留文件名和内容；文件时间、属主、权限、注释和压缩级别不保留。",
    en="Written back, an archive keeps the names and contents of its files; times, owners, rights, comments and levels "
    "of compression are not kept.",
)
LEFT_OUT = Text(
    zh="有 {count} 个文件没有留下任何行，整个文件不写出。",
    en="{count} files have no row left and are not written at all.",
)
XPORT_CUT = Text(
    zh="表“{table}”在一行中间结束：文件被截断，读到 {rows} 行为止，残缺的一行未读取，也不写回。",
    en="Table “{table}” ends inside a row: the file was cut. {rows} rows were read; the broken one is neither read nor "
    "written back.",
)
XPORT_LATIN = Text(
    zh="字符变量既不是 UTF-8 也不是 GB18030，暂按 Latin-1 读取；请用 encoding 指明真实编码。",
    en="Character variables are neither UTF-8 nor GB18030 and are read as Latin-1; state the true encoding with "
    "`encoding`.",
)
XPORT_BROKEN_TEXT = Text(
    zh="有 {count} 个字符不完整（多因变量长度按字节截断），读作 �；未处理的值按原字节写回。",
    en="{count} characters are broken, most often cut off by a variable's length in bytes; they read as �. Untreated "
    "values are written back byte for byte.",
)
XPORT_NOT_DATES = Text(
    zh="表“{table}”的以下变量带日期格式，但有值不是整日或超出 1582—9999 年，按数值读取：{columns}。",
    en="Table “{table}”: these variables have a date format but hold numbers that are no whole day or lie outside the "
    "years 1582 to 9999; they are read as numbers: {columns}.",
)
XPORT_HIDDEN = Text(
    zh="表“{table}”有 {count} 个变量的说明记录在保留字节里含有内容；不读取，也不写回。",
    en="Table “{table}”: the records of {count} variables hold something in reserved bytes; it is neither read nor "
    "written back.",
)
XPORT_AS_TEXT = Text(
    zh="表“{table}”的以下数值变量处理后成为字符变量，其 SAS 格式不再适用：{columns}。",
    en="Table “{table}”: these numeric variables are text after treatment and lose their SAS formats: {columns}.",
)
XPORT_LAST_BLANK = Text(
    zh="表“{table}”最后 {count} 行没有任何内容，与 SAS 传输文件的填充无法区分，读取方看不到这些行。",
    en="Table “{table}”: its last {count} rows are empty. A SAS transport file cannot tell them from padding, so "
    "readers will not see them.",
)

PART_NAMES = {
    "macros": Text(zh="宏", en="macros"),
    "comments": Text(zh="批注", en="comments"),
    "pivots": Text(zh="数据透视表缓存（含原始数据副本）", en="pivot caches (copies of source data)"),
    "images": Text(zh="图片或绘图", en="images or drawings"),
    "embedded": Text(zh="嵌入的文件", en="embedded files"),
    "links": Text(zh="外部链接", en="external links"),
    "connections": Text(zh="数据连接", en="data connections"),
    "header_footer": Text(zh="页眉页脚", en="page headers and footers"),
}


def listed(values: list[str], most: int = 8) -> Text:
    """Return names as one Text, at most `most` of them."""
    rest = len(values) - most
    shown = values[:most]
    if rest <= 0:
        return Text(zh="、".join(shown), en=", ".join(shown))
    return Text(zh="、".join(shown) + f" 等 {len(values)} 项", en=", ".join(shown) + f" and {rest} more")


def joined(parts: list[Text]) -> Text:
    """Return Texts as one enumeration."""
    return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts)) if parts else same("")
