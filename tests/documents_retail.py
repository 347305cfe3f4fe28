"""The retail run as documents: 1,200,000 members; the payment accounts go, the assessment stays."""

from __future__ import annotations

from kouan.model.decision import Change, Condition, ConditionKind, Decision, DecisionPair, FlowDecision, Pathway
from kouan.model.declaration import Declaration
from kouan.model.facts import FactSet, FlowFacts, Range
from kouan.model.inventory import EntityReport, IdentityRole, Inventory, PersonCount, SourceReport
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.risk import Grade, RiskReport, RiskView
from kouan.model.treatment import TreatedFile, TreatedItem, Treatment
from tests.documents import PACK, _duties, _pia_condition
from tests.documents_parts import (
    AS_OF,
    FALSE,
    TRUE,
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
    order16,
    outcome,
    pipl,
    ratio,
    span,
    table_risk,
    text,
)

MEMBERS, ORDERS = ("data/members.parquet", "members"), ("data/orders.parquet", "orders")
N_MEMBERS, N_ORDERS = 1_200_000, 3_412_887


def retail_declaration() -> Declaration:
    return Declaration.model_validate(
        {
            "transfer": {"name": "会员消费分析云服务", "scenario": "retail_analytics", "standing": True},
            "parties": [
                {
                    "role": "exporter",
                    "name": "京禾优选商贸（北京）有限公司",
                    "uscc": "91110302MA0R8L5N39",
                    "ciio": False,
                },
                {"role": "recipient", "name": "Basket Insight Pte. Ltd.", "country": "SG"},
                {"role": "onward_recipient", "name": "Basket Insight Support Ltd", "country": "IE"},
            ],
            "purpose": "在境外云分析平台上计算复购率与门店商品组合",
            "basis": ["consent"],
            "sources": [
                {"path": MEMBERS[0], "subjects": ["member"]},
                {"path": ORDERS[0], "subjects": ["member"]},
            ],
            "year_to_date": {"ordinary": 0, "sensitive": 0, "as_of": "2026-11-20"},
        }
    )


def retail_inventory() -> Inventory:
    direct, quasi, basic = IdentityRole.DIRECT, IdentityRole.QUASI, "个人基本资料"
    who = {"subject": "member", "cells": N_MEMBERS}
    buys = {"subject": "member", "cells": N_ORDERS}
    items = (
        item(MEMBERS, "member_id", meaning="person_id", label=text("会员号", "member number"), category="网络身份标识信息",
             role=direct, samples=("M00*****",), distinct=N_MEMBERS, **who),
        item(MEMBERS, "name", meaning="name", label=text("姓名", "name"), category=basic, role=direct, samples=("王*", "赵**"),
             nulls=12_411, distinct=402_117, **who),
        item(MEMBERS, "mobile", meaning="cn.mobile", label=text("手机号码", "mobile number"), category=basic, role=direct,
             samples=("136****2201",), nulls=3_870, distinct=1_163_204,
             findings=(finding("cn.mobile", 1_196_130, 1_195_002, 611),), **who),
        item(MEMBERS, "email", meaning="email", label=text("电子邮箱", "e-mail"), category=basic, role=direct,
             samples=("w***@example.com",), nulls=611_092, distinct=581_996, **who),
        item(MEMBERS, "birthday", meaning="birth_date", label=text("出生日期", "date of birth"), category=basic, role=quasi,
             samples=("1992-**-**",), nulls=204_418, distinct=21_904, kind="date32", **who),
        item(MEMBERS, "city", meaning="city", label=text("城市", "city"), category=basic, role=quasi, samples=("石家*市",),
             distinct=331, **who),
        item(MEMBERS, "payment_account", meaning="payment_account", label=text("支付账号", "payment account"),
             category="个人财产信息", role=direct, samples=("2088********6612",), nulls=888_003, distinct=311_842,
             sensitive=is_sensitive("表A.1 金融账户：支付账号"), **who),
        item(ORDERS, "order_id", meaning="order_id", label=text("订单号", "order number"), category="business",
             samples=("SO2026*******",), distinct=N_ORDERS, **buys),
        item(ORDERS, "member_id", meaning="person_id", label=text("会员号", "member number"), category="网络身份标识信息",
             role=direct, samples=("M00*****",), distinct=1_088_410, **buys),
        item(ORDERS, "sku", meaning="product", label=text("商品", "product"), category="business", samples=("乌龙茶 500ml",),
             distinct=18_240, **buys),
        item(ORDERS, "amount", meaning="amount", label=text("金额", "amount"), category="business", samples=("3*.**",),
             distinct=40_911, kind="decimal128(12, 2)", **buys),
        item(ORDERS, "ordered_at", meaning="event_date", label=text("下单时间", "time of order"), category="business",
             role=quasi, samples=("2026-05-** **:**",), distinct=2_901_556, kind="timestamp[s]", **buys),
    )  # fmt: skip
    return Inventory(
        as_of=AS_OF,
        sources=tuple(
            SourceReport(
                path=place[0],
                format="parquet",
                bytes=size,
                sha256=digest(place[0]),
                entities=(EntityReport(name=place[1], rows=rows, columns=columns),),
            )
            for place, size, rows, columns in ((MEMBERS, 61_770_412, N_MEMBERS, 7), (ORDERS, 94_112_090, N_ORDERS, 5))
        ),
        items=items,
        persons=(
            PersonCount(
                subject="member",
                persons=span(1_196_340, 1_200_000),
                sensitive=span(311_842, 311_997),
                under14=span(0, 204_418),
                keys=(f"{MEMBERS[0]}!members#member_id",),
                method=text(
                    "按会员号计数；共用的手机号码不把两个会员并为一人；204,418 人没有出生日期，不能排除不满十四周岁",
                    "By member number; a shared mobile number never merges two members; 204,418 have no birth date",
                ),
            ),
        ),
    )


