"""Errors of a transfer that rests on a certificate of effect."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

_AGAIN = Text(
    zh="重新评估并出具证书（kouan certify），或者删去填报文件的 anonymised，按个人信息办理。",
    en="Evaluate and certify anew (kouan certify), or take anonymised out of the declaration and clear it as personal"
    " information.",
)
WITHDRAWN = Message(
    code="K-CLR-174",
    what=Text(zh="证书 {number} 已撤销，不能作为依据", en="Certificate {number} is withdrawn and cannot be relied on"),
    why=Text(zh="{day} 由 {by} 撤销：{why}", en="Withdrawn on {day} by {by}: {why}"),
    fix=_AGAIN,
)
NOT_VALID = Message(
    code="K-CLR-175",
    what=Text(zh="证书 {number} 在 {day} 不在有效期内", en="Certificate {number} is not valid on {day}"),
    why=Text(zh="有效期为 {first} 至 {last}。", en="It is valid from {first} to {last}."),
    fix=_AGAIN,
)
OTHER_DATA = Message(
    code="K-CLR-176",
    what=Text(
        zh="证书 {number} 不是针对本次出境的：{what}", en="Certificate {number} is not about this transfer: {what}"
    ),
    why=Text(
        zh="证书只在所评估的数据、接收方和用途之内成立。",
        en="A certificate holds for the data, the recipients and the purpose that were evaluated.",
    ),
    fix=_AGAIN,
)
NOT_ANONYMISED = Message(
    code="K-CLR-177",
    what=Text(zh="证书 {number} 没有认定匿名化", en="Certificate {number} does not find the data anonymised"),
    why=Text(zh="它的结论是：{effect}。", en="Its finding is: {effect}."),
    fix=_AGAIN,
)
CERTIFICATE_DIFFERS = Message(
    code="K-CLR-178",
    what=Text(
        zh="证书与登记、数据、填报文件或者办理日不符",
        en="The certificate does not fit the register, the data, the declaration or the day",
    ),
    why=Text(
        zh="登记的摘要、数据、用途、接收方、有效期或者结论之一不同；决定因此没有这份依据。",
        en="Its registered digest, data, purpose, recipients, validity or finding is another: the decision has no such"
        " ground.",
    ),
    fix=Text(zh="不要采信；请提供方重新办理。", en="Do not rely on it; ask for the transfer to be cleared again."),
    status=Exit.VERIFICATION_FAILED,
)
KEY_EXISTS = Message(
    code="K-CLR-179",
    what=Text(
        zh="{count} 个数据项用密钥处理，而密钥仍在本机：证书 {number} 不能支持匿名化的主张",
        en="{count} items are treated with a key that this machine still has: certificate {number} cannot support a"
        " claim of anonymisation",
    ),
    why=Text(
        zh="《个人信息保护法》第七十三条第四项要求不能复原；本次处理刚用过这把密钥。",
        en="PIPL Art 73 item 4 asks that nothing can be restored; this very run used the key.",
    ),
    fix=Text(
        zh="在处理方案中删除或者泛化这些数据项，重新办理、评估并出具证书。",
        en="Drop or generalise these items in the plan, then clear, evaluate and certify again.",
    ),
)
DATA = Text(zh="处理后的文件不同", en="other treated files")
PARTIES = Text(
    zh="数据处理者、受托处理者、境外接收方或者再接收方不同",
    en="other parties (exporters, processors, recipients, onward recipients, or a country)",
)
MODE = Text(zh="共享方式（transfer.mode）不同", en="another mode of release (transfer.mode)")
PURPOSE = Text(zh="目的不同", en="another purpose")
