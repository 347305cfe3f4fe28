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
OF_TABLE = Text(zh="表“{table}”：{note}", en="Table “{table}”: {note}")
NO_DAYS = Text(
    zh="{count} 个日期不在公元 1 年至 9999 年之间（如 infinity），按空值读取：{columns}。",
    en="{count} dates outside the years 1 to 9999 (such as infinity) are read as empty: {columns}.",
)
NO_NUMBERS = Text(
    zh="{count} 个数值不是数（NaN、无穷），按空值读取：{columns}。",
    en="{count} numbers that are none (NaN, infinity) are read as empty: {columns}.",
)
BAD_LETTERS = Text(
    zh="{count} 个值不是 UTF-8，按 GB18030 读取，仍无效之处读作“�”：{columns}。",
    en="{count} values are no UTF-8; they are read as GB18030, and what is neither as “�”: {columns}.",
)
VIEWS = Text(
    zh="模式中有 {count} 个视图没有读取，其数据多半已在表中：{tables}；需要时单独写明。",
    en="{count} views of the schema were not read, as tables mostly hold their data: {tables}; name them if needed.",
)
NO_SNAPSHOT = Text(
    zh="表 {tables} 的存储引擎没有快照，读取期间若有写入，内容可能前后不一。",
    en="The engine of the tables {tables} keeps no snapshot; rows written meanwhile may be in or out.",
)
NO_COLUMNS = Text(zh="没有列的表未读取：{tables}。", en="Tables without columns are not read: {tables}.")
DAMAGED_NUMBERS = Text(
    zh="表“{table}”的列“{column}”有 {count} 个数字超过 15 位有效数字，Excel 已丢失其末尾数位"
    "（常见于按数字存的证件号、卡号），无法恢复；请用文本格式重新导出。",
    en="Table “{table}”, column “{column}”: {count} numbers have more than 15 significant digits. Excel has lost their "
    "last digits (typical of ID or card numbers kept as numbers) for good; export them again as text.",
)
MIXED_TYPES = Text(
    zh="表“{table}”的以下列混有{kinds}，按文本读取：{columns}。",
    en="Table “{table}”: these columns mix {kinds} and are read as text: {columns}.",
)
TITLE_ROWS = Text(
    zh="表“{table}”表头之上有 {count} 行标题或说明，不作为数据读取，也不写回。",
    en="Table “{table}”: {count} title rows above the header are not read as data and not written back.",
)
BLANK_ROWS = Text(zh="表“{table}”中有 {count} 个空行，已略去。", en="Table “{table}”: {count} empty rows are left out.")
EMPTY_SHEET = Text(zh="工作表“{table}”是空的。", en="Sheet “{table}” is empty.")
OTHER_SHEET = Text(
    zh="“{table}”不是数据表（图表、对话框或宏表），不读取。",
    en="“{table}” is no data sheet (chart, dialog or macro); it is not read.",
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
    zh="工作簿还含有：{parts}；这些内容不读取、不检查，写回时除图表框架外一律去掉。",
    en="The workbook also holds {parts}; these are neither read nor examined, and only the frames of charts "
    "are written back.",
)
XLSX_REMOVED = Text(
    zh="写回 xlsx 时去掉了未经检查、可能带有数据的内容：{parts}。",
    en="Written back, the xlsx is without what was not examined and may hold data: {parts}.",
)
XLSX_DROPPED = Text(
    zh="表“{table}”删去的列连同表头已清空，列的位置不变：{columns}。",
    en="Table “{table}”: dropped columns are emptied with their headers, so that no other column moves: {columns}.",
)
XLSX_TABLE_EMPTIED = Text(
    zh="工作表“{table}”没有留下任何列，单元格已全部清空，空表仍在。",
    en="Sheet “{table}”: no column is left; all its cells are emptied and the empty sheet stays.",
)
XLSX_HELD = Text(
    zh="表“{table}”有 {count} 行不出境，已清空为空行，其余各行位置不变。",
    en="Table “{table}”: {count} rows that do not leave are blank, so that no other row moves.",
)
XLSX_FORMULAS = Text(
    zh="有 {count} 个公式改为其保存的结果，或随其单元格清空：公式涉及已处理的列、其他工作表，或含有文字。",
    en="{count} formulas gave way to their stored results or went with their cells: they draw on treated columns or "
    "other sheets, or hold words.",
)
XLSX_RULES = Text(
    zh="有 {count} 条条件格式或数据验证规则含有文字、名称或较长的数字，已去掉。",
    en="{count} rules of conditional formatting or validation held words, names or longer numbers and are left out.",
)
XLSX_CHARTS = Text(
    zh="图表保留，但其中保存的数据副本和文字已去掉；打开文件后按单元格重新绘制。",
    en="Charts stay without the copies of data and the words stored in them; they are drawn from the cells again.",
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
UNREAD_OF = Text(
    zh="共 {all} 个文件，{unread} 个没有读取：其中的数据未检查、未计入人数，也不写回；其余 {read} 个已读取。",
    en="{unread} of {all} files were not read: what they hold is not examined, not counted and not written back; the "
    "other {read} were read.",
)
UNREAD_MEMBER = Text(
    zh="未读取 {count} 个，{code} {what}：{files}。{fix}",
    en="{count} not read, {code} {what}: {files}. {fix}",
)
UNREAD_SOURCE = Text(
    zh="该文件没有读取：其中的数据未检查、未计入人数，也不写回。{code} {what}。{fix}",
    en="This file was not read: what it holds is not examined, not counted and not written back. {code} {what}. {fix}",
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
    zh="表“{table}”没有以完整的 80 字节记录结束：文件被截断，其后可能还有数据。读到 {rows} 个整行为止，"
    "残缺的一行未读取，也不写回。",
    en="Table “{table}” does not end with a whole record of 80 bytes: the file was cut and more may be missing. {rows} "
    "whole rows were read; a broken one is neither read nor written back.",
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
REMOVED_NAMES = {
    **PART_NAMES,
    "images": Text(zh="图片、文本框或其他绘图", en="images, text boxes or other drawings"),
    "charts": Text(zh="自带数据的图表", en="charts that hold their own data"),
    "properties": Text(zh="作者、公司等文档属性", en="document properties such as author and company"),
    "hyperlinks": Text(zh="超链接", en="hyperlinks"),
    "filters": Text(zh="筛选和排序条件", en="filter and sort criteria"),
    "names": Text(zh="不只是指向区域的名称", en="defined names that are more than areas"),
    "tables": Text(zh="列有变动或不在数据区内的表格对象", en="table objects with changed or unread columns"),
    "phonetic": Text(zh="拼音标注", en="phonetic readings"),
    "scenarios": Text(zh="方案", en="scenarios"),
    "views": Text(zh="自定义视图", en="custom views"),
    "folder": Text(zh="文件保存位置", en="the folder where it was saved"),
    "printer": Text(zh="打印机设置", en="printer settings"),
    "custom_xml": Text(zh="自定义 XML", en="custom XML"),
    "revisions": Text(zh="修订记录", en="revision logs"),
    "signature": Text(zh="数字签名", en="digital signatures"),
    "extensions": Text(zh="扩展内容（迷你图、切片器等）", en="extensions (sparklines, slicers and the like)"),
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