def _rules(sensitive: Range, ordinary: Range) -> tuple[object, ...]:
    not_ciio = text("不是关键信息基础设施运营者", "not a critical information infrastructure operator")
    many = TRUE if sensitive.lo >= 10_000 else FALSE
    return (
        fired("art-7-1-2-ordinary", text("当年累计向境外提供个人信息一百万人以上", "personal information of 1,000,000 persons or more this year"),
              order16("7(1)(2)"), (Pathway.SECURITY_ASSESSMENT,),
              every(TRUE, atom("exporter.ciio", TRUE, not_ciio, False, expected="false"),
                    atom("year.ordinary_persons", TRUE, text("当年累计 100 万人以上个人信息（不含敏感）", "1,000,000 persons or more this year, sensitive left out"), ordinary, expected=">=1000000"))),
        fired("art-7-1-2-sensitive", text("当年累计向境外提供敏感个人信息一万人以上", "sensitive personal information of 10,000 persons or more this year"),
              order16("7(1)(2)"), (Pathway.SECURITY_ASSESSMENT,),
              every(many, atom("exporter.ciio", TRUE, not_ciio, False, expected="false"),
                    atom("year.sensitive_persons", many, text("当年累计 1 万人以上敏感个人信息", "10,000 persons or more this year"), sensitive, expected=">=10000"))),
    )  # fmt: skip


def _decision(sensitive: Range, ordinary: Range, reason_zh: str, reason_en: str) -> Decision:
    result = outcome((Pathway.SECURITY_ASSESSMENT,), text(reason_zh, reason_en), order16("7(1)(2)"))
    label = text("会员", "Members")
    facts = (observed("flow.ordinary_persons", ordinary), observed("flow.sensitive_persons", sensitive))
    passed = Condition(
        id="assessment-passed",
        kind=ConditionKind.ASSESSMENT_PASSED,
        label=text("数据出境安全评估已通过", "The security assessment is passed"),
        ask=text("评估结果通知书编号与出具日期", "number and date of the result"),
        pathways=(Pathway.SECURITY_ASSESSMENT,),
        source=order16("7(1)(2)"),
    )
    consent = Condition(
        id="separate-consent",
        kind=ConditionKind.CONSENT,
        label=text("已取得会员的单独同意", "Members gave separate consent"),
        ask=text("同意记录的名称与日期", "title and date of the record"),
        flows=("member",),
        source=pipl("39"),
    )
    return Decision(
        as_of=AS_OF,
        packs=(PACK,),
        facts=FactSet(
            as_of=AS_OF,
            facts=(declared("exporter.ciio", False), declared("data.important", False)),
            flows=(FlowFacts(id="member", label=label, subjects=("member",), facts=facts),),
        ),
        flows=(
            FlowDecision(
                id="member",
                label=label,
                subjects=("member",),
                possible=(result,),
                counted=True,
                trace=_rules(sensitive, ordinary),
            ),
        ),
        possible=(result,),
        duties=_duties(),
        conditions=(passed, consent, _pia_condition()),
    )


