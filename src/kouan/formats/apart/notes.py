"""Wordings of notes on files that are read in a process apart."""

from __future__ import annotations

from kouan.model.text import Text

PDF_FILE = Text(zh="PDF 文件", en="PDF file")
PICTURE = Text(zh="图片", en="picture")
DICOM_FILE = Text(zh="DICOM 文件", en="DICOM file")
CRASHED = Text(zh="程序崩溃", en="it crashed")
TOO_LONG = Text(zh="超过时间上限", en="it took too long")
TOO_MUCH = Text(zh="超过内存或者结果大小的上限", en="it took too much memory, or found too much")
INSTALL_OCR = Text(
    zh='运行 pip install "kouan[ocr]" 后重新读取，即可识别图中的文字',
    en='run pip install "kouan[ocr]" and read it again, and the words in them are recognised',
)
PDF_TABLES = Text(
    zh="PDF 按文字块逐行读取；其中的表格不还原为列，同一行的各格连在一起。",
    en="A PDF is read as blocks of text, one a row; tables in it are not made into columns, the cells of a line stand "
    "together.",
)
PDF_SCANS = Text(
    zh="第 {pages} 页没有文字，只有图像（多为扫描件），未读取；{fix}。",
    en="Pages {pages} have no text but pictures (scans mostly) and were not read; {fix}.",
)
PDF_PARTLY = Text(
    zh="第 {pages} 页除文字外还有未读取的图片；{fix}。",
    en="Pages {pages} have pictures beside their text, which were not read; {fix}.",
)
PDF_UNTOLD = Text(
    zh="第 {pages} 页的字体没有说明字形对应的文字，读出的是乱码，已略去；{fix}。",
    en="The fonts of pages {pages} do not say which letters their glyphs are; what they gave was left out; {fix}.",
)
PDF_MOST_PICTURED = Text(
    zh="页数超过一次识别的上限；请拆分文件后重新读取",
    en="there are more than are recognised in one file; split it and read it again",
)
PDF_BROKEN = Text(zh="第 {pages} 页损坏，未读取。", en="Pages {pages} are damaged and were not read.")
PDF_EMPTY = Text(
    zh="第 {pages} 页有内容却读不出来（内容损坏，或者解开后过大），未读取。",
    en="Pages {pages} hold something that could not be read: it is damaged, or too large when unpacked.",
)
PDF_WORDLESS = Text(
    zh="第 {pages} 页只有图像，没有识别出文字；画面内容没有检查。",
    en="Pages {pages} are pictures in which no words were recognised; what they show was not examined.",
)
PDF_SHOWN = Text(
    zh="第 {pages} 页的图片里没有识别出文字；画面内容（如人脸）没有检查。",
    en="No words were recognised in pictures on pages {pages}; what these show (a face, say) was not examined.",
)
PDF_PICTURED = Text(
    zh="第 {pages} 页的文字由图像识别得出，可能有误；手写、印章、人脸不作判断。",
    en="The words of pages {pages} were recognised in pictures and may be wrong; handwriting, seals and faces are not "
    "judged.",
)
PDF_ATTACHED = Text(
    zh="PDF 附带 {count} 个文件，未读取：{files}；请取出后单独检查。",
    en="{count} files are attached to the PDF and were not read: {files}; take them out and "
    "inspect them by themselves.",
)
PDF_SCRIPTS = Text(
    zh="PDF 含有 {count} 段 JavaScript，没有运行，也没有检查。",
    en="The PDF holds {count} pieces of JavaScript, which were neither run nor examined.",
)
PDF_XFA = Text(
    zh="PDF 是 XFA 动态表单，其内容只有 Adobe 软件能显示，可能未读全。",
    en="The PDF is an XFA form, which only Adobe's own software shows in full; some of it may not have been read.",
)
PDF_REVISIONS = Text(
    zh="PDF 经过 {count} 次增量保存，文件里可能还留有以前版本的内容，未读取；对外提供前请另存为新文件。",
    en="The PDF was saved in {count} steps and may still hold what earlier versions said, which was not read; save it "
    "as a new file before it leaves.",
)
PDF_MORE = Text(zh="PDF 的书签过多，只读取了一部分。", en="The PDF has too many bookmarks; only some were read.")
WORDS_SEEN = Text(
    zh="文字由图像识别得出，可能有误；手写、印章、人脸不作判断。",
    en="Words were recognised in pictures and may be wrong; handwriting, seals and faces are not judged.",
)
NO_WORDS = Text(
    zh="图中没有识别出文字；画面内容（如人脸、病变、证件照）没有检查。",
    en="No words were recognised in the picture; what it shows (a face, an illness, a portrait) was not examined.",
)
UNSURE = Text(
    zh="有 {count} 行文字识别把握不足 {least}%，请对照原图核对。",
    en="{count} lines were recognised with less than {least}% confidence; compare them with the picture.",
)
MORE_FRAMES = Text(
    zh="图片共 {count} 帧，只读取前 {most} 帧。",
    en="The picture has {count} frames; only the first {most} were read.",
)
DICOM_PRIVATE = Text(
    zh="有 {count} 个私有数据元素未读取（定义者：{creators}），其中可能有个人信息；写回时去掉。",
    en="{count} private elements were not read (defined by {creators}); they may hold personal information and are "
    "not written back.",
)
DICOM_NOBODY = Text(zh="未注明", en="nobody named")
DICOM_BINARY = Text(
    zh="以下元素是二进制内容或者长数列，未读取：{names}；写回时去掉二进制内容，数列保留。",
    en="These elements are bytes or long lists of numbers and were not read: {names}; bytes are not written "
    "back, numbers are.",
)
DICOM_PIXELS = Text(
    zh="像素数据没有读取：画面上可能印有姓名等信息，头面部影像可能认出本人；文件没有说明是否印有"
    "（BurnedInAnnotation）。",
    en="Pixels were not read: names may be printed on the picture, and a head or face may be known; the file does not "
    "say whether anything is (BurnedInAnnotation).",
)
DICOM_BURNED = Text(
    zh="文件自称画面上印有标识信息（BurnedInAnnotation = YES）；像素数据没有读取。",
    en="The file says that its picture has identifying words on it (BurnedInAnnotation = YES); pixels were not read.",
)
DICOM_UNBURNED = Text(
    zh="像素数据没有读取；文件自称画面上没有印标识信息（BurnedInAnnotation = NO），未经核对。",
    en="Pixels were not read; the file says that nothing identifying is on its picture (BurnedInAnnotation = NO), "
    "which was not checked.",
)

