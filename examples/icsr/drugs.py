"""Medicines of a report and how they are thought to relate to the reactions (ICH E2B(R3) section G)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.icsr import words
from examples.icsr.systems import AUTHORS, COUNTRIES, ICH, MEDDRA, OBSERVATIONS, choice, coded, observed, when
from examples.markup import Note, node

if TYPE_CHECKING:
    from examples.dice import Dice
    from examples.icsr.cases import Case, Use
    from examples.markup import Node

_ROLES = {"1": "Suspect", "2": "Concomitant"}


def drugs(case: Case, dice: Dice) -> list[Node]:
    """Return a `substanceAdministration` for each medicine."""
    return [_drug(use, dice) for use in case.drugs]


def assessments(case: Case, dice: Dice) -> list[Node]:
    """Return the role of each medicine; for suspect ones also what reporter and holder think of each reaction."""
    made = [_assessed(_role(use)) for use in case.drugs]
    for use in case.drugs:
        for event in case.events if use.role == "1" else ():
            for source in ("Primary source reporter", "Pharmaceutical company"):
                result = dice.pick(("Related", "Possibly related", "Not related", "Unassessable"))
                made.append(_assessed(_causality(use, event.uuid, source, result)))
    return made


def _drug(use: Use, dice: Dice) -> Node:
    return node(
        "substanceAdministration",
        node("id", root=use.uuid),
        node("consumable", node("instanceOfKind", _product(use), _obtained(dice), classCode="INST"), typeCode="CSM"),
        node("outboundRelationship2", _dosage(use, dice), typeCode="COMP"),
        node("inboundRelationship", _indication(use), typeCode="RSON"),
        node(
            "inboundRelationship",
            node("act", coded(use.action, f"{ICH}.1.15"), classCode="ACT", moodCode="EVN"),
            typeCode="CAUS",
        ),
        classCode="SBADM",
        moodCode="EVN",
    )


def _product(use: Use) -> Node:
    product = use.product
    strength = node(
        "quantity",
        node("numerator", value=product.strength, unit="mg"),
        node("denominator", value="1", unit="1"),
    )
    substance = node("ingredientSubstance", node("name", product.substance), classCode="MMAT", determinerCode="KIND")
    return node(
        "kindOfProduct",
        node("name", f"{product.zh} / {product.en}"),
        Note("G.k.2.2: Medicinal Product Name as Reported by the Primary Source"),
        _approval() if use.own else None,
        node("ingredient", strength, substance, classCode="ACTI"),
        classCode="MMAT",
        determinerCode="KIND",
    )


def _approval() -> Node:
    holder = node("playingOrganization", node("name", words.HOLDER_EN), classCode="ORG", determinerCode="INSTANCE")
    land = node("territory", coded("CN", COUNTRIES), classCode="NAT", determinerCode="INSTANCE")
    approval = node(
        "approval",
        node("holder", node("role", holder, classCode="HLD"), typeCode="HLD"),
        node("author", node("territorialAuthority", land, classCode="TERR"), typeCode="AUT"),
        classCode="CNTRCT",
        moodCode="EVN",
    )
    return node("asManufacturedProduct", node("subjectOf", approval, typeCode="SBJ"), classCode="MANU")


def _obtained(dice: Dice) -> Node:
    country = node("country", "HK" if dice.chance(0.03) else "CN")
    seller = node("representedOrganization", node("addr", country), classCode="ORG", determinerCode="INSTANCE")
    event = node(
        "productEvent",
        coded("1", f"{ICH}.1.18", "retailSupply"),
        node("performer", node("assignedEntity", seller, classCode="ASSIGNED"), typeCode="PRF"),
        classCode="ACT",
        moodCode="EVN",
    )
    return node("subjectOf", event, typeCode="SBJ")


def _dosage(use: Use, dice: Dice) -> Node:
    """Return doses, times, route, batch and form (G.k.4.r)."""
    product = use.product
    times = dice.pick(("1", "1", "2", "3"))
    taken = node(
        "comp",
        when("low", f"{use.started:%Y%m%d}" if dice.chance(0.8) else f"{use.started:%Y%m}"),
        when("high", f"{use.stopped:%Y%m%d}" if use.stopped else None),
        xsi_type="IVL_TS",
        operator="A",
    )
    every = node("comp", node("period", value=str(24 // int(times)), unit="h"), xsi_type="PIVL_TS")
    batch = node("productInstanceInstance", node("lotNumberText", use.lot), classCode="MMAT", determinerCode="INSTANCE")
    form = node(
        "kindOfProduct",
        node("formCode", node("originalText", f"{product.form_zh} ({product.form})")),
        classCode="MMAT",
        determinerCode="KIND",
    )
    return node(
        "substanceAdministration",
        node("text", f"{product.strength} mg，每日{times}次") if dice.chance(0.5) else None,
        node("effectiveTime", every, taken, xsi_type="SXPR_TS"),
        node("routeCode", node("originalText", product.route_en), code=product.route, codeSystem=f"{ICH}.1.14"),
        node("doseQuantity", value=product.strength, unit="mg"),
        node("consumable", node("instanceOfKind", batch, form, classCode="INST"), typeCode="CSM"),
        classCode="SBADM",
        moodCode="EVN",
    )


def _indication(use: Use) -> Node:
    value = node(
        "value",
        node("originalText", use.indication.zh),
        xsi_type="CE",
        code=use.indication.code,
        codeSystem=MEDDRA,
        codeSystemVersion=words.MEDDRA,
    )
    source = node("assignedEntity", coded("3", AUTHORS, "sourceReporter"), classCode="ASSIGNED")
    return observed(coded("19", OBSERVATIONS, "indication"), value, node("performer", source, typeCode="PRF"))


def _assessed(inside: Node) -> Node:
    return node("component", inside, typeCode="COMP")


def _role(use: Use) -> Node:
    return node(
        "causalityAssessment",
        coded("20", OBSERVATIONS, "interventionCharacterization"),
        choice(use.role, f"{ICH}.1.13", _ROLES[use.role]),
        _about(use),
        classCode="OBS",
        moodCode="EVN",
    )


def _causality(use: Use, reaction: str, source: str, result: str) -> Node:
    author = node("assignedEntity", node("code", node("originalText", source)), classCode="ASSIGNED")
    effect = node("adverseEffectReference", node("id", root=reaction), classCode="OBS", moodCode="EVN")
    return node(
        "causalityAssessment",
        coded("39", OBSERVATIONS, "causality"),
        node("value", result, xsi_type="ST"),
        node("methodCode", node("originalText", "Global introspection")),
        node("author", author, typeCode="AUT"),
        node("subject1", effect, typeCode="SUBJ"),
        _about(use),
        classCode="OBS",
        moodCode="EVN",
    )


def _about(use: Use) -> Node:
    reference = node("productUseReference", node("id", root=use.uuid), classCode="SBADM", moodCode="EVN")
    return node("subject2", reference, typeCode="SUBJ")
