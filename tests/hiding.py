"""A workbook with a secret in every place where a spreadsheet can hide one, and a search of what comes out."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tests import workbooks

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006"
REL = f"{DOC}/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MS = "http://schemas.microsoft.com/office"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MARK = re.compile("密[A-Z][A-Za-z0-9]*码")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def secret(place: str) -> str:
    """Return the value hidden in a place, which stands nowhere else."""
    return f"密X{place}码"


def found(path: Path) -> set[str]:
    """Return the places whose secrets a package still holds, in plain or escaped form, and in its names of parts."""
    hits: set[str] = set()
    for name, data in workbooks.parts_of(path).items():
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            text = name + data.decode(coding, "ignore")
            for form in (text, html.unescape(text), _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text)):
                hits |= set(_MARK.findall(form)) | set(_MARK.findall(re.sub("<[^>]*>", "", form)))
    return {hit[2:-1] for hit in hits}


def _escaped(text: str) -> str:
    return "".join(f"&#{ord(one)};" if number % 2 else f"&#x{ord(one):X};" for number, one in enumerate(text))


def _relations(*rows: tuple[str, str, str]) -> bytes:
    body = ""
    for number, kind, target in rows:
        kind_url = kind if kind.startswith("http") else f"{REL}/{kind}"
        mode = ' TargetMode="External"' if kind in {"hyperlink", "externalLinkPath"} else ""
        body += f'<Relationship Id="{number}" Type="{kind_url}" Target="{target}"{mode}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'.encode()


ROWS = 6
"""Data rows; the fifth is held back in tests."""

STRINGS: list[str] = []
"""Shared texts as XML, by number."""


def _shared(xml: str) -> str:
    STRINGS.append(f"<si>{xml}</si>")
    return f"<v>{len(STRINGS) - 1}</v>"


def _sheet() -> bytes:
    """Columns: A kept, B treated, C dropped, D kept formulas, E kept, F without header or value, H beside the table."""
    STRINGS.clear()
    _shared(_text(secret("OrphanString")))
    title = f'<row r="1"><c r="A1" t="s">{_shared(_text(secret("TitleRow")))}</c></row>'
    head = '<row r="2" spans="1:5">' + "".join(
        f'<c r="{column}2" s="1" t="s">{_shared(_text(name))}</c>'
        for column, name in zip("ABCDE", ("编号", "姓名", secret("DroppedHeader"), "比值", "备注"), strict=True)
    )
    head += "</row>"
    body = "".join(_row(row) for row in range(3, 3 + ROWS))
    blank = f'<row r="20"><c r="A20"><f>"{secret("FormulaWithoutValue")}"</f></c></row>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}" xmlns:r="{REL}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:x14="{MS}/spreadsheetml/2009/9/main" xmlns:xm="{MS}/excel/2006/main">'
        f"<!-- {secret('XmlComment')} --><?pi {secret('Instruction')}?>"
        '<sheetPr filterMode="1"><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:XFD1048576"/>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" state="frozen"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="5" width="21" customWidth="1"/></cols>'
        f"<sheetData>{title}{head}{body}{blank}</sheetData>" + _around()
    ).encode()


def _text(text: str) -> str:
    return f"<t>{text}</t>"


def _row(row: int) -> str:
    s = secret
    split = f"<r><t>密XSplit</t></r><r><t>Runs码</t></r><rPh sb='0' eb='1'>{_text(s('SharedReading'))}</rPh>"
    forms = {
        3: f'<c r="B3" s="1" t="s">{_shared(_text(s("Treated3")))}</c>',
        4: f'<c r="B4" t="inlineStr"><is><r><t>{s("RichRun")}</t></r><rPh sb="0" eb="1"><t>{s("Reading")}</t></rPh></is></c>',
        5: f'<c r="B5" t="str"><f>"{s("FormulaLiteral")}"</f><v>{s("CachedText")}</v></c>',
        6: f'<c r="B6" t="inlineStr"><is><t>{_escaped(s("References"))}</t></is></c>',
        7: f'<c r="B7" t="inlineStr"><is><t>{s("HeldTreated")}</t></is></c>',
        8: f'<c r="B8" t="s">{_shared(split)}</c>',
    }
    formulas = {
        3: "<f>E3*2</f><v>2</v>",
        4: "<f>LEN(C4)</f><v>4</v>",
        5: f'<f>IF(A5="{s("KeptLiteral")}",1,5)</f><v>5</v>',
        6: "<f>'[1]数据'!A1+13800138</f><v>6</v>",
        7: "<f>E7+1</f><v>7</v>",
        8: f'<f t="array" ref="D8">SUM({{"{s("ArrayConstant")}"}})</f><v>8</v>',
    }
    note = "x" if row != 7 else s("HeldKept")
    shared = f'{_text(f"{note}{row}")}<phoneticPr fontId="1"/><rPh sb="0" eb="1">{_text(s("KeptReading"))}</rPh>'
    meta = ' vm="1"' if row == 4 else ""
    return (
        f'<row r="{row}" spans="1:5"><c r="A{row}"{meta}><v>{row}</v></c>{forms[row]}'
        f'<c r="C{row}" s="1" t="inlineStr"><is>{_text(s("Dropped"))}</is></c>'
        f'<c r="D{row}">{formulas[row]}</c><c r="E{row}" t="s">{_shared(shared)}</c></row>'
    ).replace(f'<c r="E{row}" t="s">', f'<c r="E{row}" t="s" ph="1">')


def _around() -> str:
    """What stands behind the cells."""
    s = secret
    return (
        f'<protectedRanges><protectedRange name="{s("ProtectedRange")}" sqref="A1"/></protectedRanges>'
        f'<scenarios><scenario name="{s("Scenario")}"><inputCells r="B3" val="{s("ScenarioValue")}"/></scenario></scenarios>'
        f'<autoFilter ref="A2:E8"><filterColumn colId="1"><filters><filter val="{s("Filter")}"/></filters></filterColumn>'
        f'<sortState ref="A3:E8"><sortCondition ref="B3" customList="{s("SortList")}"/></sortState></autoFilter>'
        f'<customSheetViews><customSheetView guid="{{0}}"><headerFooter><oddHeader>{s("ViewHeader")}</oddHeader>'
        "</headerFooter></customSheetView></customSheetViews>"
        '<mergeCells count="1"><mergeCell ref="A30:B30"/></mergeCells>'
        '<conditionalFormatting sqref="E3:E8"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>60'
        f'</formula></cfRule><cfRule type="containsText" priority="2" text="{s("RuleText")}"><formula>NOT(ISERROR('
        f'SEARCH("{s("RuleFormula")}",E3)))</formula></cfRule><cfRule type="dataBar" priority="3"><dataBar><cfvo '
        f'type="num" val="13800138000"/><color rgb="FFFF0000"/></dataBar><extLst><ext>{s("RuleExtension")}</ext></extLst>'
        "</cfRule></conditionalFormatting>"
        '<dataValidations count="2"><dataValidation type="decimal" sqref="A3:A8"><formula1>1</formula1><formula2>9'
        f'</formula2></dataValidation><dataValidation type="list" sqref="B3:B8" prompt="{s("Prompt")}" error="{s("Error")}">'
        f'<formula1>"{s("InlineList")},b"</formula1></dataValidation></dataValidations>'
        f'<hyperlinks><hyperlink ref="B3" r:id="rLink" display="{s("LinkText")}" tooltip="{s("LinkTip")}"/></hyperlinks>'
        f'<pageSetup orientation="landscape" r:id="rPrint"/><headerFooter><oddHeader>{s("Header")}</oddHeader></headerFooter>'
        f'<customProperties><customPr name="{s("CustomProperty")}" r:id="rProp"/></customProperties>'
        f'<smartTags><cellSmartTags r="B3"><cellSmartTag><cellSmartTagPr key="{s("SmartTag")}"/></cellSmartTag>'
        "</cellSmartTags></smartTags>"
        '<drawing r:id="rDraw"/><legacyDrawing r:id="rVml"/><legacyDrawingHF r:id="rVml"/><picture r:id="rPic"/>'
        '<oleObjects><oleObject progId="Word" shapeId="1" r:id="rOle"/></oleObjects>'
        f'<mc:AlternateContent><mc:Choice Requires="x14"><controls><control name="{s("Control")}"/></controls></mc:Choice>'
        "</mc:AlternateContent>"
        '<tableParts count="1"><tablePart r:id="rTable"/></tableParts>'
        f"<extLst><ext><x14:sparklineGroups><xm:f>{s('Sparkline')}</xm:f></x14:sparklineGroups></ext></extLst></worksheet>"
    )


def _workbook() -> bytes:
    s = secret
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{REL}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:x15ac="{MS}/spreadsheetml/2010/11/ac"><fileVersion appName="xl"/>'
        f'<fileSharing userName="{s("SharingUser")}"/><workbookPr codeName="ThisWorkbook"/>'
        f'<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\{s("Folder")}\\"/></mc:Choice>'
        '</mc:AlternateContent><bookViews><workbookView activeTab="0"/></bookViews><sheets>'
        '<sheet name="数据" sheetId="1" r:id="rId1"/><sheet name="空表" sheetId="2" state="veryHidden" r:id="rId2"/></sheets>'
        '<externalReferences><externalReference r:id="rExt"/></externalReferences><definedNames>'
        f'<definedName name="常量">"{s("NameConstant")}"</definedName><definedName name="数">13800138000</definedName>'
        f'<definedName name="外">[1]{s("ExternalSheet")}!$A$1</definedName>'
        f'<definedName name="注" comment="{s("NameComment")}">数据!$A$1</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">数据!$A$1:$E$8</definedName></definedNames>'
        '<calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rPivot"/></pivotCaches>'
        f"<extLst><ext>{s('WorkbookExtension')}</ext></extLst></workbook>"
    ).encode()


def _chart(*, literal: bool = False) -> bytes:
    s = secret
    values = (
        f"<c:numLit><c:pt idx='0'><c:v>{s('ChartLiteral')}</c:v></c:pt></c:numLit>"
        if literal
        else f"<c:numRef><c:f>数据!$D$3:$D$8</c:f><c:numCache><c:pt idx='0'><c:v>{s('NumberCache')}</c:v></c:pt></c:numCache></c:numRef>"
    )
    return (
        f'<?xml version="1.0"?><c:chartSpace xmlns:c="{DRAW}/chart" xmlns:a="{DRAW}/main" xmlns:r="{REL}"><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{s('ChartTitle')}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:plotArea><c:layout/><c:barChart><c:barDir val='col'/><c:ser><c:idx val='0'/><c:order val='0'/>"
        f"<c:tx><c:strRef><c:f>数据!$D$2</c:f><c:strCache><c:pt idx='0'><c:v>{s('SeriesCache')}</c:v></c:pt></c:strCache>"
        f"</c:strRef></c:tx><c:cat><c:strRef><c:f>数据!$B$3:$B$8</c:f><c:strCache><c:pt idx='0'><c:v>{s('TextCache')}"
        f"</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val>{values}</c:val><c:extLst><c:ext>{s('LabelRange')}</c:ext>"
        "</c:extLst></c:ser><c:axId val='1'/><c:axId val='2'/></c:barChart>"
        "<c:catAx><c:axId val='1'/><c:scaling/><c:delete val='0'/><c:axPos val='b'/><c:crossAx val='2'/></c:catAx>"
        "<c:valAx><c:axId val='2'/><c:scaling/><c:delete val='0'/><c:axPos val='l'/><c:crossAx val='1'/></c:valAx>"
        "</c:plotArea></c:chart><c:externalData r:id='rData'/><c:userShapes r:id='rShapes'/></c:chartSpace>"
    ).encode()


def _anchor(inside: str) -> str:
    place = "<xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    place += (
        "<xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    )
    return f"<xdr:twoCellAnchor>{place}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def _frame(chart: str) -> str:
    s = secret
    return _anchor(
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1" descr="{s("AltText")}" '
        f'title="{s("AltTitle")}"><a:hlinkClick r:id="rIdH" tooltip="{s("ShapeLink")}"/></xdr:cNvPr>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{DRAW}/chart"><c:chart xmlns:c="{DRAW}/chart" r:id="{chart}"/></a:graphicData>'
        "</a:graphic></xdr:graphicFrame>"
    )


def _drawing() -> bytes:
    s = secret
    box = f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="T"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{s("TextBox")}</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    picture = f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="P" descr="{s("PictureText")}"/></xdr:nvPicPr></xdr:pic>'
    return (
        f'<?xml version="1.0"?><xdr:wsDr xmlns:xdr="{DRAW}/spreadsheetDrawing" xmlns:a="{DRAW}/main" xmlns:r="{REL}">'
        f"{_frame('rId1')}{_frame('rId2')}{_anchor(box)}{_anchor(picture)}</xdr:wsDr>"
    ).encode()


def _table() -> bytes:
    s = secret
    columns = "".join(
        f'<tableColumn id="{place}" name="{name}"/>'
        for place, name in enumerate(("编号", "姓名", s("DroppedHeader"), "比值", "备注"), 1)
    )
    return (
        f'<table xmlns="{MAIN}" id="1" name="T1" displayName="T1" ref="A2:E8"><autoFilter ref="A2:E8"><filterColumn '
        f'colId="1"><filters><filter val="{s("TableFilter")}"/></filters></filterColumn></autoFilter>'
        f'<tableColumns count="5">{columns}</tableColumns></table>'
    ).encode()


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
).encode()


def hide(path: Path, *, macros: bool = False) -> Path:
    """Write the workbook: sheet 数据 with a table of five columns, and an empty hidden sheet."""
    s = secret
    sheet = _sheet()
    wrap = lambda place: f'<a xmlns="{MAIN}"><t>{s(place)}</t></a>'.encode()  # noqa: E731
    parts = {
        "xl/workbook.xml": _workbook(),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="9"><c r="A9"><f>"{s("EmptySheet")}"</f></c></row></sheetData></worksheet>'.encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{len(STRINGS)}">{"".join(STRINGS)}</sst>'.encode(),
        "xl/styles.xml": STYLES,
        "xl/worksheets/_rels/sheet1.xml.rels": _relations(
            ("rDraw", "drawing", "../drawings/drawing1.xml"),
            ("rVml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rNote", "comments", "../comments1.xml"),
            ("rThread", f"{MS}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
            ("rLink", "hyperlink", f"mailto:{s('MailLink')}@a.example"),
            ("rPrint", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rProp", "customProperty", "../customProperty1.bin"),
            ("rPic", "image", "../media/image1.png"),
            ("rOle", "package", "../embeddings/a.docx"),
            ("rTable", "table", "/xl/tables/table1.xml"),
            ("rPivotTable", "pivotTable", "../pivotTables/pivotTable1.xml"),
            ("rQuery", "queryTable", "../queryTables/queryTable1.xml"),
        ),
        "xl/drawings/drawing1.xml": _drawing(),
        "xl/drawings/_rels/drawing1.xml.rels": _relations(
            ("rId1", "chart", "../charts/chart1.xml"),
            ("rId2", "chart", "../charts/chart2.xml"),
            ("rImg", "image", "../media/image1.png"),
            ("rIdH", "hyperlink", f"mailto:{s('ShapeMail')}"),
        ),
        "xl/drawings/vmlDrawing1.vml": f"<xml>{s('Vml')}</xml>".encode(),
        "xl/charts/chart1.xml": _chart(),
        "xl/charts/chart2.xml": _chart(literal=True),
        "xl/charts/_rels/chart1.xml.rels": _relations(
            ("rData", "package", "../embeddings/chart.xlsx"), ("rShapes", "chartUserShapes", "../drawings/shapes1.xml")
        ),
        "xl/drawings/shapes1.xml": wrap("UserShapes"),
        "xl/comments1.xml": wrap("Comment"),
        "xl/threadedComments/threadedComment1.xml": wrap("ThreadedComment"),
        "xl/persons/person.xml": wrap("Person"),
        "xl/printerSettings/printerSettings1.bin": s("Printer").encode("utf-16-le"),
        "xl/customProperty1.bin": s("CustomPart").encode("utf-16-le"),
        "xl/media/image1.png": b"\x89PNG" + s("Image").encode(),
        "xl/embeddings/a.docx": s("Embedded").encode(),
        "xl/embeddings/chart.xlsx": s("ChartBook").encode(),
        "xl/tables/table1.xml": _table(),
        "xl/pivotTables/pivotTable1.xml": wrap("PivotTable"),
        "xl/pivotCache/pivotCacheDefinition1.xml": wrap("PivotCache"),
        "xl/pivotCache/pivotCacheRecords1.xml": wrap("PivotRecords"),
        "xl/queryTables/queryTable1.xml": wrap("QueryTable"),
        "xl/connections.xml": wrap("Connection"),
        "xl/externalLinks/externalLink1.xml": wrap("ExternalCache"),
        "xl/metadata.xml": wrap("Metadata"),
        "xl/richData/rdrichvalue.xml": wrap("RichData"),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="D3" i="1"/></calcChain>'.encode(),
        "xl/revisions/revisionHeaders.xml": wrap("Revision"),
        "xl/unreferenced.xml": wrap("Unreferenced"),
        "customXml/item1.xml": wrap("CustomXml"),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{s('Title')}</dc:title><dc:creator>{s('Creator')}</dc:creator><cp:lastModifiedBy>{s('ModifiedBy')}"
            f"</cp:lastModifiedBy><cp:keywords>{s('Keywords')}</cp:keywords>"
            '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
        ).encode(),
        "docProps/app.xml": (
            f'<Properties xmlns="{DOC}/extended-properties" xmlns:vt="{DOC}/docPropsVTypes"><Template>{s("Template")}'
            f"</Template><Manager>{s('Manager')}</Manager><Application>Microsoft Excel</Application><Company>{s('Company')}"
            f'</Company><TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>{s("PartTitle")}</vt:lpstr></vt:vector>'
            f"</TitlesOfParts><HLinks><vt:vector><vt:variant><vt:lpwstr>{s('PropertyLink')}</vt:lpwstr></vt:variant>"
            "</vt:vector></HLinks></Properties>"
        ).encode(),
        "docProps/custom.xml": wrap("CustomProperties"),
        "docProps/thumbnail.jpeg": s("Thumbnail").encode(),
        "_xmlsignatures/origin.sigs": s("Signature").encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
            ("rExt", "externalLink", "externalLinks/externalLink1.xml"),
            ("rPivot", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("rConn", "connections", "connections.xml"),
            ("rPerson", f"{MS}/2017/10/relationships/person", "persons/person.xml"),
            ("rMeta", "sheetMetadata", "metadata.xml"),
            ("rRich", f"{MS}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
            ("rCalc", "calcChain", "calcChain.xml"),
            ("rRev", "revisionHeaders", "revisions/revisionHeaders.xml"),
            ("rXml", "customXml", "../customXml/item1.xml"),
            *((("rVba", f"{MS}/2006/relationships/vbaProject", "vbaProject.bin"),) if macros else ()),
        ),
        "_rels/.rels": _relations(
            ("rId1", "officeDocument", "xl/workbook.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
            ("rId4", "custom-properties", "docProps/custom.xml"),
            ("rId5", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
            ("rId6", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs"),
        ),
    }
    if macros:
        parts["xl/vbaProject.bin"] = s("Macro").encode()
    parts = {"[Content_Types].xml": _types(macros=macros), **parts}
    return workbooks.package(path, parts)


def _types(*, macros: bool) -> bytes:
    book = "application/vnd.ms-excel.sheet.macroEnabled" if macros else SHEET_TYPE + ".sheet"
    drawing = "application/vnd.openxmlformats-officedocument.drawing"
    kinds = {
        "/xl/workbook.xml": f"{book}.main+xml",
        "/xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{SHEET_TYPE}.worksheet+xml",
        "/xl/sharedStrings.xml": f"{SHEET_TYPE}.sharedStrings+xml",
        "/xl/styles.xml": f"{SHEET_TYPE}.styles+xml",
        "/xl/drawings/drawing1.xml": f"{drawing}+xml",
        "/xl/charts/chart1.xml": f"{drawing}ml.chart+xml",
        "/xl/charts/chart2.xml": f"{drawing}ml.chart+xml",
        "/xl/comments1.xml": f"{SHEET_TYPE}.comments+xml",
        "/xl/tables/table1.xml": f"{SHEET_TYPE}.table+xml",
        "/xl/calcChain.xml": f"{SHEET_TYPE}.calcChain+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    defaults = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>'
        for end, kind in {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
            "bin": "application/vnd.ms-office.vbaProject",
            "png": "image/png",
            "jpeg": "image/jpeg",
        }.items()
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()