def retail_decisions() -> DecisionPair:
    return DecisionPair(
        original=_decision(
            span(311_842, 311_997),
            span(884_343, 888_158),
            "当年累计涉及敏感个人信息 311,842–311,997 人，达到 1 万人，依第七条第一款第二项申报安全评估。",
            "311,842–311,997 persons with sensitive information this year, at or above 10,000: Art 7(1)(2) asks for an assessment.",
        ),
        treated=_decision(
            span(0),
            span(1_196_340, 1_200_000),
            "敏感个人信息已不出境，但当年累计个人信息 1,196,340–1,200,000 人，达到 100 万人，仍须申报安全评估。",
            "No sensitive information leaves any more, yet 1,196,340–1,200,000 persons this year reach 1,000,000: the assessment stays.",
        ),
        changes=(
            Change(
                text=text("支付账号不再出境：涉敏感人数由约 31 万降为 0。", "Payment accounts stay home: sensitive persons fall from about 310,000 to 0."),
                fact="year.sensitive_persons",
            ),
            Change(
                text=text("会员号假名化后仍是个人信息，人数不减；低于 100 万人才会变轻。",
                          "Pseudonymised member numbers are still personal information and still count; fewer than 1,000,000 would be lighter."),
                fact="year.ordinary_persons",
            ),
        ),
    )  # fmt: skip


def retail_plan() -> Plan:
    todo = {
        "name": Action.DROP, "mobile": Action.DROP, "email": Action.DROP, "payment_account": Action.DROP,
        "member_id": Action.PSEUDONYM, "birthday": Action.GENERALISE, "ordered_at": Action.GENERALISE,
    }  # fmt: skip
    why = {
        Action.DROP: text("分析不需要", "the analysis does not need it"),
        Action.PSEUDONYM: text("两表仍可关联", "keeps both tables joinable"),
        Action.GENERALISE: text("准标识符，降低精度", "quasi-identifier, coarser"),
        Action.KEEP: text("目的需要", "needed for the purpose"),
    }
    steps = {"birthday": {"to": "year"}, "ordered_at": {"to": "day"}}
    actions = [(one, todo.get(one.name, Action.KEEP)) for one in retail_inventory().items]
    lines = tuple(
        PlanLine(item=one.id, action=act, params=steps.get(one.name, {}), why=why[act]) for one, act in actions
    )
    return Plan(mode="controlled", key="pseudonym/2026", lines=lines)


def retail_treatment() -> Treatment:
    rows = {MEMBERS[0]: N_MEMBERS, ORDERS[0]: N_ORDERS}
    files = tuple(
        TreatedFile(
            source=path,
            staged=path.replace("data", "staged"),
            rows=count,
            bytes=count * 14,
            sha256=digest(f"{path} staged"),
        )
        for path, count in rows.items()
    )
    by_id = {one.id: one for one in retail_inventory().items}
    items = tuple(
        TreatedItem(
            item=line.item,
            action=line.action,
            params=line.params,
            cells=by_id[line.item].cells,
            changed=0 if line.action is Action.KEEP else by_id[line.item].cells - by_id[line.item].nulls,
            emptied=0,
        )
        for line in retail_plan().lines
    )
    return Treatment(key="k-1d90b7e4", files=files, items=items)


def retail_risk() -> RiskReport:
    entity = "!".join(MEMBERS)
    before = table_risk(
        entity, records=N_MEMBERS, k=1, direct=("member_id", "name", "mobile", "email", "payment_account"),
        quasi=("birthday", "city"), sizes=((1, 1, 506_120, 506_120), (2, 2, 190_440, 380_880), (3, 5, 84_000, 313_000)),
        risks=((630_000, 780_560), (1_160_220, 1_200_000)), unit=f"{entity}#member_id",
    )  # fmt: skip
    after = table_risk(
        entity, records=N_MEMBERS, k=3, quasi=("birthday", "city"), unit=f"{entity}#member_id",
        sizes=((1, 1, 0, 0), (2, 2, 0, 0), (3, 5, 310, 1_240), (6, 10, 902, 7_216), (11, 20, 2_811, 42_900), (21, None, 9_044, 1_148_644)),
        risks=((13_067, 420_000), (1_240, 1_200_000)),
    )  # fmt: skip
    first = text("含有直接标识符，按标准直接定为 1 级。", "Direct identifiers are present: grade 1 at once.")
    second = text(
        "无直接标识符；1,240 人所在类不足 5 人，风险高于阈值，定为 2 级。",
        "No direct identifier; 1,240 persons stand in classes below 5, above the threshold: grade 2.",
    )
    return RiskReport(
        mode="controlled",
        before=RiskView(
            tables=(before,), grade=Grade(grade=1, tau=ratio(1, 5), risk=None, threshold=ratio(1, 20), reason=first)
        ),
        after=RiskView(
            tables=(after,),
            grade=Grade(grade=2, tau=ratio(1, 5), risk=ratio(1, 1), threshold=ratio(1, 20), reason=second),
        ),
    )


def retail_case() -> Case:
    """Members and orders to a cloud service abroad: a security assessment before and after."""
    return Case(
        declaration=retail_declaration(),
        inventory=retail_inventory(),
        decisions=retail_decisions(),
        plan=retail_plan(),
        treatment=retail_treatment(),
        risk=retail_risk(),
    )
