"""Words on surrogates, instants and hierarchies at hand: problems of parameters, refusals, notes of a treatment."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

PARAM_UNMARKED = Text(
    zh="这种替身号码看不出是替身，可能碰巧与他人的真实号码相同：用 prefix 加上标记，或写明理由 unmarked: “理由”，"
    "处理结果会注明",
    en="such a surrogate does not show that it is one and may be somebody's real number: mark it with prefix, or say"
    " why not, unmarked: “reason”, which the treatment then tells",
)
PARAM_PREFIX = Text(
    zh="“prefix”以字母开头，可用字母、数字、- 和 _，至多 8 个字符",
    en="“prefix” begins with a letter and has up to 8 letters, digits, - and _",
)
PARAM_CIPHER = Text(
    zh="本机的密码库（OpenSSL）不支持 {name}，请改用 cipher: aes，或换用带 SM4 的 OpenSSL 1.1.1 以上版本",
    en="this machine's OpenSSL lacks {name}: use cipher: aes, or an OpenSSL with SM4 (1.1.1 or later)",
)
UNSHAPED = Text(
    zh="不合替身号码的格式、或者同格式的值不足一百万个而变为空：{count} 个单元格",
    en="cells emptied because they have not the surrogates' form, or fewer than a million values have it: {count}",
)
UNMARKED = Text(
    zh="本列是未加标记的替身号码，可能碰巧与他人的真实号码相同，不得据以联系或核验任何人（{why}）",
    en="this column holds surrogates without a mark; one may equal somebody's real number by chance: nobody is to be"
    " called or verified by them ({why})",
)
INSTANT = Message(
    code="K-DEI-080",
    what=Text(
        zh="数据项“{item}”（{element}）按标准须是完整的时刻，方案会留下不完整的日期",
        en="“{item}” ({element}) must be a whole instant, and the plan would leave less of it",
    ),
    why=Text(
        zh="标准要求日期、到秒的时间和时区俱全，缺了的文件通不过校验。",
        en="Its standard asks for date, time to the second and zone; a file with less does not validate.",
    ),
    fix=Text(
        zh="shift 写 time: midnight，generalise 写 form: instant（取该日、该时段的第一刻），或者 drop。",
        en="With shift write time: midnight, with generalise form: instant (the first of its period), or drop it.",
    ),
)
NO_HIERARCHY = Message(
    code="K-DEI-081",
    what=Text(zh="没有层级文件“{name}”{guess}", en="There is no hierarchy “{name}”{guess}"),
    why=Text(zh="随附的和处理配置自带的有：{known}。", en="Those that come along or with the profile: {known}."),
    fix=Text(
        zh="改正名称；自己的文件写成从声明文件所在目录算起的路径。",
        en="Correct the name; a file of your own is named by its path from the declaration's folder.",
    ),
)
