"""Vietnamese words: compared without case and marks, put into usual case, recognised as capitals."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

UPPER: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Vietnamese capitals, for a character class."""

_PLACES: Final = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã")
_ORGANS: Final = (
    "Bảo hiểm xã hội",
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Thủ tướng",
    "Chính phủ",
    "Quốc hội",
    "Văn phòng",
    "Tổng cục",
    "Chi cục",
    "Việt Nam",
    "Cục",
    "Bộ",
    "Sở",
    "Ban",
)
_USUAL: Final = {name.upper(): name for name in (*_ORGANS, *_PLACES)}
_CAPITAL_NAME: Final = re.compile("|".join(rf"\b{name}\b" for name in _USUAL))

_ABBREVIATIONS: Final = (
    (re.compile(r"\bubnd\b"), "ủy ban nhân dân"),
    (re.compile(r"\bhđnd\b"), "hội đồng nhân dân"),
    (re.compile(r"\btp\b"), "thành phố"),
)
# "oà" and "òa", "uý" and "úy" are one syllable by two spelling rules.
_ONE_SPELLING: Final = tuple(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    base = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()
    # A character whose lower case is longer would shift every offset behind it.
    return base if len(base) == 1 else char


def plain(text: str) -> str:
    """Lower case without tone and vowel marks, of the same length: "Số" gives "so"."""
    return "".join(map(_bare, text))


def key(text: str) -> str:
    """What two spellings of one name have in common: case, spelling rule, usual abbreviations, punctuation."""
    folded = unicodedata.normalize("NFC", text).casefold()
    for new, old in _ONE_SPELLING:
        folded = folded.replace(new, old)
    folded = " ".join(re.sub(r"[\W_]+", " ", folded).split())
    for short, full in _ABBREVIATIONS:
        folded = short.sub(full, folded)
    return folded


def is_upper(text: str) -> bool:
    """Whether the text is written in capitals, two letters at least."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and not any(char.islower() for char in letters)


def usual_case(name: str) -> str:
    """A name printed in capitals as it is usually written: "BỘ XÂY DỰNG" gives "Bộ Xây dựng"."""
    if not is_upper(name):
        return name
    out: list[str] = []
    place = False
    at = 0
    for match in _CAPITAL_NAME.finditer(name):
        out.append(_proper(name[at : match.start()], place=place))
        out.append(_USUAL[match.group()])
        place = out[-1] in _PLACES
        at = match.end()
    out.append(_proper(name[at:], place=place))
    written = "".join(out)
    return written[:1].upper() + written[1:]


def _proper(words: str, *, place: bool) -> str:
    if place:
        return " ".join(word.capitalize() for word in words.split(" "))
    stripped = words.lstrip()
    return words[: len(words) - len(stripped)] + stripped.capitalize()
