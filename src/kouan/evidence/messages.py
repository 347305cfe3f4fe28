"""Catalogue of the evidence room's errors: keys, trust, the log, sealed folders, labels."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

_FAILED = Exit.VERIFICATION_FAILED

KEY_MISSING = Message(
    code="K-EVI-001",
    what=Text(zh="找不到{key}", en="There is no {key}"),
    why=Text(zh="密钥只在首次使用时创建一次，这里还没有。", en="Keys are made once, and none has been made here."),
    fix=Text(
        zh="检查密钥目录（--home 或 KOUAN_HOME）是否指对；首次使用请先运行 `kouan clear`。",
        en="Check that the home folder (--home or KOUAN_HOME) is the right one; on first use run `kouan clear`.",
    ),
)
KEY_EXPOSED = Message(
    code="K-EVI-002",
    what=Text(zh="密钥文件或目录的权限过宽（{mode}）", en="A key file or folder is open to others (mode {mode})"),
    why=Text(
        zh="同机其他用户可能读取或替换密钥，用它生成的假名和签名不再可信。",
        en="Other users of this machine could read or replace the key, so its pseudonyms and signatures prove nothing.",
    ),
    fix=Text(
        zh="确认未被他人读取后运行 `chmod {wanted} {path}`；如有怀疑，请移走该密钥并重新生成。",
        en="Once sure that nobody read it run `chmod {wanted} {path}`; if in doubt replace the key.",
    ),
)
KEY_MALFORMED = Message(
    code="K-EVI-003",
    what=Text(zh="密钥文件内容不完整或格式不对", en="The key file is incomplete or not in the right form"),
    why=Text(
        zh="长度、前缀或校验与本软件写出的密钥不符。",
        en="Its length, prefix or check differs from a key that Kouan wrote.",
    ),
    fix=Text(
        zh="从备份恢复原文件；不要手工编辑，也不要用新密钥顶替，否则旧假名将无法对应。",
        en="Restore the file from a backup; with a new key in its place old pseudonyms would no longer match.",
    ),
)
KEY_NOT_PLAIN = Message(
    code="K-EVI-004",
    what=Text(zh="密钥位置不可用：{problem}", en="The place of the key cannot be used: {problem}"),
    why=Text(
        zh="密钥必须是当前用户自己的普通文件，放在自己的目录里，不能是链接。",
        en="A key must be a plain file of the current user in a folder of the same user, never a link.",
    ),
    fix=Text(
        zh="把真实文件移到该位置，并归当前用户所有。", en="Move the real file there and let the current user own it."
    ),
)
KEY_NAME = Message(
    code="K-EVI-005",
    what=Text(zh="签名密钥名称不可用", en="The name of the signing key cannot be used"),
    why=Text(
        zh="名称会写进回执：须为 1 至 100 个字符，不含空白、控制字符和加号；已建立的密钥不能改名。",
        en="Receipts show it: 1 to 100 characters, no spaces, control characters or plus; a key keeps its name.",
    ),
    fix=Text(
        zh="换一个名称，例如单位域名加用途。", en="Choose another one, such as the organisation's domain and a purpose."
    ),
)
VKEY_MALFORMED = Message(
    code="K-EVI-006",
    what=Text(zh="验证公钥（vkey）无法读取：{problem}", en="The verification key (vkey) cannot be read: {problem}"),
    why=Text(
        zh="每行应为“名称+8 位十六进制编号+Base64 公钥”，目前接受 Ed25519。",
        en="Each line reads name+8 hexadecimal digits+Base64 key; Ed25519 keys are accepted.",
    ),
    fix=Text(
        zh="向数据处理者重新索取 .vkey 文件，原样保存。",
        en="Ask the exporter for the .vkey file again and keep it as it is.",
    ),
)
TRUST_UNREADABLE = Message(
    code="K-EVI-007",
    what=Text(zh="信任公钥文件无法读取：{problem}", en="The trusted keys cannot be read: {problem}"),
    why=Text(zh="没有信任的公钥就无从核验签名。", en="Without a trusted key no signature can be checked."),
    fix=Text(
        zh="用 --trust 指定从数据处理者处另行取得的 .vkey 文件。",
        en="Give --trust a .vkey file that you received from the exporter by another way.",
    ),
)
TRUST_INSIDE = Message(
    code="K-EVI-008",
    what=Text(zh="信任公钥取自被核验的文件夹", en="The trusted key comes from the folder that is being checked"),
    why=Text(
        zh="文件夹里的公钥不能证明文件夹本身：伪造者会连公钥一起伪造。",
        en="A key inside the folder proves nothing: a forger would forge the key too.",
    ),
    fix=Text(
        zh="用 --trust 指定从数据处理者处另行取得的 .vkey 文件。",
        en="Give --trust a .vkey file that you received from the exporter by another way.",
    ),
    status=_FAILED,
)
LOG_BUSY = Message(
    code="K-EVI-010",
    what=Text(zh="存证日志正被另一个进程使用", en="The evidence log is in use by another process"),
    why=Text(
        zh="日志同一时间只允许一个写入者，等待已超时。",
        en="The log takes one writer at a time, and waiting took too long.",
    ),
    fix=Text(zh="等另一个任务结束后重试。", en="Try again when the other task has ended."),
)
LOG_DAMAGED = Message(
    code="K-EVI-011",
    what=Text(zh="存证日志已损坏：{problem}", en="The evidence log is damaged: {problem}"),
    why=Text(
        zh="文件与已签名的检查点不一致，继续追加会让错误被签名。",
        en="Its files do not agree with the signed checkpoint; going on would sign the damage.",
    ),
    fix=Text(
        zh="从备份恢复整个日志目录；不要单独删除或修改其中的文件。",
        en="Restore the whole log folder from a backup; do not delete or change single files in it.",
    ),
    status=_FAILED,
)
LOG_FOREIGN = Message(
    code="K-EVI-012",
    what=Text(zh="该日志属于另一把签名密钥", en="The log belongs to another signing key"),
    why=Text(zh="一份日志只由建立它的密钥续写。", en="A log is continued only with the key that began it."),
    fix=Text(
        zh="使用原来的密钥目录，或换一个日志目录。", en="Use the home folder it was made with, or another log folder."
    ),
)
ENTRY_TOO_LONG = Message(
    code="K-EVI-013",
    what=Text(zh="存证条目过长（{size} 字节）", en="The log entry is too long ({size} bytes)"),
    why=Text(
        zh="每条最多 65535 字节：日志只存摘要。", en="An entry has at most 65535 bytes: the log holds digests only."
    ),
    fix=Text(zh="请向项目报告此问题。", en="Please report this to the project."),
    status=Exit.INTERNAL,
)
DISK_FULL = Message(
    code="K-EVI-014",
    what=Text(zh="磁盘空间或配额不足，没有写入", en="The disk or quota is full; nothing was written"),
    why=Text(
        zh="未写完的内容已丢弃，原有文件没有变化。",
        en="What was begun was dropped; the files that were there are unchanged.",
    ),
    fix=Text(
        zh="腾出空间后重新运行，会从中断处继续。", en="Free some space and run again; it goes on where it stopped."
    ),
)
FILE_FAILED = Message(
    code="K-EVI-015",
    what=Text(zh="文件读写失败：{problem}", en="A file could not be read or written: {problem}"),
    why=Text(zh="操作系统拒绝了该操作。", en="The operating system refused."),
    fix=Text(zh="检查路径、权限和磁盘后重试。", en="Check the path, the permissions and the disk, then try again."),
)
NOT_PLAIN = Message(
    code="K-EVI-020",
    what=Text(zh="不是普通文件或目录：{problem}", en="Not a plain file or folder: {problem}"),
    why=Text(
        zh="链接和特殊文件的内容不在文件夹内，无法封存，也从不跟随。",
        en="What a link or special file holds lies outside the folder: it cannot be sealed and is never followed.",
    ),
    fix=Text(zh="删除它，或换成真实文件。", en="Remove it, or put the real file there."),
    status=_FAILED,
)
NAME_UNUSABLE = Message(
    code="K-EVI-021",
    what=Text(zh="文件名不可用：{problem}", en="The file name cannot be used: {problem}"),
    why=Text(
        zh="清单中的路径须在各种系统上读作同一名称。",
        en="Paths in a manifest must read as one and the same name on every system.",
    ),
    fix=Text(zh="改名后重新运行。", en="Rename it and run again."),
    status=_FAILED,
)
FOLDER_TOO_BIG = Message(
    code="K-EVI-022",
    what=Text(zh="超出上限：{problem}", en="Over a limit: {problem}"),
    why=Text(
        zh="正常的文件夹不会这么大；设限是为了不被恶意文件夹拖垮。",
        en="No ordinary folder is like this; the limit keeps a hostile one from exhausting the machine.",
    ),
    fix=Text(
        zh="拆分后重试；若来自他人，请勿信任。", en="Split it and try again; if it came from others, do not trust it."
    ),
    status=_FAILED,
)
FOLDER_MISSING = Message(
    code="K-EVI-023",
    what=Text(zh="找不到文件夹", en="There is no such folder"),
    why=Text(zh="路径不存在，或不是目录。", en="The path does not exist or is not a folder."),
    fix=Text(zh="检查路径后重试。", en="Check the path and try again."),
)
MANIFEST_MISSING = Message(
    code="K-EVI-030",
    what=Text(zh="缺少清单 manifest.json", en="manifest.json is missing"),
    why=Text(zh="没有清单就不知道应有哪些文件。", en="Without it nobody knows which files belong here."),
    fix=Text(zh="向发送方索取完整的文件夹。", en="Ask the sender for the complete folder."),
    status=_FAILED,
)
MANIFEST_MALFORMED = Message(
    code="K-EVI-031",
    what=Text(zh="清单无法读取：{problem}", en="The manifest cannot be read: {problem}"),
    why=Text(zh="它已被改动，或不是本软件写出的清单。", en="It was changed, or this software did not write it."),
    fix=Text(zh="向发送方索取未经改动的文件夹。", en="Ask the sender for the folder as it was sealed."),
    status=_FAILED,
)
FILE_CHANGED = Message(
    code="K-EVI-032",
    what=Text(zh="文件内容已改变", en="The file was changed"),
    why=Text(zh="{problem}与清单不符。", en="{problem} differs from the manifest."),
    fix=Text(zh="不要使用；向发送方索取原文件。", en="Do not use it; ask the sender for the original."),
    status=_FAILED,
)
FILE_MISSING = Message(
    code="K-EVI-033",
    what=Text(zh="文件缺失", en="The file is missing"),
    why=Text(zh="清单列有此文件，文件夹里没有。", en="The manifest lists it and the folder does not have it."),
    fix=Text(zh="向发送方索取完整的文件夹。", en="Ask the sender for the complete folder."),
    status=_FAILED,
)
FILE_EXTRA = Message(
    code="K-EVI-034",
    what=Text(zh="多出的文件或目录", en="A file or folder that does not belong here"),
    why=Text(zh="清单没有列出它，它未经审查。", en="The manifest does not list it: nobody reviewed it."),
    fix=Text(
        zh="移走它再核验；来源不明时不要打开。",
        en="Move it away and check again; do not open it if its origin is unknown.",
    ),
    status=_FAILED,
)
FILE_RENAMED = Message(
    code="K-EVI-035",
    what=Text(zh="文件被改名：清单中为“{was}”", en="The file was renamed: the manifest calls it “{was}”"),
    why=Text(zh="内容相同，名称与清单不符。", en="Its content is the same and its name is not."),
    fix=Text(zh="恢复原名后再核验。", en="Give it its name back and check again."),
    status=_FAILED,
)
RECEIPT_MISSING = Message(
    code="K-EVI-036",
    what=Text(zh="缺少存证回执 receipt", en="The receipt is missing"),
    why=Text(
        zh="没有回执就不能证明清单已存证、由谁签名。",
        en="Without it nothing proves that the manifest was logged, nor who signed.",
    ),
    fix=Text(zh="向发送方索取完整的文件夹。", en="Ask the sender for the complete folder."),
    status=_FAILED,
)
RECEIPT_MALFORMED = Message(
    code="K-EVI-037",
    what=Text(zh="存证回执无法读取：{problem}", en="The receipt cannot be read: {problem}"),
    why=Text(
        zh="它不符合 c2sp.org/tlog-proof@v1 格式，可能已被改动。",
        en="It is not a c2sp.org/tlog-proof@v1; it may have been changed.",
    ),
    fix=Text(zh="向发送方索取原回执。", en="Ask the sender for the original receipt."),
    status=_FAILED,
)
RECEIPT_OTHER = Message(
    code="K-EVI-038",
    what=Text(zh="回执不是这份清单的回执", en="The receipt is not for this manifest"),
    why=Text(
        zh="回执中的事件与清单的摘要不一致：清单或回执被换过。",
        en="The event in the receipt does not match the manifest's digest: one of the two was replaced.",
    ),
    fix=Text(zh="不要使用；向发送方索取原文件夹。", en="Do not use it; ask the sender for the original folder."),
    status=_FAILED,
)
INCLUSION_FAILED = Message(
    code="K-EVI-039",
    what=Text(zh="回执的包含证明不成立", en="The receipt's inclusion proof does not hold"),
    why=Text(
        zh="按证明计算的根与已签名的检查点不符：该事件不在日志中。",
        en="The root computed from it differs from the signed checkpoint: the event is not in that log.",
    ),
    fix=Text(zh="不要使用；向发送方索取原回执。", en="Do not use it; ask the sender for the original receipt."),
    status=_FAILED,
)
KEY_UNKNOWN = Message(
    code="K-EVI-040",
    what=Text(zh="签名密钥不在信任之列：{signers}", en="Signed by a key that you do not trust: {signers}"),
    why=Text(
        zh="只有核验者自己信任的公钥才能证明来源。",
        en="Only a key that the verifier trusts proves where this comes from.",
    ),
    fix=Text(
        zh="从数据处理者处另行取得其 .vkey，核对编号后用 --trust 指定。",
        en="Get the exporter's .vkey by another way, compare the key id, and give it with --trust.",
    ),
    status=_FAILED,
)
SIGNATURE_BAD = Message(
    code="K-EVI-041",
    what=Text(zh="签名无效：{signer}", en="The signature is not valid: {signer}"),
    why=Text(
        zh="签名与内容不符：内容或签名被改动。", en="It does not match what was signed: one of the two was changed."
    ),
    fix=Text(zh="不要使用；向发送方索取原件。", en="Do not use it; ask the sender for the original."),
    status=_FAILED,
)
ORIGIN_WRONG = Message(
    code="K-EVI-042",
    what=Text(zh="检查点的来源与签名密钥不符", en="The checkpoint's origin is not the key's own log"),
    why=Text(zh="密钥只能为同名的日志签名。", en="A key speaks only for the log of its own name."),
    fix=Text(zh="不要使用；向发送方索取原回执。", en="Do not use it; ask the sender for the original receipt."),
    status=_FAILED,
)
PARENT_WRONG = Message(
    code="K-EVI-043",
    what=Text(zh="放行文件夹不属于这份清关文件夹", en="The release does not belong to this clearance"),
    why=Text(
        zh="它的类型、数据出境活动或上级清单摘要与所在文件夹不符。",
        en="Its kind, its transfer or its parent digest is not that of the folder around it.",
    ),
    fix=Text(zh="不要使用；向发送方索取原文件夹。", en="Do not use it; ask the sender for the original folder."),
    status=_FAILED,
)
LABEL_MISSING = Message(
    code="K-EVI-044",
    what=Text(zh="缺少放行标签 label.dsse.json", en="The label label.dsse.json is missing"),
    why=Text(zh="放行的数据必须附有签名标签。", en="Released data carry a signed label."),
    fix=Text(zh="向发送方索取完整的文件夹。", en="Ask the sender for the complete folder."),
    status=_FAILED,
)
LABEL_MALFORMED = Message(
    code="K-EVI-045",
    what=Text(zh="放行标签无法读取：{problem}", en="The label cannot be read: {problem}"),
    why=Text(zh="它不是 DSSE 封装的 in-toto 声明。", en="It is not an in-toto statement in a DSSE envelope."),
    fix=Text(zh="向发送方索取原标签。", en="Ask the sender for the original label."),
    status=_FAILED,
)
LABEL_OTHER = Message(
    code="K-EVI-046",
    what=Text(zh="放行标签与文件不符：{problem}", en="The label does not match the files: {problem}"),
    why=Text(zh="标签签的是另一批文件或另一次放行。", en="It was signed for other files or another release."),
    fix=Text(zh="不要使用；向发送方索取原文件夹。", en="Do not use it; ask the sender for the original folder."),
    status=_FAILED,
)
