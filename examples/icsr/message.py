"""The message around a case: batch and message headers, narrative, reporters, sender (ICH E2B(R3) sections N, C, H)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.icsr import narratives, words
from examples.icsr.drugs import assessments
from examples.icsr.patient import primary_role
from examples.icsr.systems import AUTHORS, COUNTRIES, ICH, OBSERVATIONS, choice, coded, flag, prose, told
from examples.markup import Note, Unparsed, document, node

if TYPE_CHECKING:
    from examples.dice import Dice
    from examples.icsr.cases import Case, Reporter
    from examples.markup import Node

_RECEIVER = "EXAMPLESAFETY"
_ASSIGNED = {"classCode": "ASSIGNED"}
_ORGANISATION = {"classCode": "ORG", "determinerCode": "INSTANCE"}
_ACT = {"classCode": "CACT", "moodCode": "EVN"}
_PERSON = {"classCode": "PSN", "determinerCode": "INSTANCE"}


def message(case: Case, dice: Dice, *, parsed: bool = True) -> str:
    """Return the XML text of a report, LF at the ends of lines.

    Args:
        case: what it tells.
        dice: draws how it is told.
        parsed: False puts the narrative into a CDATA section.
    """
    sent = dice.moment(case.latest)
    root = node(
        "MCCI_IN200100UV01",
        node("id", extension=f"{words.HOLDER_MARK}-{case.latest:%Y%m%d}-{case.serial:04}", root=f"{ICH}.3.22"),
        node("creationTime", value=sent),
        node("responseModeCode", code="D"),
        node("interactionId", extension="MCCI_IN200100UV01", root="2.16.840.1.113883.1.6"),
        node("name", code="1", codeSystem=f"{ICH}.1.1", displayName="ichicsr"),
        _porr(case, dice, sent, parsed=parsed),
        _device("receiver", "RCV", _RECEIVER, "14"),
        _device("sender", "SND", words.HOLDER_MARK, "13"),
        xmlns="urn:hl7-org:v3",
        **{"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance"},
        ITSVersion="XML_1.0",
        **{"xsi:schemaLocation": "urn:hl7-org:v3 MCCI_IN200100UV01.xsd"},
    )
    left = narratives.inner_comment(case, dice)
    return document(root, [Note(left)] if left else [])


def _device(name: str, kind: str, number: str, root: str) -> Node:
    device = node(
        "device", node("id", extension=number, root=f"{ICH}.3.{root}"), classCode="DEV", determinerCode="INSTANCE"
    )
    return node(name, device, typeCode=kind)


def _porr(case: Case, dice: Dice, sent: str, *, parsed: bool) -> Node:
    control = node(
        "controlActProcess",
        coded("PORR_TE049016UV", "2.16.840.1.113883.1.18"),
        node("effectiveTime", value=sent),
        Note("C.1.2: Date of Creation"),
        node("subject", _investigation(case, dice, parsed=parsed), typeCode="SUBJ"),
        **_ACT,
    )
    return node(
        "PORR_IN049016UV",
        node("id", extension=case.number, root=f"{ICH}.3.1"),
        node("creationTime", value=sent),
        node("interactionId", extension="PORR_IN049016UV", root="2.16.840.1.113883.1.6"),
        node("processingCode", code="P"),
        node("processingModeCode", code="T"),
        node("acceptAckCode", code="AL"),
        _device("receiver", "RCV", _RECEIVER, "12"),
        _device("sender", "SND", words.HOLDER_MARK, "11"),
        control,
    )


def _investigation(case: Case, dice: Dice, *, parsed: bool) -> Node:
    native = narratives.chinese(case, dice)
    translated = dice.chance(0.8)
    narrative = narratives.english(case, dice) if translated else native
    documents = dice.chance(0.15)
    return node(
        "investigationEvent",
        node("id", extension=case.number, root=f"{ICH}.3.1"),
        node("id", extension=case.number, root=f"{ICH}.3.2"),
        coded("PAT_ADV_EVNT", "2.16.840.1.113883.5.4"),
        node("text", narrative if parsed else Unparsed(narrative)),
        Note("H.1: Case Narrative"),
        node("statusCode", code="active"),
        node("effectiveTime", node("low", value=f"{case.received:%Y%m%d}")),
        node("availabilityTime", value=f"{case.latest:%Y%m%d}"),
        _held(case) if documents else None,
        node("component", _assessment(case, dice), typeCode="COMP"),
        _observed("1", "additionalDocumentsAvailable", flag(value=documents)),
        _observed("23", "localCriteriaForExpedited", flag(value=dice.chance(0.6))),
        _summary(native) if translated else None,
        _first_sender(),
        *(_reporter(one, primary=place == 0) for place, one in enumerate(case.reporters)),
        _other_number(case, dice) if dice.chance(0.25) else None,
        _sender(case),
        _characteristic("1", "ichReportType", choice("2", f"{ICH}.1.2") if case.study else choice("1", f"{ICH}.1.2")),
        _characteristic("2", "otherCaseIds", flag(value=None)),
        classCode="INVSTG",
        moodCode="EVN",
    )


def _held(case: Case) -> Node:
    inside = node(
        "document",
        coded("1", f"{ICH}.1.27", "documentsHeldBySender"),
        node("title", f"出院小结（{case.patient.name}）"),
        classCode="DOC",
        moodCode="EVN",
    )
    return node("reference", inside, typeCode="REFR")


def _assessment(case: Case, dice: Dice) -> Node:
    comments = [("3", "sourceReporter", narratives.reporter_comment(case, dice))] if dice.chance(0.4) else []
    comments.append(("1", "sender", narratives.sender_comment(case, dice)))
    return node(
        "adverseEventAssessment",
        node("subject1", primary_role(case, dice), typeCode="SBJ"),
        *assessments(case, dice),
        *(_comment(*comment) for comment in comments),
        classCode="INVSTG",
        moodCode="EVN",
    )


def _comment(number: str, name: str, text: str) -> Node:
    """Return the reporter's (H.2) or sender's (H.4) comment."""
    author = node("author", node("assignedEntity", coded(number, AUTHORS, name), **_ASSIGNED), typeCode="AUT")
    event = node(
        "observationEvent",
        coded("10", OBSERVATIONS, "comment"),
        prose(text),
        author,
        classCode="OBS",
        moodCode="EVN",
    )
    return node("component1", event, typeCode="COMP")


def _summary(text: str) -> Node:
    """Return the case summary in the reporter's language (H.5.r)."""
    author = node("author", node("assignedEntity", coded("2", AUTHORS, "reporter"), **_ASSIGNED), typeCode="AUT")
    event = node(
        "observationEvent",
        coded("36", OBSERVATIONS, "summaryAndComment"),
        prose(text, "zho"),
        author,
        classCode="OBS",
        moodCode="EVN",
    )
    return node("component", event, typeCode="COMP")