DICOM_FORM = Text(zh="“{path}”的值不合该元素的类型", en="a value of “{path}” is not of its element's type")
DICOM_SYNTAX = Text(
    zh="文件经过压缩（deflated）或者是大端字节序，不写回",
    en="the file is deflated or of big-endian bytes, which is not written back",
)
DICOM_SHAPE = Text(zh="值的个数与读取时不同", en="there are not as many values as were read")
DICOM_DIFFERS = Text(
    zh="写出后再读，“{path}”与处理结果不一致", en="read again after writing, “{path}” differs from the treated values"
)
DICOM_REMOVED = Text(
    zh="写回时去掉未检查的内容：{count} 个私有元素，{names}；文件头之前和像素之后的内容也不保留。",
    en="What was not examined is not written back: {count} private elements, {names}; nor is what stands before the "
    "header and after the pixels.",
)
DICOM_NO_BINARY = Text(zh="没有二进制元素", en="no element of bytes")
DICOM_RECODED = Text(
    zh="以下列的假名按该元素规定的写法重新编码，相同的仍相同：{names}。",
    en="Pseudonyms in these columns were coded anew as their elements want it, equal ones alike: {names}.",
)
DICOM_KEPT_PIXELS = Text(
    zh="像素数据原样写回，没有检查：画面上的姓名、可辨认的面部不会因处理文件头而消失。",
    en="Pixels were written back unexamined: names on the picture and faces that can be known are not touched by "
    "treating a header.",
)


def pages_of(numbers: list[int]) -> str:
    """Return page numbers in runs: 1-3, 7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(one) if one == other else f"{one}-{other}" for one, other in runs[:40]]
    return ", ".join(shown) + (" …" if len(runs) > len(shown) else "")
