"""Catalogue of errors of files: opening, reading, writing."""

from __future__ import annotations

from kouan.formats.apart.messages import *  # noqa: F403
from kouan.formats.collection.messages import *  # noqa: F403 - one catalogue of the room in several files
from kouan.formats.lake.messages import *  # noqa: F403
from kouan.formats.letter.messages import *  # noqa: F403
from kouan.formats.printed.messages import *  # noqa: F403
from kouan.formats.remote.messages import *  # noqa: F403
from kouan.model.errors import Message
from kouan.model.text import Text

NOT_FOUND = Message(
    code="K-FMT-001",
    what=Text(zh="文件不存在", en="The file does not exist"),
    why=Text(zh="在所写的路径下找不到它。", en="Nothing lies at the path as written."),
    fix=Text(
        zh="检查路径与文件名；相对路径从声明文件所在目录算起。",
        en="Check path and name; a relative path starts at the declaration's folder.",
    ),
)
NOT_A_FILE = Message(
    code="K-FMT-002",
    what=Text(zh="这不是普通文件，而是{kind}", en="This is not a regular file but a {kind}"),
    why=Text(
        zh="只读取内容固定的普通文件，这样摘要才有意义。",
        en="Only regular files are read: their content stays, so that a digest means something.",
    ),
    fix=Text(
        zh="先把数据存成文件，再写它的路径。",
        en="Save the data to a file first, and name that.",
    ),
)
NO_PERMISSION = Message(
    code="K-FMT-003",
    what=Text(zh="没有读取权限", en="The file may not be read"),
    why=Text(zh="操作系统拒绝了读取。", en="The operating system refused to open it."),
    fix=Text(
        zh="请文件所有者授予读取权限，或换用有权限的账户运行。",
        en="Ask its owner for read permission, or run as an account that has it.",
    ),
)
EMPTY_FILE = Message(
    code="K-FMT-004",
    what=Text(zh="文件是空的", en="The file is empty"),
    why=Text(zh="没有表头，也没有数据。", en="It holds neither a header nor data."),
    fix=Text(zh="重新导出该文件，或从声明中删去它。", en="Export it again, or leave it out of the declaration."),
)
UNKNOWN_FORMAT = Message(
    code="K-FMT-005",
    what=Text(zh="无法识别的文件格式：{kind}", en="Unknown file format: {kind}"),
    why=Text(
        zh="目前读取 CSV 等分隔文本、Parquet、ORC、Arrow/Feather、xlsx、XML、JSON、SAS 传输文件、docx、pptx、文本、"
        "邮件、PDF、图片和 DICOM，以及它们的 gzip、zip、tar 包；格式按内容判断，不看扩展名。",
        en="CSV and other delimited text, Parquet, ORC, Arrow/Feather, xlsx, XML, JSON, SAS transport files, docx, "
        "pptx, plain text, mail, PDF, pictures, DICOM, and these in gzip, zip or tar, are read; the content decides, "
        "not the suffix.",
    ),
    fix=Text(
        zh="解压或另存为 CSV（UTF-8）、Parquet 或 xlsx 后重试。",
        en="Unpack it or save it as CSV (UTF-8), Parquet or xlsx, and try again.",
    ),
)
LEGACY_EXCEL = Message(
    code="K-FMT-006",
    what=Text(zh="这是 Excel 97-2003 工作簿（.xls）", en="This is an Excel 97-2003 workbook (.xls)"),
    why=Text(
        zh="该格式早已停用，内部结构难以设防，因此不读取。",
        en="The format is long retired and hard to read safely, so it is not read.",
    ),
    fix=Text(
        zh="用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”。",
        en="Open it in Excel, WPS or LibreOffice and save it as “Excel workbook (.xlsx)”.",
    ),
)
PASSWORD = Message(
    code="K-FMT-007",
    what=Text(zh="文件有密码保护", en="The file is protected by a password"),
    why=Text(zh="内容已加密，无法查看其中有哪些数据。", en="Its content is encrypted and cannot be inspected."),
    fix=Text(zh="去掉打开密码后另存一份再试。", en="Save a copy without the password to open, and try again."),
)
UNCLOSED = Message(
    code="K-FMT-008",
    what=Text(zh="文件末尾有一个引号没有闭合", en="A quotation mark is still open at the end of the file"),
    why=Text(
        zh="从该引号起的各行被并入同一个单元格，行数和人数都会少算。",
        en="All rows from that mark on have become one cell; rows and persons would be undercounted.",
    ),
    fix=Text(
        zh="找到没有闭合的引号并补上（单元格内的引号要写成两个），或重新导出。",
        en="Find the mark and close it (a quote inside a cell is written twice), or export the file again.",
    ),
)
ENCODING_WRONG = Message(
    code="K-FMT-009",
    what=Text(
        zh="第 {line} 行起不是有效的 {encoding} 文本", en="From line {line} on, the text is not valid {encoding}"
    ),
    why=Text(
        zh="文件编码与此不符，或写入时中断、混入了另一种编码；猜测会读出乱码。",
        en="The file is in another encoding, was cut off, or mixes two encodings; guessing would read garbage.",
    ),
    fix=Text(
        zh="查看该行；用原系统重新导出为 UTF-8，或用 encoding 指明真实编码。",
        en="Look at that line; export again as UTF-8, or state the true encoding with `encoding`.",
    ),
)
ENCODING_UNSURE = Message(
    code="K-FMT-010",
    what=Text(zh="无法确定文本编码", en="The text encoding cannot be told for certain"),
    why=Text(
        zh="不是 UTF-8；按 GB18030 虽能读出，但大多不是常用汉字，很可能是另一种编码。",
        en="It is not UTF-8; as GB18030 it reads, but mostly as uncommon characters: probably another encoding.",
    ),
    fix=Text(
        zh="用 encoding 指明编码（如 gb18030、big5、cp1252），或重新导出为 UTF-8。",
        en="State it with `encoding` (such as gb18030, big5, cp1252), or export again as UTF-8.",
    ),
)
ENCODING_UNKNOWN = Message(
    code="K-FMT-011",
    what=Text(zh="不认识的编码名称“{encoding}”", en="Unknown encoding “{encoding}”"),
    why=Text(zh="没有这种文本编码。", en="There is no text encoding of that name."),
    fix=Text(zh="改用 utf-8、gb18030、utf-16、big5 等名称。", en="Use a name such as utf-8, gb18030, utf-16 or big5."),
)
NUL_BYTES = Message(
    code="K-FMT-012",
    what=Text(zh="第 {line} 行含有空字节（NUL）", en="Line {line} holds a NUL byte"),
    why=Text(
        zh="文本文件不应有空字节：可能是没有字节序标记的 UTF-16、二进制文件，或写坏的文件。",
        en="Text holds none: the file may be UTF-16 without a byte order mark, binary, or damaged.",
    ),
    fix=Text(
        zh="重新导出为 UTF-8；若是 UTF-16，用 encoding 写明 utf-16-le 或 utf-16-be。",
        en="Export it again as UTF-8; for UTF-16, state `encoding` as utf-16-le or utf-16-be.",
    ),
)
RAGGED = Message(
    code="K-FMT-013",
    what=Text(
        zh="第 {row} 行有 {actual} 个单元格，应为 {expected} 个{more}",
        en="Row {row} has {actual} cells where {expected} are expected{more}",
    ),
    why=Text(
        zh="列已错位，无法知道每个值属于哪一列；丢弃该行会少算人数，因此停止。",
        en="Columns have shifted and no value can be placed; dropping rows would miscount persons, so reading stops.",
    ),
    fix=Text(
        zh="检查这些行（表头为第 1 行）：未加引号的分隔符、未闭合的引号、标题行或合计行；改正后重试。",
        en="Check those rows (the header is row 1) for an unquoted delimiter, an unclosed quote, a title or a "
        "total line; correct them and try again.",
    ),
)
ROW_TOO_LONG = Message(
    code="K-FMT-014",
    what=Text(zh="有一行超过 {limit} 字节", en="A row is longer than {limit} bytes"),
    why=Text(
        zh="多半是引号没有闭合，使许多行连成一格；上限保证内存有界。",
        en="Most often an unclosed quote joins many rows into one cell; the limit keeps memory bounded.",
    ),
    fix=Text(
        zh="检查引号是否成对；确需如此长的内容时，请改存为 Parquet。",
        en="Check that quotes come in pairs; if cells are truly that long, save the data as Parquet.",
    ),
)
TOO_MANY_COLUMNS = Message(
    code="K-FMT-015",
    what=Text(zh="有 {columns} 列，超过上限 {limit} 列", en="It has {columns} columns; the limit is {limit}"),
    why=Text(
        zh="多半是分隔符判断有误；上限保证内存有界。",
        en="Most often the delimiter is not the real one; the limit keeps memory bounded.",
    ),
    fix=Text(zh="用 delimiter 指明分隔符，或拆分该表。", en="State `delimiter`, or split the table."),
)
CSV_DAMAGED = Message(
    code="K-FMT-016",
    what=Text(zh="文本表格无法读取", en="The delimited text cannot be read"),
    why=Text(zh="其中有不符合分隔文本规则的内容。", en="Some of it does not follow the rules of delimited text."),
    fix=Text(zh="从原系统重新导出后重试。", en="Export it again and retry."),
)
PARQUET_DAMAGED = Message(
    code="K-FMT-017",
    what=Text(zh="Parquet 文件不完整或已损坏", en="The Parquet file is incomplete or damaged"),
    why=Text(
        zh="文件尾或数据页无法解析，常见原因是传输或写入中断。",
        en="Its footer or a data page does not parse; a broken copy or write is the usual cause.",
    ),
    fix=Text(
        zh="核对原文件大小与摘要，重新复制或导出。",
        en="Compare size and digest with the original; copy or export it again.",
    ),
)
PARQUET_ENCRYPTED = Message(
    code="K-FMT-018",
    what=Text(zh="Parquet 文件已加密", en="The Parquet file is encrypted"),
    why=Text(zh="没有密钥就无法查看其中有哪些数据。", en="Without its key the data cannot be inspected."),
    fix=Text(zh="解密后另存一份再试。", en="Save a decrypted copy and try again."),
)
NESTED = Message(
    code="K-FMT-019",
    what=Text(zh="列 {columns} 是嵌套类型（结构、列表或映射）", en="Nested columns (struct, list or map): {columns}"),
    why=Text(
        zh="嵌套列里的数据项无法逐项检查；未经检查的数据不能放行。",
        en="Items inside a nested column cannot be examined one by one, and nothing leaves unexamined.",
    ),
    fix=Text(
        zh="先把这些列展开为普通列，或另存为一张子表。",
        en="Flatten them into plain columns, or save them as a table of their own.",
    ),
)
SAME_NAMES = Message(
    code="K-FMT-020",
    what=Text(zh="有重名的列：{columns}", en="Columns share a name: {columns}"),
    why=Text(
        zh="Parquet 按列名读取，重名时无法区分。",
        en="Parquet columns are read by name and cannot be told apart.",
    ),
    fix=Text(zh="改名后重新写出该文件。", en="Rename them and write the file again."),
)
XLSX_DAMAGED = Message(
    code="K-FMT-021",
    what=Text(zh="xlsx 文件不完整或已损坏（{part}）", en="The xlsx file is incomplete or damaged ({part})"),
    why=Text(
        zh="压缩包或其中的工作表不合规范，无法可靠读取。",
        en="The archive or a sheet in it breaks the standard and cannot be read reliably.",
    ),
    fix=Text(
        zh="用 Excel 或 WPS 打开并另存为新的 xlsx 文件。",
        en="Open it in Excel, WPS or LibreOffice and save it as a new xlsx file.",
    ),
)
ZIP_TOO_LARGE = Message(
    code="K-FMT-022",
    what=Text(
        zh="文件内的 {part} 解压后过大或压缩比过高",
        en="{part} inside the file is too large, or too strongly packed, to unpack",
    ),
    why=Text(
        zh="这是“压缩炸弹”的特征；解压上限 {limit} MiB，单个部件压缩比上限 {ratio}。",
        en="That is how a zip bomb looks; at most {limit} MiB are unpacked, at a ratio of at most {ratio} per part.",
    ),
    fix=Text(
        zh="确认文件来源；若内容属实，请拆分，或者把表导出为 CSV、Parquet。",
        en="Make sure where it comes from; if it is genuine, split it, or export its tables as CSV or Parquet.",
    ),
)
SHEET_TOO_LARGE = Message(
    code="K-FMT-023",
    what=Text(
        zh="工作表的数据区域有 {rows} 行 × {columns} 列，超过上限 {limit} 格",
        en="A sheet's data spans {rows} rows × {columns} columns; the limit is {limit} cells",
    ),
    why=Text(
        zh="xlsx 只能整表读入内存；远处的一个单元格也会撑大数据区域。",
        en="A sheet is read into memory as a whole; one stray cell far away widens its data area.",
    ),
    fix=Text(
        zh="删除数据区域之外的内容，或导出为 CSV 或 Parquet。",
        en="Delete stray cells outside the table, or export it as CSV or Parquet.",
    ),
)
NO_TABLE = Message(
    code="K-FMT-024",
    what=Text(zh="工作簿里没有数据", en="The workbook holds no data"),
    why=Text(zh="所有工作表都是空的。", en="All its sheets are empty."),
    fix=Text(zh="核对是否选错了文件，或从声明中删去它。", en="Check the file, or leave it out of the declaration."),
)
CHANGED = Message(
    code="K-FMT-025",
    what=Text(zh="文件在读取期间被改动", en="The file changed while it was being read"),
    why=Text(
        zh="结论必须针对同一份数据；大小、修改时间或文件本身已与打开时不同。",
        en="A verdict must be about one and the same data; size, time or the file itself is not as opened.",
    ),
    fix=Text(
        zh="等写入方完成，或先复制一份，再从头运行。",
        en="Wait until its writer is done, or work on a copy, and run again from the start.",
    ),
)
READ_FAILED = Message(
    code="K-FMT-026",
    what=Text(zh="读取失败（系统错误 {error}）", en="Reading failed (system error {error})"),
    why=Text(zh="操作系统报告了读取错误。", en="The operating system reported a read error."),
    fix=Text(zh="检查磁盘或网络存储后重试。", en="Check the disk or network storage and try again."),
)
DISK_FULL = Message(
    code="K-FMT-027",
    what=Text(zh="磁盘空间不足，未能写出文件", en="The disk is full; the file was not written"),
    why=Text(
        zh="空间或配额已用完；未完成的临时文件已删除，原有文件未动。",
        en="Space or quota is used up; the unfinished temporary file was removed, other files are untouched.",
    ),
    fix=Text(
        zh="腾出空间或换一个输出目录后重新运行。", en="Free some space or choose another output folder, and run again."
    ),
)
WRITE_FAILED = Message(
    code="K-FMT-028",
    what=Text(zh="写出失败（系统错误 {error}）", en="Writing failed (system error {error})"),
    why=Text(
        zh="操作系统拒绝了写入；没有留下写了一半的文件。",
        en="The operating system refused; no half-written file is left.",
    ),
    fix=Text(
        zh="检查输出目录是否存在、是否可写后重试。",
        en="Check that the output folder exists and may be written, and try again.",
    ),
)
CANNOT_ENCODE = Message(
    code="K-FMT-029",
    what=Text(
        zh="处理后的内容无法用原文件的编码 {encoding} 写出",
        en="The treated content cannot be written in the file's encoding {encoding}",
    ),
    why=Text(zh="其中有该编码没有的字符。", en="It holds characters which that encoding lacks."),
    fix=Text(
        zh="把源文件转为 UTF-8 或 GB18030 后重新运行。",
        en="Convert the source file to UTF-8 or GB18030 and run again.",
    ),
)
XLSX_TOO_SMALL = Message(
    code="K-FMT-030",
    what=Text(zh="内容超出 xlsx 的容量：{limit}", en="The content exceeds what xlsx can hold: {limit}"),
    why=Text(
        zh="Excel 会截断或丢弃超出的部分，因此停止写出。",
        en="Excel would cut or drop the rest, so writing stops.",
    ),
    fix=Text(zh="把源数据改存为 CSV 或 Parquet。", en="Keep the source data as CSV or Parquet."),
)
XLSX_UNUSUAL = Message(
    code="K-FMT-060",
    what=Text(
        zh="xlsx 的部件 {part} 写法少见，无法安全地写回", en="The part {part} of the xlsx cannot be written back safely"
    ),
    why=Text(
        zh="处理时只改动涉及的单元格，其余原样保留；该部件的编码、次序或结构与常见软件所写不同，可能留下未处理的值。",
        en="Only treated cells are changed and all else is kept; this part's encoding, order or structure is not what "
        "common programs write, so untreated values might remain.",
    ),
    fix=Text(
        zh="用 Excel、WPS 或 LibreOffice 打开并另存为新的 xlsx 文件，或导出为 CSV。",
        en="Open it in Excel, WPS or LibreOffice and save it as a new xlsx file, or export it as CSV.",
    ),
)
XLSX_SHEET_KIND = Message(
    code="K-FMT-061",
    what=Text(
        zh="工作簿含有既不能检查、也不能安全去掉的工作表（{kind}）",
        en="The workbook has a sheet that can neither be examined nor safely removed ({kind})",
    ),
    why=Text(
        zh="宏表、对话框表和自带数据的图表工作表可能藏有原始数据；去掉它们会打乱其他工作表的编号。",
        en="Macro sheets, dialog sheets and chart sheets with data of their own may hold raw data; taking them out "
        "would shift the numbers of other sheets.",
    ),
    fix=Text(zh="在 Excel 或 WPS 中删除该工作表后重新运行。", en="Delete that sheet in Excel or WPS and run again."),
)
XLSX_HEADER_LOST = Message(
    code="K-FMT-062",
    what=Text(
        zh="处理后，工作表“{table}”的表头无法再与数据区分",
        en="Once treated, sheet “{table}” no longer tells its header from its data",
    ),
    why=Text(
        zh="再次读取时会把数据当作列名，或把表头当作数据。",
        en="Read again, data would be taken for column names, or the header for data.",
    ),
    fix=Text(
        zh="在源文件中给该表加上一行清楚的表头后重新运行。",
        en="Give that table a clear header row in the source and run again.",
    ),
)
XPORT_OTHER = Message(
    code="K-FMT-031",
    what=Text(
        zh="这是 {kind}，不是 SAS 传输文件第 5 版（XPORT v5）",
        en="This is {kind}, not a SAS transport file of version 5",
    ),
    why=Text(
        zh="监管申报采用的是第 5 版，结构公开；CPORT 的结构没有公开，第 8 版另有长变量名，都不读取。",
        en="Regulators take version 5, whose structure is public; that of CPORT is not, and version 8 differs from it.",
    ),
    fix=Text(
        zh="在 SAS 中用 LIBNAME … XPORT 引擎（或 %LOC2XPT 并指定 FORMAT=V5）重新导出为 .xpt。",
        en="Export it again in SAS with the XPORT engine of LIBNAME (or %LOC2XPT with FORMAT=V5).",
    ),
)
XPORT_DAMAGED = Message(
    code="K-FMT-032",
    what=Text(
        zh="SAS 传输文件的结构不完整或已损坏（{part}）",
        en="The SAS transport file's structure is incomplete or damaged ({part})",
    ),
    why=Text(
        zh="记录与 TS-140 不符，无法知道每个字节属于哪个变量；常见原因是按文本方式传输或传输中断。",
        en="Its records do not follow TS-140, so no byte can be given to a variable; a copy in text mode or one that "
        "broke off is the usual cause.",
    ),
    fix=Text(
        zh="按二进制方式重新复制，核对大小与摘要；或重新导出。",
        en="Copy it again in binary mode and compare size and digest, or export it again.",
    ),
)
XPORT_ROW = Message(
    code="K-FMT-033",
    what=Text(zh="每行有 {bytes} 字节，超过上限 {limit}", en="A row takes {bytes} bytes; the limit is {limit}"),
    why=Text(
        zh="变量长度之和异常；上限保证内存有界。",
        en="The variables' lengths add up to an unusual width; the limit keeps memory bounded.",
    ),
    fix=Text(
        zh="缩短字符变量的长度或拆分该数据集后重新导出。",
        en="Shorten character variables or split the data set, and export it again.",
    ),
)
XPORT_TEXT = Message(
    code="K-FMT-034",
    what=Text(
        zh="变量“{column}”处理后的值长达 {bytes} 字节，超过 {limit} 字节",
        en="Treated values of the variable “{column}” take {bytes} bytes; the limit is {limit}",
    ),
    why=Text(
        zh="SAS 传输文件第 5 版的字符变量最长 {limit} 字节，截断会改变内容。",
        en="A character variable of a SAS transport file holds at most {limit} bytes; cutting would alter content.",
    ),
    fix=Text(
        zh="为该项选用结果较短的处理（如较短的假名、删除），或先改存为 Parquet。",
        en="Choose a treatment with shorter results (a shorter pseudonym, drop), or keep the source as Parquet.",
    ),
)
XPORT_NUMBER = Message(
    code="K-FMT-035",
    what=Text(
        zh="变量“{column}”有数值无法用 SAS 传输文件的浮点数表示",
        en="The variable “{column}” has numbers that a SAS transport file cannot hold",
    ),
    why=Text(
        zh="IBM 浮点数的绝对值只在约 1e-78 到 7e75 之间，且没有无穷大。",
        en="IBM floating point reaches from about 1e-78 to 7e75 and knows no infinity.",
    ),
    fix=Text(zh="核对这些数值，或改存为 Parquet。", en="Check those numbers, or keep the data as Parquet."),
)
XPORT_ENCODING = Message(
    code="K-FMT-036",
    what=Text(zh="字符变量不是有效的 {encoding} 文本", en="The character variables are not valid {encoding} text"),
    why=Text(
        zh="按所写的编码读出来大多是乱码。",
        en="Read in the stated encoding, most characters beyond ASCII are not valid.",
    ),
    fix=Text(
        zh="改正 encoding（常用 utf-8、gb18030、cp1252），或不写，由软件判断。",
        en="Correct `encoding` (often utf-8, gb18030 or cp1252), or leave it out to have it found.",
    ),
)
DEFINE_DAMAGED = Message(
    code="K-FMT-037",
    what=Text(zh="define.xml 无法读取（{part}）", en="The define.xml cannot be read ({part})"),
    why=Text(
        zh="不是格式正确的 XML，或不是 CDISC Define-XML 1.0/2.x。",
        en="It is not well-formed XML, or not CDISC Define-XML 1.0 or 2.x.",
    ),
    fix=Text(
        zh="从原系统重新导出，或从目录中移走该文件（变量将没有说明）。",
        en="Export it again, or take it out of the folder (variables then have no description).",
    ),
)
DEFINE_UNSAFE = Message(
    code="K-FMT-038",
    what=Text(zh="define.xml 含有不安全的内容：{part}", en="The define.xml holds something unsafe: {part}"),
    why=Text(
        zh="文档类型声明、实体和过大的文件可用来耗尽内存或读取别的文件，因此不读取。",
        en="Document types, entities and oversized files can exhaust memory or reach other files, so it is not read.",
    ),
    fix=Text(
        zh="确认文件来源；删去 DOCTYPE 声明后重试。",
        en="Make sure where it comes from; remove its DOCTYPE and try again.",
    ),
)
TREE_DAMAGED = Message(
    code="K-FMT-070",
    what=Text(zh="XML 或 JSON 在第 {line} 行不合语法", en="The XML or JSON is not well-formed at line {line}"),
    why=Text(
        zh="从这里起无法确定每个值的位置，因此整份文件没有读取。",
        en="From there on the place of each value is not certain, so nothing of the file was read.",
    ),
    fix=Text(
        zh="请导出方重新导出，或改正该行后重试。",
        en="Export it again, or mend that line, and try again.",
    ),
)
TREE_ENTITIES = Message(
    code="K-FMT-071",
    what=Text(
        zh="XML 在第 {line} 行自带声明（DTD、实体）或引用未知实体",
        en="The XML declares entities or a DTD of its own, or uses an unknown entity, at line {line}",
    ),
    why=Text(
        zh="实体可以把小文件膨胀成巨量数据，也可以读取别处的文件；一律不展开。",
        en="Entities can blow a small file up or read other files; none is ever expanded.",
    ),
    fix=Text(
        zh="去掉文内声明，把实体写成普通字符后重试。",
        en="Remove the declarations and write the characters themselves.",
    ),
)
TREE_ENCODING = Message(
    code="K-FMT-072",
    what=Text(zh="内容不符合编码 {encoding}", en="The content does not fit its encoding {encoding}"),
    why=Text(
        zh="读错编码会漏掉个人信息；按原样写回也做不到。",
        en="Personal information would be missed under a wrong encoding, and bytes could not be kept.",
    ),
    fix=Text(zh="把文件转为 UTF-8 后重试。", en="Convert the file to UTF-8 and try again."),
)
TREE_LIMIT = Message(
    code="K-FMT-073",
    what=Text(zh="文档超出上限：{limit}", en="The document exceeds a limit: {limit}"),
    why=Text(
        zh="正常数据不会如此；继续读取会耗尽内存，因此没有读取。",
        en="Ordinary data are not like that; to go on would use up the memory, so it was not read.",
    ),
    fix=Text(
        zh="检查文件是否损坏或被篡改；确有需要可拆分后重试。",
        en="Check whether it is damaged or forged; split it if it is right.",
    ),
)
TREE_TOO_LARGE = Message(
    code="K-FMT-074",
    what=Text(
        zh="文档有 {size} 字节，超过单份文档的上限 {limit}",
        en="The document has {size} bytes, more than the {limit} that one document may have",
    ),
    why=Text(
        zh="XML、JSON 文档读取时整份放在内存里。",
        en="An XML or JSON document is held in memory while it is read.",
    ),
    fix=Text(
        zh="把它按记录拆成多个文件放进一个目录，申报该目录。",
        en="Split it by records into several files in one folder, and declare the folder.",
    ),
)
TREE_PATHS = Message(
    code="K-FMT-075",
    what=Text(
        zh="文档有 {count} 种不同的路径，超过上限 {limit}",
        en="The document has {count} different paths, more than {limit}",
    ),
    why=Text(
        zh="多半是把数据写进了元素名或成员名（如以编号为键），数据项无从说起。",
        en="Most likely data stand in names of elements or members (such as numbers as keys), so items cannot be told.",
    ),
    fix=Text(
        zh="请导出方把编号写成值而不是名字。",
        en="Have it exported with such data as values, not as names.",
    ),
)
TREE_CHANGED = Message(
    code="K-FMT-076",
    what=Text(
        zh="写回后重新读取，“{table}”的“{column}”与处理结果不一致，未写出",
        en="Read again after writing, “{column}” of “{table}” differs from the treated values; nothing was written",
    ),
    why=Text(
        zh="多半是处理了用来区分同名元素的代码，路径随之改变。",
        en="Most likely a code that tells equal elements apart was treated, so that paths changed.",
    ),
    fix=Text(
        zh="在处理方案中保留该代码，改为处理它所区分的值。",
        en="Keep that code in the plan and treat the values that it tells apart.",
    ),
)
BATCH_TOO_LARGE = Message(
    code="K-FMT-054",
    what=Text(
        zh="文件中一次必须解开的数据超过 {limit} MiB", en="More than {limit} MiB of this file must be unpacked at once"
    ),
    why=Text(
        zh="个别数据页、批次或单个值过大；这也是“压缩炸弹”的特征。",
        en="A page, a batch or a single value is too large; that is also how a bomb looks.",
    ),
    fix=Text(
        zh="确认来源；若内容属实，用较小的页或批次重新写出。",
        en="Make sure where it comes from; if it is genuine, write it again with smaller pages or batches.",
    ),
)
COLUMNAR_DAMAGED = Message(
    code="K-FMT-055",
    what=Text(zh="{format} 文件不完整或已损坏", en="The {format} file is incomplete or damaged"),
    why=Text(zh="其结构不合规范，无法可靠读取。", en="Its structure breaks the standard and cannot be read reliably."),
    fix=Text(zh="重新传输，或重新导出该文件。", en="Transfer it again, or export it again."),
)
