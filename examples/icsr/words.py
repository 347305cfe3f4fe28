"""What the reports speak of: products and hospitals are invented, term codes only have the shape of MedDRA's.

MedDRA is licensed and its numbers are not reproduced: the eight digits here, all beginning with 1099, are made up.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A coded term in both languages."""

    code: str
    en: str
    zh: str


class Product(NamedTuple):
    """A medicine: names, substance, strength in mg, form, route with its number, and what it is for."""

    en: str
    zh: str
    substance: str
    strength: str
    form: str
    form_zh: str
    route: str
    route_en: str
    purpose: Term


class Lab(NamedTuple):
    """A laboratory test: term, unit, reference range, and one digit or none after the point."""

    term: Term
    unit: str
    low: int
    high: int
    tenths: bool = False


HOLDER = "北京示例制药股份有限公司"
HOLDER_EN = "Beijing Shili Pharmaceutical Co., Ltd."
HOLDER_MARK = "SHILIPHARMA"
MEDDRA = "27.1"

_ARTHRITIS = Term("10990201", "Rheumatoid arthritis", "类风湿关节炎")
_LUNG = Term("10990202", "Non-small cell lung cancer", "非小细胞肺癌")
_PSORIASIS = Term("10990203", "Plaque psoriasis", "斑块状银屑病")
_PRESSURE = Term("10990204", "Hypertension", "高血压")
_EPILEPSY = Term("10990205", "Epilepsy", "癫痫")
_GOUT = Term("10990206", "Gout", "痛风")
_DYSPEPSIA = Term("10990207", "Dyspepsia", "消化不良")

OWN = (
    Product("KESILOMIN tablets", "凯斯洛明片", "kesilomine", "20", "Tablet", "片剂", "048", "Oral", _ARTHRITIS),
    Product("NOBEWIDING capsules", "诺贝维定胶囊", "nobewidine", "75", "Capsule", "胶囊剂", "048", "Oral", _LUNG),
    Product(
        "PEILINTUO for injection",
        "注射用佩林托",
        "peilintofen",
        "100",
        "Injection",
        "注射剂",
        "042",
        "Intravenous",
        _LUNG,
    ),
    Product(
        "YISHAPULONG pen",
        "伊沙普隆注射液",
        "yishapulon",
        "50",
        "Injection",
        "注射剂",
        "058",
        "Subcutaneous",
        _PSORIASIS,
    ),
)
OTHERS = (
    Product("AOSAWEI tablets", "奥萨维片", "aosavimide", "5", "Tablet", "片剂", "048", "Oral", _PRESSURE),
    Product("TAIZUORUI tablets", "泰佐瑞缓释片", "taizoretin", "47.5", "Tablet", "缓释片", "048", "Oral", _EPILEPSY),
    Product("MITUORUI granules", "米托瑞颗粒", "mitorelan", "250", "Granules", "颗粒剂", "048", "Oral", _GOUT),
    Product(
        "FUKANGLE oral solution",
        "复康乐口服液",
        "fukangol",
        "10",
        "Oral solution",
        "口服溶液",
        "048",
        "Oral",
        _DYSPEPSIA,
    ),
)

REACTIONS = (
    Term("10990011", "Rash generalised", "全身皮疹"),
    Term("10990012", "Hepatic function abnormal", "肝功能异常"),
    Term("10990013", "Nausea", "恶心"),
    Term("10990014", "Dizziness", "头晕"),
    Term("10990015", "Anaphylactic shock", "过敏性休克"),
    Term("10990016", "Neutrophil count decreased", "中性粒细胞计数降低"),
    Term("10990017", "Palpitations", "心悸"),
    Term("10990018", "Interstitial lung disease", "间质性肺疾病"),
    Term("10990019", "Diarrhoea", "腹泻"),
    Term("10990020", "Hypoglycaemia", "低血糖"),
    Term("10990021", "Gastrointestinal haemorrhage", "消化道出血"),
    Term("10990022", "Pruritus", "皮肤瘙痒"),
    Term("10990023", "Acute kidney injury", "急性肾损伤"),
    Term("10990024", "Injection site induration", "注射部位硬结"),
)
AT_BIRTH = (
    Term("10990031", "Low birth weight baby", "低出生体重"),
    Term("10990032", "Neonatal jaundice", "新生儿黄疸"),
)
HISTORY = (
    Term("10990101", "Hypertension", "高血压"),
    Term("10990102", "Type 2 diabetes mellitus", "2型糖尿病"),
    Term("10990103", "Coronary artery disease", "冠心病"),
    Term("10990104", "Hepatitis B carrier", "乙肝病毒携带"),
    Term("10990105", "Appendicectomy", "阑尾切除术后"),
    Term("10990106", "Rheumatoid arthritis", "类风湿关节炎"),
    Term("10990107", "Penicillin allergy", "青霉素过敏"),
    Term("10990108", "Depression", "抑郁症"),
)
LABS = (
    Lab(Term("10990301", "Alanine aminotransferase", "丙氨酸氨基转移酶"), "U/L", 7, 40),
    Lab(Term("10990302", "White blood cell count", "白细胞计数"), "10*9/L", 4, 10, tenths=True),
    Lab(Term("10990303", "Creatinine", "肌酐"), "umol/L", 45, 84),
    Lab(Term("10990304", "Platelet count", "血小板计数"), "10*9/L", 125, 350),
    Lab(Term("10990305", "Blood glucose", "血糖"), "mmol/L", 4, 6, tenths=True),
)
CAUSES = (
    Term("10990401", "Respiratory failure", "呼吸衰竭"),
    Term("10990402", "Multiple organ dysfunction", "多器官功能衰竭"),
)

HOSPITALS = (
    ("示例仁和医院", "Shili Renhe Hospital"),
    ("示例博济医院", "Shili Boji Hospital"),
    ("示例长宁中心医院", "Shili Changning Central Hospital"),
    ("示例同安中医院", "Shili Tongan Hospital of Chinese Medicine"),
    ("示例妇幼保健院", "Shili Maternity and Child Hospital"),
)
WARDS = (
    ("风湿免疫科", "Rheumatology"),
    ("呼吸与危重症医学科", "Respiratory Medicine"),
    ("药学部", "Pharmacy"),
    ("神经内科", "Neurology"),
    ("心血管内科", "Cardiology"),
)
OUTCOMES = (
    ("1", "recovered/resolved", "痊愈"),
    ("2", "recovering/resolving", "好转"),
    ("3", "not recovered/not resolved/ongoing", "未好转"),
    ("0", "unknown", "不详"),
)
FATAL = ("5", "fatal", "死亡")
QUALIFICATIONS = {"1": ("Physician", "医生"), "2": ("Pharmacist", "药师"), "5": ("Consumer", "患者或其家属")}
AGE_GROUPS = {"1": "Neonate", "2": "Infant", "3": "Child", "4": "Adolescent", "5": "Adult", "6": "Elderly"}
