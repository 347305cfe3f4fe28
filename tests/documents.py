"""Three whole runs as documents: HR (lighter after treatment), retail (no lighter, and why), and one still open.

Other tests may use them: `hr_case()`, `retail_case()` in `tests.documents_retail`, `open_case()`.
"""

from __future__ import annotations

from kouan.model.decision import (
    Change,
    Condition,
    ConditionKind,
    Decision,
    DecisionPair,
    Duty,
    FlowDecision,
    PackRef,
    Pathway,
    Question,
    RuleTrace,
)
from kouan.model.declaration import Declaration
from kouan.model.facts import Conflict, FactSet, FlowFacts
from kouan.model.inventory import EntityReport, IdentityRole, Inventory, Item, PersonCount, SourceReport, Tier
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.risk import Grade, RiskReport, RiskView
from kouan.model.treatment import TreatedFile, TreatedItem, Treatment
from tests.documents_parts import (
    AS_OF,
    FALSE,
    TRUE,
    UNKNOWN,
    Case,
    atom,
    declared,
    digest,
    every,
    finding,
    fired,
    is_sensitive,
    item,
    observed,
    one_of,
    order13,
    order16,
    outcome,
    pipl,
    ratio,
    span,
    table_risk,
    text,
    verdict,
)

HR_FILE = "data/员工主数据.xlsx"
STAFF, CHILDREN = (HR_FILE, "员工信息"), (HR_FILE, "子女信息")
CONTRACT_OR_CERTIFICATION = (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
PACK = PackRef(id="cn-order-16", version="2026.11.1", sha256=digest("cn-order-16"))
EXPORTER = text("数据处理者", "the exporter")


def hr_declaration() -> Declaration:
    return Declaration.model_validate(
        {
            "transfer": {"name": "集团人力资源主数据出境", "scenario": "hr_management", "standing": True},
            "parties": [
                {
                    "role": "exporter",
                    "name": "北京云杉精密仪器有限公司",
                    "uscc": "91110105MA0KQ7T2XU",
                    "ciio": False,
                    "zone": "cn-beijing/chaoyang",
                },
                {
                    "role": "recipient",
                    "name": "Yunshan Instruments Group AG",
                    "country": "CH",
                    "contact": "privacy@yunshan.example",
                },
            ],
            "purpose": "总部统一开展岗位编制、薪酬核定与海外派遣管理",
            "basis": ["hr"],
            "sources": [{"path": HR_FILE, "subjects": ["employee", "child"]}],
            "year_to_date": {"ordinary": 0, "sensitive": 0, "as_of": "2026-11-20"},
            "facts": {"hr.collective_contract": True, "hr.labour_rules": True, "hr.necessary": True},
        }
    )


def hr_inventory() -> Inventory:
    return Inventory(
        as_of=AS_OF,
        sources=(
            SourceReport(
                path=HR_FILE,
                format="xlsx",
                detail="工作表：员工信息、子女信息",
                bytes=418_336,
                sha256=digest(HR_FILE),
                entities=(
                    EntityReport(name="员工信息", rows=3_004, columns=11),
                    EntityReport(name="子女信息", rows=2_141, columns=4),
                ),
                notes=(
                    text(
                        "“银行账号”有 2 格超过 15 位数字，已被电子表格改写，末位不可信",
                        "2 cells of “银行账号” hold more than 15 digits and were altered by the spreadsheet; "
                        "their last digits cannot be trusted",
                    ),
                ),
            ),
        ),
        items=(*_staff_items(), *_children_items()),
        persons=(
            PersonCount(
                subject="employee",
                persons=span(3_000, 3_004),
                sensitive=span(2_998, 3_004),
                under14=span(0),
                keys=(f"{HR_FILE}!员工信息#身份证号", f"{HR_FILE}!员工信息#工号"),
                method=text(
                    "按有效的居民身份证号去重；4 行号码校验不符，按工号计",
                    "By valid resident ID; 4 rows by employee number",
                ),
            ),
            PersonCount(
                subject="child",
                persons=span(2_127, 2_141),
                sensitive=span(1_652, 1_668),
                under14=span(1_652, 1_668),
                keys=(),
                method=text(
                    "没有子女自己的证件号，按员工工号、姓名与出生日期合并；14 行出生日期缺失",
                    "No identifier of their own: told apart by employee number, name and birth date; 14 rows lack the date",
                ),
            ),
        ),
    )


def _staff_items() -> tuple[Item, ...]:
    n = 3_004
    direct, quasi, sensitive = IdentityRole.DIRECT, IdentityRole.QUASI, IdentityRole.SENSITIVE
    basic, identity = "个人基本资料", "个人身份信息"
    work, wealth = "个人教育工作信息", "个人财产信息"
    who = {"subject": "employee", "cells": n}
    return (
        item(STAFF, "工号", meaning="person_id", label=text("员工编号", "employee number"), category=work, role=direct,
             samples=("E00****", "E02****"), distinct=3_000, **who),
        item(STAFF, "姓名", meaning="name", label=text("姓名", "name"), category=basic, role=direct,
             samples=("张*", "欧阳**", "李*"), distinct=2_871, **who),
        item(STAFF, "身份证号", meaning="cn.ric", label=text("居民身份证号码", "resident ID number"), category=identity,
             role=direct, samples=("110105********0**2", "370202********1**X"), nulls=6, distinct=2_996,
             findings=(finding("cn.ric", 2_998, 2_994, 0),),
             reason=text("2,998 格中 2,994 格通过出生日期、地区码与校验位检查",
                         "2,994 of 2,998 cells pass birth date, area code and check digit"), **who),
        item(STAFF, "手机号", meaning="cn.mobile", label=text("手机号码", "mobile number"), category=basic, role=direct,
             samples=("138****0172", "１３９****"), nulls=41, distinct=2_950,
             findings=(finding("cn.mobile", 2_963, 2_951, 8),), **who),
        item(STAFF, "出生日期", meaning="birth_date", label=text("出生日期", "date of birth"), category=basic, role=quasi,
             samples=("1987-**-**",), distinct=2_640, kind="date32", **who),
        item(STAFF, "性别", meaning="sex", label=text("性别", "sex"), category=basic, role=quasi, samples=("男", "女"),
             distinct=2, **who),
        item(STAFF, "部门", meaning="department", label=text("部门", "department"), category=work, role=quasi,
             samples=("研发*部",), distinct=38, **who),
        item(STAFF, "月薪", meaning="salary", label=text("薪酬", "salary"), category=wealth, role=sensitive,
             samples=("2****", "1****"), distinct=1_204, kind="int64", tier=Tier.SUSPECTED,
             sensitive=is_sensitive("表A.1 金融账户：收入明细"),
             reason=text("列名与数值范围符合薪酬；按收入明细从严认定",
                         "Name and values fit a salary; read strictly as income detail"), **who),
        item(STAFF, "银行账号", meaning="bank_account", label=text("工资卡账号", "payroll account"), category=wealth,
             role=direct, samples=("6222************31",), nulls=18, distinct=2_981,
             sensitive=is_sensitive("表A.1 金融账户"), findings=(finding("cn.bankcard", 2_986, 2_979, 5),),
             notes=(text("2 格的数字被电子表格截断", "The spreadsheet cut digits in 2 cells"),), **who),
        item(STAFF, "入职日期", meaning="hire_date", label=text("入职日期", "hire date"), category=work, role=quasi,
             samples=("2019-**-**",), distinct=1_890, kind="date32", **who),
        item(STAFF, "备注", meaning="free_text", label=text("自由文本", "free text"), category=basic, role=direct,
             samples=("联系*** 1**********",), nulls=2_410, distinct=511, tier=Tier.SUSPECTED,
             findings=(finding("cn.mobile", 594, 37, 4), finding("name", 594, 0, 60)),
             reason=text("594 段文字中 41 段含手机号码", "41 of 594 texts hold a mobile number"), **who),
    )  # fmt: skip


def _children_items() -> tuple[Item, ...]:
    n = 2_141
    child = is_sensitive("表A.1 不满十四周岁未成年人的个人信息")
    who = {"subject": "child", "cells": n, "sensitive": child, "category": "个人基本资料"}
    return (
        item(CHILDREN, "员工工号", meaning="person_id", label=text("员工编号", "employee number"),
             category="个人教育工作信息", role=IdentityRole.DIRECT, subject="employee", cells=n, distinct=1_702,
             samples=("E00****",)),
        item(CHILDREN, "子女姓名", meaning="name", label=text("姓名", "name"), role=IdentityRole.DIRECT,
             samples=("张**", "李*"), distinct=2_066, **who),
        item(CHILDREN, "子女出生日期", meaning="birth_date", label=text("出生日期", "date of birth"),
             role=IdentityRole.QUASI, samples=("2016-**-**",), nulls=14, distinct=1_877, kind="date32", **who),
        item(CHILDREN, "关系", meaning="relation", label=text("亲属关系", "relation"), role=IdentityRole.QUASI,
             samples=("长子", "女儿"), distinct=5, **who),
    )  # fmt: skip


def _hr_rules(subject: str) -> tuple[RuleTrace, ...]:
    """The traces of one flow: `employee` is exempt under HR, `child` is not."""
    employee = subject == "employee"
    is_staff = TRUE if employee else FALSE
    sensitive = span(0) if employee else span(1_652, 1_668)
    band = FALSE if employee else TRUE
    return (
        fired(
            "art-5-1-2-hr",
            text("按劳动规章制度和集体合同实施跨境人力资源管理", "cross-border HR management under labour rules and a collective contract"),
            order16("5(1)(2)"),
            (Pathway.EXEMPT,),
            every(
                is_staff,
                atom("flow.employee", is_staff, text("信息主体是本单位员工", "the person is the exporter's employee"), employee, expected="true"),
                atom("hr.labour_rules", TRUE, text("有依法制定的劳动规章制度", "labour rules lawfully adopted"), True, expected="true"),
                atom("hr.collective_contract", TRUE, text("有依法签订的集体合同", "a collective contract lawfully concluded"), True, expected="true"),
                atom("hr.necessary", TRUE, text("确需向境外提供", "the export is really needed"), True, expected="true"),
            ),
        ),
        fired(
            "art-8-band",
            text("订立标准合同或者通过认证的数量区间", "numbers that ask for a standard contract or certification"),
            order16("8(1)"),
            CONTRACT_OR_CERTIFICATION,
            every(
                band,
                atom("exporter.ciio", TRUE, text("不是关键信息基础设施运营者", "not a critical information infrastructure operator"), False, expected="false"),
                one_of(
                    band,
                    atom("year.ordinary_persons", FALSE, text("当年累计 10 万人以上、不满 100 万人个人信息（不含敏感）", "100,000 to fewer than 1,000,000 persons this year, sensitive left out"), span(475, 489), expected="100000..999999"),
                    atom("year.sensitive_persons", band, text("当年累计不满 1 万人敏感个人信息（1 人起）", "1 to fewer than 10,000 persons with sensitive information this year"), sensitive, expected="1..9999"),
                ),
            ),
        ),
        fired(
            "art-7-1-2-sensitive",
            text("当年累计向境外提供敏感个人信息一万人以上", "sensitive personal information of 10,000 persons or more this year"),
            order16("7(1)(2)"),
            (Pathway.SECURITY_ASSESSMENT,),
            every(
                FALSE,
                atom("exporter.ciio", TRUE, text("不是关键信息基础设施运营者", "not a critical information infrastructure operator"), False, expected="false"),
                atom("year.sensitive_persons", FALSE, text("当年累计 1 万人以上敏感个人信息", "10,000 persons or more this year"), sensitive, expected=">=10000"),
            ),
        ),
    )  # fmt: skip


EXEMPT_HR = outcome(
    (Pathway.EXEMPT,),
    text(
        "员工信息用于依法实施的跨境人力资源管理，依第16号令第五条第一款第二项免予申报评估、订立标准合同或者通过认证。",
        "Employee data for lawful cross-border HR management are exempt under order 16, Art 5(1)(2).",
    ),
    order16("5(1)(2)"),
)
CHILD_BAND = outcome(
    CONTRACT_OR_CERTIFICATION,
    text(
        "员工子女不是员工，不在人力资源豁免之内；其中不满十四周岁者 1,652–1,668 人属敏感个人信息，不满 1 万人，依第八条订立标准合同或者通过认证。",
        "Children are not employees, so the HR exemption does not reach them; 1,652–1,668 of them are under 14 (sensitive), "
        "fewer than 10,000, so Art 8 asks for a standard contract or certification.",
    ),
    order16("8(1)"),
)


def _flow_facts(subject: str) -> FlowFacts:
    labels = {"employee": text("员工", "Employees"), "child": text("员工子女", "Employees' children")}
    staff = subject == "employee"
    facts = (
        observed("flow.employee", staff),
        observed("flow.ordinary_persons", span(0, 6) if staff else span(459, 489)),
        observed("flow.sensitive_persons", span(2_998, 3_004) if staff else span(1_652, 1_668)),
        observed("flow.under14_persons", span(0) if staff else span(1_652, 1_668)),
    )
    return FlowFacts(id=subject, label=labels[subject], subjects=(subject,), facts=facts)


def _hr_flow(subject: str) -> FlowDecision:
    staff = subject == "employee"
    return FlowDecision(
        id=subject,
        label=_flow_facts(subject).label,
        subjects=(subject,),
        possible=(EXEMPT_HR if staff else CHILD_BAND,),
        counted=not staff,
        trace=_hr_rules(subject),
    )


def _hr_facts(*flows: str) -> FactSet:
    return FactSet(
        as_of=AS_OF,
        facts=(
            declared("exporter.ciio", False, "transfer.yaml parties[0].ciio"),
            declared("hr.labour_rules", True),
            declared("hr.collective_contract", True),
            declared("hr.necessary", True),
            declared("data.important", False),
            declared("year_before.ordinary_persons", span(0)),
            declared("year_before.sensitive_persons", span(0)),
        ),
        flows=tuple(_flow_facts(flow) for flow in flows),
        conflicts=(
            Conflict(
                kept=observed("flow.under14_persons", span(1_652, 1_668)),
                dropped=declared("flow.under14_persons", span(0)),
            ),
        )
        if "child" in flows
        else (),
    )


def _duties() -> tuple[Duty, ...]:
    return (
        Duty(id="notice", label=text("告知个人", "Tell the persons"), who=EXPORTER, source=pipl("39"),
             detail=text("告知境外接收方的名称、联系方式、处理目的和方式、信息种类以及行使权利的途径；不需要同意的，仍须告知。",
                         "Name and contact of the recipient, purpose and method, kinds of data, and how to exercise rights; owed even where consent is not."),
             deadline=text("出境前", "before export")),
        Duty(id="pia", label=text("个人信息保护影响评估", "Personal information protection impact assessment"), who=EXPORTER,
             source=pipl("55"), detail=text("评估报告和处理情况记录至少保存三年。", "Keep the report and the record for at least three years."),
             deadline=text("出境前", "before export")),
        Duty(id="security", label=text("保障出境安全，事件及时报告", "Secure the export and report incidents"), who=EXPORTER,
             source=order16("11"), detail=text("采取技术措施和其他必要措施；发生或者可能发生安全事件的，及时向省级以上网信部门报告。",
                                               "Technical and other measures; report actual or possible incidents to the provincial CAC or higher."))
    )  # fmt: skip


def _pia_condition() -> Condition:
    return Condition(
        id="pia-done",
        kind=ConditionKind.IMPACT_ASSESSMENT,
        label=text("个人信息保护影响评估已完成", "The impact assessment is done"),
        ask=text("报告名称与完成日期", "title and date of the report"),
        source=pipl("55"),
    )


def _notice_condition() -> Condition:
    return Condition(
        id="notice-given",
        kind=ConditionKind.NOTICE_GIVEN,
        label=text("已向员工告知第三十九条所列事项", "Employees were told what Art 39 lists"),
        ask=text("告知文件名称与日期", "title and date of the notice"),
        flows=("employee",),
        source=pipl("39"),
    )


def _contract_conditions() -> tuple[Condition, ...]:
    return (
        Condition(id="contract-in-force", kind=ConditionKind.CONTRACT_IN_FORCE,
                  label=text("标准合同已生效", "The standard contract is in force"), ask=text("生效日期", "day of effect"),
                  pathways=(Pathway.STANDARD_CONTRACT,), flows=("child",), source=order13("6")),
        Condition(id="certificate", kind=ConditionKind.CERTIFICATE, label=text("已取得认证证书", "The certificate is held"),
                  ask=text("证书编号与有效期", "number and validity"), pathways=(Pathway.CERTIFICATION,), flows=("child",),
                  source=order16("8(1)")),
        Condition(id="parental-consent", kind=ConditionKind.PARENTAL_CONSENT,
                  label=text("已取得不满十四周岁子女的父母或者其他监护人同意", "Parents or guardians of the under-14s consent"),
                  ask=text("同意书名称与日期", "title and date of the consent"), flows=("child",), source=pipl("31")),
    )  # fmt: skip


def _filing_duty() -> Duty:
    return Duty(
        id="file-contract",
        label=text("标准合同备案", "File the standard contract"),
        detail=text(
            "通过数据出境申报系统向所在地省级网信部门备案。",
            "File with the provincial CAC through the declaration system.",
        ),
        deadline=text("合同生效之日起 10 个工作日内", "within 10 working days of effect"),
        who=EXPORTER,
        source=order13("7"),
    )


def hr_decisions() -> DecisionPair:
    original = Decision(
        as_of=AS_OF,
        packs=(PACK,),
        facts=_hr_facts("employee", "child"),
        flows=(_hr_flow("employee"), _hr_flow("child")),
        possible=(CHILD_BAND,),
        duties=(*_duties(), _filing_duty()),
        conditions=(_notice_condition(), _pia_condition(), *_contract_conditions()),
    )
    treated = Decision(
        as_of=AS_OF,
        packs=(PACK,),
        facts=_hr_facts("employee"),
        flows=(_hr_flow("employee"),),
        possible=(EXEMPT_HR,),
        duties=_duties(),
        conditions=(_notice_condition(), _pia_condition()),
    )
    return DecisionPair(
        original=original,
        treated=treated,
        changes=(
            Change(
                text=text(
                    "不再提供员工子女信息：标准合同或认证的要求随之消失。",
                    "Children's data no longer leave, and the contract or certification goes with them.",
                ),
                fact="flow.sensitive_persons",
            ),
            Change(
                text=text(
                    "员工姓名、证件号已改为假名，仍属个人信息，告知与影响评估的义务不变。",
                    "Names and ID numbers became pseudonyms; they stay personal information, so notice and assessment remain.",
                )
            ),
        ),
    )


def hr_plan() -> Plan:
    todo: dict[str, tuple[Action, dict[str, int | str], str, str]] = {
        "工号": (Action.PSEUDONYM, {}, "保留同一员工的对应关系", "keeps one employee's rows together"),
        "姓名": (Action.DROP, {}, "目的不需要", "the purpose does not need it"),
        "身份证号": (Action.DROP, {}, "目的不需要", "the purpose does not need it"),
        "手机号": (Action.DROP, {}, "目的不需要", "the purpose does not need it"),
        "出生日期": (Action.GENERALISE, {"to": "year"}, "准标识符，年份已够用", "quasi-identifier; the year is enough"),
        "银行账号": (Action.DROP, {}, "敏感且目的不需要", "sensitive and not needed"),
        "入职日期": (
            Action.GENERALISE,
            {"to": "month"},
            "准标识符，月份已够用",
            "quasi-identifier; the month is enough",
        ),
        "备注": (Action.DROP, {}, "自由文本含手机号码", "free text with mobile numbers"),
    }
    keep = (Action.KEEP, {}, "目的需要", "needed for the purpose")
    gone = (Action.DROP, {}, "子女信息不在目的之内", "children are outside the purpose")
    lines = []
    for one in hr_inventory().items:
        action, params, zh, en = gone if "!子女信息#" in one.id else todo.get(one.name, keep)
        lines.append(PlanLine(item=one.id, action=action, params=params, why=text(zh, en)))
    return Plan(mode="controlled", key="pseudonym/2026", edited=True, lines=tuple(lines))


def hr_treatment() -> Treatment:
    inventory, plan = hr_inventory(), hr_plan()
    items = tuple(
        TreatedItem(
            item=line.item,
            action=line.action,
            params=line.params,
            cells=inventory.item(line.item).cells,
            changed=0
            if line.action is Action.KEEP
            else inventory.item(line.item).cells - inventory.item(line.item).nulls,
            emptied=0,
        )
        for line in plan.lines
    )
    note = text("公式、批注和单元格样式没有保留", "Formulas, comments and cell styles are not kept")
    staged = TreatedFile(
        source=HR_FILE,
        staged="staged/员工主数据.xlsx",
        rows=3_004,
        bytes=201_774,
        sha256=digest("staged"),
        notes=(note,),
    )
    return Treatment(key="k-7f3a91c2", files=(staged,), items=items)


def hr_risk() -> RiskReport:
    staff = f"{HR_FILE}!员工信息"
    before = RiskView(
        tables=(
            table_risk(staff, records=3_004, k=1, direct=("工号", "姓名", "身份证号", "手机号", "银行账号", "备注"),
                       quasi=("出生日期", "性别", "部门", "入职日期"), diversity=(("月薪", 1),),
                       sizes=((1, 1, 2_982, 2_982), (2, 2, 8, 16), (3, 5, 2, 6)), risks=((2_988, 3_004), (3_004, 3_004)), alone=2_982),
            table_risk(f"{HR_FILE}!子女信息", records=2_141, k=1, direct=("员工工号", "子女姓名"), quasi=("子女出生日期", "关系"),
                       sizes=((1, 1, 2_013, 2_013), (2, 2, 61, 122), (3, 5, 2, 6)), risks=((2_044, 2_141), (2_141, 2_141))),
        ),
        grade=Grade(grade=1, tau=ratio(1, 5), risk=None, threshold=ratio(1, 20),
                    reason=text("含有直接标识符，按标准直接定为 1 级。", "Direct identifiers are present: grade 1 at once.")),
        verdicts=(verdict("one", "fail", "k=1"), verdict("two", "fail", "k=1", status="draft"),
                  verdict("three", "not_applicable", "k=1", status="foreign"), verdict("four", "fail", "A=0.2", status="probable")),
    )  # fmt: skip
    after = RiskView(
        tables=(
            table_risk(staff, records=3_004, k=2, quasi=("出生日期", "性别", "部门", "入职日期"), diversity=(("月薪", 2),),
                       sizes=((1, 1, 0, 0), (2, 2, 96, 192), (3, 5, 214, 812), (6, 10, 118, 890), (11, 20, 71, 1_110)),
                       risks=((114, 499), (892, 3_004)), alone=96),
        ),
        grade=Grade(grade=2, tau=ratio(1, 5), risk=ratio(1, 1), threshold=ratio(1, 20),
                    reason=text("无直接标识符；仍有 892 条记录所在类不足 5 条，风险高于阈值，定为 2 级。",
                                "No direct identifier; 892 records still stand in classes below 5, so the risk is above the threshold: grade 2.")),
        verdicts=(verdict("one", "pass", "k=6"), verdict("two", "unknown", "k=6", status="draft"),
                  verdict("three", "not_applicable", "k=6", status="foreign"), verdict("four", "fail", "A=0.8", status="probable")),
    )  # fmt: skip
    return RiskReport(mode="controlled", before=before, after=after)


def hr_case() -> Case:
    """Employees and their children to head office: contract or certification, exempt once the children stay home."""
    return Case(
        declaration=hr_declaration(),
        inventory=hr_inventory(),
        decisions=hr_decisions(),
        plan=hr_plan(),
        treatment=hr_treatment(),
        risk=hr_risk(),
    )


def open_case() -> Case:
    """The HR case with two facts not known: three outcomes stay possible and nothing was treated."""
    assessed = outcome(
        (Pathway.SECURITY_ASSESSMENT,),
        text(
            "如属关键信息基础设施运营者，向境外提供个人信息一律申报安全评估。",
            "A critical information infrastructure operator declares every export of personal information.",
        ),
        order16("7(1)(1)"),
    )
    flow = _hr_flow("employee").model_copy(
        update={"possible": (EXEMPT_HR, CHILD_BAND, assessed), "counted": None, "trace": _open_rules()}
    )
    questions = (
        Question(
            fact="exporter.ciio",
            label=text("贵单位是否被认定为关键信息基础设施运营者？", "Has the exporter been designated a critical information infrastructure operator?"),
            help=text("认定由行业主管部门书面通知；没有收到过通知的，填 false。", "Designation comes by written notice of the sector's authority; without one, answer false."),
            flows=("employee",),
            decides=(Pathway.SECURITY_ASSESSMENT,),
        ),
        Question(
            fact="hr.collective_contract",
            label=text("是否有依法签订的集体合同？", "Is there a lawfully concluded collective contract?"),
            help=text("第五条第一款第二项要求劳动规章制度和集体合同同时具备。", "Art 5(1)(2) asks for labour rules and a collective contract together."),
            flows=("employee",),
            decides=(Pathway.EXEMPT, *CONTRACT_OR_CERTIFICATION),
        ),
    )  # fmt: skip
    facts = FactSet(as_of=AS_OF, facts=(declared("exporter.ciio", None),), flows=(_flow_facts("employee"),))
    decision = Decision(
        as_of=AS_OF,
        packs=(PACK,),
        facts=facts,
        flows=(flow,),
        possible=flow.possible,
        questions=questions,
        duties=_duties(),
        conditions=(_notice_condition(), _pia_condition()),
        notes=(
            text(
                "集体合同一项按条文从严理解（须同时具备）。",
                "The collective contract is read strictly: both are needed.",
            ),
        ),
    )
    return Case(declaration=hr_declaration(), inventory=hr_inventory(), decisions=DecisionPair(original=decision))


def _open_rules() -> tuple[RuleTrace, ...]:
    words = text("是关键信息基础设施运营者", "a critical information infrastructure operator")
    rule = fired(
        "art-7-1-1-ciio",
        text("关键信息基础设施运营者向境外提供个人信息", "personal information from a critical information infrastructure operator"),
        order16("7(1)(1)"),
        (Pathway.SECURITY_ASSESSMENT,),
        every(UNKNOWN, atom("exporter.ciio", UNKNOWN, words, None, expected="true")),
    )  # fmt: skip
    return (rule, *_hr_rules("employee"))
