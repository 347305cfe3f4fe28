"""Which attributes of an office document say something, and which only lay it out."""

from __future__ import annotations

import re

_AUTHORS = {"author", "initials"}
_AUTHORS_OF = {
    "presenceInfo": {"userId"},
    "cmAuthor": {"name", "initials"},
    "author": {"name", "initials", "userId"},
}
_SAYING = {
    "docVar": {"name", "val"},
    "docPr": {"name", "descr", "title"},
    "cNvPr": {"name", "descr", "title"},
    "textpath": {"string"},
    "bookmarkStart": {"name"},
    "alias": {"val"},
    "tag": {"val", "name"},
    "listItem": {"displayText", "value"},
    "attr": {"val"},
    "date": {"fullDate"},
    "fldSimple": {"instr"},
    "hyperlink": {"tooltip"},
    "hlinkClick": {"tooltip"},
    "hlinkHover": {"tooltip"},
    "listEntry": {"val"},
    "default": {"val"},
    "helpText": {"val"},
    "statusText": {"val"},
    "tblCaption": {"val"},
    "tblDescription": {"val"},
    "imagedata": {"title", "href"},
    "connectString": {"val"},
    "query": {"val"},
    "addressFieldName": {"val"},
    "mailSubject": {"val"},
    "section": {"name"},
    "custShow": {"name"},
}
_ANYWHERE = {"alt"}
_LAYOUT = {"typeface", "panose", "Ignorable", "Requires", "ContentType", "Type", "styleId", "styleName", "style"}
_LAYOUT_OF = {
    "rFonts",
    "font",
    "panose1",
    "sig",
    "altName",
    "lsdException",
    "lvlText",
    "numFmt",
    "clrScheme",
    "fontScheme",
    "fmtScheme",
}
_WORDS = re.compile(rb"[\xe3-\xed][\x80-\xbf]{2}|@|(?<![0-9A-Fa-f-])[0-9]{11,}(?![0-9A-Fa-f-])")
"""A Chinese character, a sign of an address, or a long number: no name of a style or measure has them by itself."""
_AUTOMATIC = re.compile(
    r"_(?:Toc|Ref|Hlk|GoBack|Hlt|PictureBullets)\w*|(?:[A-Za-z]+ ){1,4}\d{0,4}|[A-Za-z]+\d{0,4}"
    r"|(?:标题|副标题|文本框|图片|内容占位符|文本占位符|日期占位符|页脚占位符|灯片编号占位符|幻灯片编号占位符|表格|图表"
    r"|矩形|直接连接符|形状|占位符|备注占位符|幻灯片图像占位符|页眉占位符|组合) ?\d{0,4}"
)
"""Names that programs give by themselves: `Title 1`, `文本框 3`, `_Toc123`."""
_MARK = re.compile(
    r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|https?://(?:schemas\.(?:openxmlformats|microsoft)|purl\.oclc)"
    r"\.(?:org|com)/[\w./-]*"
)
_NAMED = {"docPr", "cNvPr", "bookmarkStart"}
_FIELD = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF _\w+|TOC|SEQ \w+|DATE|TIME|REF _\w+|STYLEREF|FORMTEXT|FORMCHECKBOX"
    r"|SECTION)"
    r"(?:\s+\\[\\*@A-Za-z0-9#! -]*(?:\"[-\w./: 年月日]{0,24}\")?|\s+\"\d-\d\"|\s+\d|\s+MERGEFORMAT|\s+[A-Za-z]+)*\s*"
)


def is_author(element: str, attribute: str) -> bool:
    """Tell whether an attribute names who wrote something."""
    return attribute in _AUTHORS or attribute in _AUTHORS_OF.get(element, ())


def says(element: str, attribute: str, raw: bytes, *, any_name: bool = False) -> bool:
    """Tell whether an attribute says something that a person may have written.

    Args:
        element: its local name.
        attribute: its local name.
        raw: as written.
        any_name: in parts that hold data of anybody's making.
    """
    if not raw.strip() or attribute in _LAYOUT or element in _LAYOUT_OF:
        return False
    if attribute in _SAYING.get(element, ()) or attribute in _ANYWHERE or any_name:
        named = element in _NAMED and attribute == "name"
        return not (named and _AUTOMATIC.fullmatch(raw.decode("utf-8", "replace").strip()))
    return _WORDS.search(raw) is not None


def is_mark(text: str) -> bool:
    """Tell whether a text is a GUID or the name of a standard, which programs write by themselves."""
    return _MARK.fullmatch(text.strip()) is not None


def is_plain_field(code: str) -> bool:
    """Tell whether a field only counts pages, days or headings."""
    return _FIELD.fullmatch(code) is not None