def _observed(number: str, name: str, value: Node) -> Node:
    event = node("observationEvent", coded(number, OBSERVATIONS, name), value, classCode="OBS", moodCode="EVN")
    return node("component", event, typeCode="COMP")


def _related(number: str, name: str, author: Node, *, primary: bool = False) -> Node:
    event = node("controlActEvent", node("author", author, typeCode="AUT"), **_ACT)
    related = node(
        "relatedInvestigation",
        coded(number, f"{ICH}.1.22", name),
        node("subjectOf2", event, typeCode="SUBJ"),
        classCode="INVSTG",
        moodCode="EVN",
    )
    return node(
        "outboundRelationship", node("priorityNumber", value="1") if primary else None, related, typeCode="SPRT"
    )


def _first_sender() -> Node:
    return _related("1", "initialReport", node("assignedEntity", coded("2", f"{ICH}.1.3"), **_ASSIGNED))


def _reporter(one: Reporter, *, primary: bool) -> Node:
    """Return a primary source (C.2.r)."""
    person, gone = one.person, one.withheld
    family, given = person.halves
    consumer = one.qualification == "5"
    hospital = words.HOSPITALS[one.hospital][0]
    organisation = node(
        "representedOrganization",
        told("name", words.WARDS[one.ward][0], gone),
        node(
            "assignedEntity",
            node("representedOrganization", told("name", hospital, gone), **_ORGANISATION),
            **_ASSIGNED,
        ),
        **_ORGANISATION,
    )
    qualified = node("asQualifiedEntity", coded(one.qualification, f"{ICH}.1.6"), classCode="QUAL")
    name = node("name", told("given", given, gone), told("family", family, gone))
    entity = node(
        "assignedEntity",
        node("addr", told("streetAddressLine", person.address, gone), told("city", person.city, gone)),
        node("telecom", nullFlavor=gone) if gone else node("telecom", value=f"tel:{one.phone}"),
        None if gone else node("telecom", value=f"mailto:{person.mailbox}"),
        node("assignedPerson", name, qualified, _located(), **_PERSON),
        None if consumer else organisation,
        **_ASSIGNED,
    )
    return _related("2", "sourceReport", entity, primary=primary)


def _located() -> Node:
    place = node("location", coded("CN", COUNTRIES), classCode="COUNTRY", determinerCode="INSTANCE")
    return node("asLocatedEntity", place, classCode="LOCE")


def _other_number(case: Case, dice: Dice) -> Node:
    """Return the number under which another register has the case (C.1.9.1.r)."""
    number = node(
        "id",
        assigningAuthorityName="省级药品不良反应监测机构",
        extension=f"AE{case.received:%Y}{dice.digits(8)}",
        root=f"{ICH}.3.3",
    )
    return node("subjectOf1", node("controlActEvent", number, **_ACT), typeCode="SUBJ")


def _sender(case: Case) -> Node:
    """Return the licence holder's person in charge (C.3)."""
    person = case.handler
    company = node("representedOrganization", node("name", words.HOLDER), **_ORGANISATION)
    department = node(
        "representedOrganization",
        node("name", "药物警戒部"),
        node("assignedEntity", company, **_ASSIGNED),
        **_ORGANISATION,
    )
    name = node("name", node("given", person.given), node("family", person.family))
    entity = node(
        "assignedEntity",
        coded("1", f"{ICH}.1.7"),
        node("addr", node("streetAddressLine", "示例路1号"), node("city", "北京"), node("postalCode", "000000")),
        node("telecom", value="tel:010-55500100"),
        node("telecom", value="fax:010-55500101"),
        node("telecom", value=f"mailto:{person.mailbox}"),
        node("assignedPerson", name, _located(), **_PERSON),
        department,
        **_ASSIGNED,
    )
    event = node("controlActEvent", node("author", entity, typeCode="AUT"), **_ACT)
    return node("subjectOf1", event, typeCode="SUBJ")


def _characteristic(number: str, name: str, value: Node) -> Node:
    inside = node(
        "investigationCharacteristic", coded(number, f"{ICH}.1.23", name), value, classCode="OBS", moodCode="EVN"
    )
    return node("subjectOf2", inside, typeCode="SUBJ")
