"""The words by which Vietnamese official texts are recognised. Patterns named ``…_PLAIN`` meet text without marks."""

import re
from typing import Final

from intake.words import UPPER, plain

KINDS: Final = {
    plain(kind): kind
    for kind in (
        "nghị quyết",
        "quyết định",
        "chỉ thị",
        "quy chế",
        "quy định",
        "thông cáo",
        "thông báo",
        "hướng dẫn",
        "chương trình",
        "kế hoạch",
        "phương án",
        "đề án",
        "dự án",
        "báo cáo",
        "biên bản",
        "tờ trình",
        "hợp đồng",
        "công văn",
        "công điện",
        "bản ghi nhớ",
        "bản thỏa thuận",
        "giấy ủy quyền",
        "giấy mời",
        "giấy giới thiệu",
        "giấy nghỉ phép",
        "phiếu gửi",
        "phiếu chuyển",
        "phiếu báo",
        "thư công",
    )
}
"""Decree 30/2020/NĐ-CP, article 7: the 29 kinds of administrative documents, by their name without marks."""

KIND_OF_SYMBOL: Final = {
    "ct": "chỉ thị",
    "cd": "công điện",
    "tb": "thông báo",
    "kh": "kế hoạch",
    "qd": "quyết định",
    "nq": "nghị quyết",
}
"""Abbreviation of the kind at the head of a symbol, Appendix III of the same decree; official letters carry none."""

CITED_KINDS_PLAIN: Final = "|".join(
    sorted(
        {*KINDS, "van ban", "luat", "ket luan", "nghi dinh", "thong tu", "phap lenh", "lenh", "hien phap"},
        key=len,
        reverse=True,
    )
)

POWER: Final = re.compile(r"(TM|KT|TL|TUQ|Q)\s?\.\s?")
"""Signing powers, Decree 30/2020/NĐ-CP article 13 and Appendix I.7."""

_HEADS_OF_BODIES = (
    "Tổng [Gg]iám đốc|Giám đốc|Thủ trưởng|Chủ tịch|Chánh Thanh tra|Chánh Văn phòng|Bộ trưởng|Thứ trưởng|Cục trưởng|"
    "Tổng cục trưởng|Viện trưởng|Trưởng [Bb]an|Trưởng [Pp]hòng|Hiệu trưởng|Chỉ huy trưởng|Người đứng đầu"
)
_BODIES = (
    "Sở|Bộ|Cục|Tổng cục|Chi cục|Vụ|Viện|Đài|Báo|Ban|Tập đoàn|Tổng [Cc]ông ty|Trung tâm|Trường|Bệnh viện|Công an|Hội|"
    "Liên đoàn|Đoàn|Quỹ|Kho bạc|Ngân hàng|Bảo hiểm xã hội|BHXH|Thuế|Văn phòng|Thanh tra"
)
_OFFICES = (
    "Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Ủy ban Mặt trận|Mặt trận Tổ quốc|Thông tấn xã|"
    "Công an (?:thành phố|tỉnh|quận|huyện)|Thanh tra (?:thành phố|tỉnh|quận|huyện)|Chủ đầu tư|Thành viên"
)
_GROUPS = (
    "[Cc]ác (?:cơ quan|đơn vị|địa phương|[Ss]ở|[Bb]an|[Bb]ộ|ngành|tổ chức|lực lượng|đoàn thể|[Tt]rung tâm|Cục|Tập đoàn)"
)
BODY: Final = re.compile(
    rf"(?:[Đđ]ồng chí\s+)?(?:(?:{_HEADS_OF_BODIES})\b|người đứng đầu\b|(?:{_OFFICES})\b|(?:{_BODIES})\s+[{UPPER}]|"
    rf"(?:Báo|Đài) và\b|(?:{_GROUPS})\b)"
)
"""Where the name of a body, of its head or of a group of bodies begins."""

GROUP: Final = re.compile(
    r"(?:[Đđ]ồng chí\s+)?(?:(?:Giám đốc|Thủ trưởng|Chủ tịch|Bộ trưởng|[Nn]gười đứng đầu)\s*,?\s*)*"
    rf"(?:[Cc]ác |[Ss]ở\b(?!\s+[{UPPER}])|cơ quan|đơn vị|ban,? ngành|"
    r"Ủy ban nhân dân (?:quận|huyện|xã|phường)\s*(?:,|$))"
)
"""A name that stands for many bodies rather than for one."""

ORDER: Final = re.compile(
    r"(?:[Gg]iao nhiệm vụ cho|[Gg]iao cho|[Gg]iao|GIAO|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công)\s+(?=\S)",
)
"""Words of command before a name."""

ACTION: Final = re.compile(
    r",?\s+(?:chủ trì|phối hợp|chỉ đạo|(?<!,\s)(?<!ác\s)(?<!và\s)tổ chức|hướng dẫn|tham mưu|tăng cường|tiếp tục|"
    r"khẩn trương|có trách nhiệm|chịu trách nhiệm|căn cứ|theo chức năng|theo dõi|rà soát|báo cáo|nghiên cứu|"
    r"triển khai|thực hiện|kiểm tra|đôn đốc|xem xét|tập trung|chủ động|bố trí|đẩy mạnh|kịp thời|thường xuyên|"
    r"nghiêm túc|phải|là|trong phạm vi)\b"
)
"""Verbs with which the task begins behind the name of a body, in small letters as bodies' names never write them."""
