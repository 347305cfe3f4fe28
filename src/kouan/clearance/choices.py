"""Ways of the same weight, with what they spare: a group's certificate, the contract of the Greater Bay Area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.attested import attested
from kouan.model.attestation import Attestation
from kouan.model.decision import Pathway
from kouan.model.declaration import PartyRole
from kouan.model.text import Text
from kouan.model.whatif import Cost, Lever, LeverKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.declaration import Declaration
    from kouan.model.facts import FactSet, FactValue
    from kouan.model.time import LegalDay

CERTIFICATE, GBA_CITY = "certificate", "exporter.gba_city"
_PENDING = "pending"
_AREA = {
    "recipient.hong_kong_only": Text(zh="香港", en="Hong Kong"),
    "recipient.macao_only": Text(zh="澳门", en="Macao"),
}
_PROVINCE = "cn-guangdong"
# The nine mainland cities of the Greater Bay Area, and the areas of the pilot zone that lie in them.
_NINE = frozenset(
    f"{_PROVINCE}/{city}"
    for city in (
        *("guangzhou", "shenzhen", "zhuhai", "foshan", "huizhou", "dongguan", "zhongshan", "jiangmen", "zhaoqing"),
        *("ftz", "nansha", "qianhai", "hengqin"),
    )
)
_CERTIFY = Text(
    zh="不订标准合同，改为取得覆盖本次出境的个人信息出境认证证书（集团可以由一份证书覆盖多家境内公司）",
    en="instead of the contract, obtain a certificate that covers this transfer (one certificate may cover several "
    "domestic companies of a group)",
)
_CERTIFY_HONEST = Text(
    zh="证书须确已取得，在有效期内，并覆盖本次的各方、目的和范围；不得以拆分数量的办法规避安全评估（《个人信息出境认证办法》"
    "第五条）；接收方须承担并接受认证所要求的义务和监督",
    en="the certificate must really be held, be valid and cover these parties, purpose and scope; numbers are not to "
    "be split to avoid an assessment (Certification Measures Art 5); the recipient takes on the duties and the "
    "supervision that certification asks for",
)
_CERTIFY_SPARES = Text(
    zh="与标准合同轻重相同，并不更轻。可以省去的：在证书范围内的集团内部跨境提供，不必由每家境内子公司分别订立标准合同（《数据"
    "出境安全管理政策问答（2025年4月）》第8问，作出于《个人信息出境认证办法》之前）",
    en="It weighs the same as the contract and is no lighter. What it spares: transfers inside a group and within the "
    "certificate need no contract of each domestic subsidiary (Questions and answers on data export policy, April "
    "2025, question 8, given before the Certification Measures)",
)
_GBA = Text(
    zh="数据处理者确在大湾区内地九市、接收方确在{area}的，订立大湾区标准合同",
    en="where the exporter really is in one of the nine mainland cities and the recipient in {area}: conclude the "
    "Greater Bay Area contract",
)
_GBA_HONEST = Text(
    zh="只有数据处理者确实注册于（个人则位于）九市（广州、深圳、珠海、佛山、惠州、东莞、中山、江门、肇庆）、接收方确实注册于"
    "（个人则位于）{area}的，才可以选择；不得为此改写填报；提供后不得再转出大湾区，重要数据不适用",
    en="only where the exporter really is registered (a natural person: located) in one of the nine cities (Guangzhou, "
    "Shenzhen, Zhuhai, Foshan, Huizhou, Dongguan, Zhongshan, Jiangmen, Zhaoqing) and the recipient in {area}; the "
    "declaration is not to be changed for it; nothing may leave the area again, and important data stay out",
)
_GBA_SPARES = Text(
    zh="该合同不设人数界限；生效后仍须备案，影响评估等义务不变",
    en="This contract has no number of persons; it is still filed once in force, and the impact assessment and other "
    "duties stay",
)


def choices_of(declaration: Declaration, facts: FactSet) -> Iterator[Lever]:
    """Yield the certificate unless one covers the transfer, and the Bay Area contract where it may really be open."""
    if attested(facts, CERTIFICATE) is not True:
        yield Lever(
            id=f"certify:{CERTIFICATE}",
            kind=LeverKind.CERTIFY,
            target=CERTIFICATE,
            label=_CERTIFY,
            cost=Cost(acts=1),
            honest=_CERTIFY_HONEST,
            remark=_CERTIFY_SPARES,
            chosen=Pathway.CERTIFICATION,
        )
    yield from gba_of(declaration, facts)


def gba_of(declaration: Declaration, facts: FactSet) -> Iterator[Lever]:
    """Yield the Bay Area contract where all recipients are in Hong Kong or all in Macao and no place is against it."""
    told = {fact.name: fact.value for fact in facts.facts}
    areas = [label for name, label in _AREA.items() if told.get(name) is True]
    if not areas or told.get(GBA_CITY) is True or told.get("exporter.ciio") is True or not _may_be_there(declaration):
        return
    yield Lever(
        id=f"gba-contract:{GBA_CITY}",
        kind=LeverKind.GBA_CONTRACT,
        target=GBA_CITY,
        label=_GBA.fill(area=areas[0]),
        cost=Cost(acts=1),
        honest=_GBA_HONEST.fill(area=areas[0]),
        remark=_GBA_SPARES,
        chosen=Pathway.STANDARD_CONTRACT,
    )


def with_choice(lever: Lever, declaration: Declaration, as_of: LegalDay) -> Declaration:
    """Return the declaration as it would be once a choice has really come about."""
    if lever.kind is LeverKind.GBA_CONTRACT:
        facts: dict[str, FactValue] = {**declaration.facts, GBA_CITY: True}
        return declaration.model_copy(update={"facts": facts})
    exporters = tuple(party.name for party in declaration.parties_as(PartyRole.EXPORTER))
    held = Attestation(
        kind=CERTIFICATE, number=_PENDING, issuer=_PENDING, members=exporters, valid_from=as_of, valid_to=None
    )
    return declaration.model_copy(update={"attestations": (*declaration.attestations, held)})


def _may_be_there(declaration: Declaration) -> bool:
    """Tell whether no exporter names a place outside the nine cities; the province alone leaves it open."""
    for party in declaration.parties_as(PartyRole.EXPORTER):
        for place in (party.zone, party.region):
            if place is not None and place.lower() != "none" and place not in {_PROVINCE, *_NINE}:
                return False
    return True
