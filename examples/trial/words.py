"""What the trial's records speak of: sponsor, sites and medicine are invented."""

from __future__ import annotations

from typing import NamedTuple


class Event(NamedTuple):
    """An adverse event as it is coded, and as investigators write it."""

    decoded: str
    system: str
    verbatim: tuple[str, ...]


class Drug(NamedTuple):
    """A concomitant medicine: standard name, names as written, indication, dose in mg."""

    decoded: str
    written: tuple[str, ...]
    indication: str
    dose: int


class Measure(NamedTuple):
    """A test or vital sign: short and long name, category, unit, middle and spread in tenths, reference range."""

    code: str
    name: str
    category: str
    unit: str
    middle: int
    spread: int
    low: str
    high: str


STUDY = "ZRF301"
TREATMENT = "ZERUIFENG"
SPONSOR = "Example Biosciences GmbH"
PURPOSE = "临床试验数据汇总、统计分析与注册申报"

SITES = (
    ("101", "北京示例仁和医院"),
    ("102", "北京示例博济医院"),
    ("103", "上海示例同安医院"),
    ("104", "广州示例南岭医院"),
    ("105", "成都示例锦川医院"),
    ("106", "武汉示例江城医院"),
    ("107", "杭州示例之江医院"),
    ("108", "西安示例长安医院"),
)

EVENTS = (
    Event("Nausea", "Gastrointestinal disorders", ("恶心", "NAUSEA", "恶心，餐后加重")),
    Event("Diarrhoea", "Gastrointestinal disorders", ("腹泻", "loose stools 3x/day", "DIARRHOEA")),
    Event("Headache", "Nervous system disorders", ("头痛", "HEADACHE", "间断头痛")),
    Event("Dizziness", "Nervous system disorders", ("头晕", "dizzy on standing")),
    Event("Rash", "Skin and subcutaneous tissue disorders", ("皮疹", "RASH, both arms", "双上肢皮疹")),
    Event("Alanine aminotransferase increased", "Investigations", ("ALT升高", "ALT INCREASED", "转氨酶升高")),
    Event("Neutrophil count decreased", "Investigations", ("中性粒细胞减少", "NEUTROPHILS LOW")),
    Event("Upper respiratory tract infection", "Infections and infestations", ("上呼吸道感染", "感冒", "URTI")),
    Event("Pneumonia", "Infections and infestations", ("肺炎", "PNEUMONIA, admitted")),
    Event("Fatigue", "General disorders and administration site conditions", ("乏力", "FATIGUE")),
)
DRUGS = (
    Drug("METHOTREXATE", ("甲氨蝶呤片", "MTX", "methotrexate"), "类风湿关节炎", 10),
    Drug("FOLIC ACID", ("叶酸片", "FOLIC ACID"), "预防用药", 5),
    Drug("PARACETAMOL", ("对乙酰氨基酚", "paracetamol"), "头痛", 500),
    Drug("AMLODIPINE", ("氨氯地平", "amlodipine 5mg"), "高血压", 5),
    Drug("METFORMIN", ("二甲双胍", "METFORMIN"), "2型糖尿病", 500),
    Drug("CALCIUM CARBONATE", ("碳酸钙D3", "calcium"), "补钙", 600),
)
LABS = (
    Measure("ALT", "Alanine Aminotransferase", "CHEMISTRY", "U/L", 240, 150, "7", "40"),
    Measure("AST", "Aspartate Aminotransferase", "CHEMISTRY", "U/L", 230, 120, "13", "35"),
    Measure("CREAT", "Creatinine", "CHEMISTRY", "umol/L", 650, 200, "45", "84"),
    Measure("HGB", "Hemoglobin", "HEMATOLOGY", "g/L", 1350, 200, "115", "150"),
    Measure("WBC", "Leukocytes", "HEMATOLOGY", "10^9/L", 65, 30, "4.0", "10.0"),
    Measure("PLAT", "Platelets", "HEMATOLOGY", "10^9/L", 2200, 800, "125", "350"),
)
SIGNS = (
    Measure("SYSBP", "Systolic Blood Pressure", "", "mmHg", 1240, 200, "", ""),
    Measure("DIABP", "Diastolic Blood Pressure", "", "mmHg", 780, 130, "", ""),
    Measure("PULSE", "Pulse Rate", "", "beats/min", 760, 150, "", ""),
    Measure("TEMP", "Temperature", "", "C", 365, 5, "", ""),
    Measure("WEIGHT", "Weight", "", "kg", 650, 200, "", ""),
)
VISITS = (
    (1, "SCREENING", -10),
    (2, "BASELINE", 1),
    (3, "WEEK 4", 29),
    (4, "WEEK 8", 57),
    (5, "WEEK 12", 85),
    (6, "WEEK 24", 169),
)
ARMS = (("ZRF20", "Zeruifeng 20 mg"), ("ZRF40", "Zeruifeng 40 mg"), ("PBO", "Placebo"))
SCHOOLING = ("小学", "初中", "高中", "大专", "本科")
NATIONS = ("汉族", "汉族", "汉族", "汉族", "满族", "回族", "蒙古族", "壮族")
