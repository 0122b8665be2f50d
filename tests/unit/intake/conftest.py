"""The sample letter, the example directory, and small letters of our own."""

from collections.abc import Callable
from pathlib import Path

import pytest

import intake
from intake.directory import Directory
from intake.reading import Reading

EXAMPLES = Path(__file__).parents[3] / "examples"

LETTER = {
    "number": "Số: 12/UBND-NC",
    "to": "- Giám đốc Sở Nội vụ;\n- Giám đốc Sở Tài chính.",
    "before": "Thực hiện nhiệm vụ năm 2023, Ủy ban nhân dân thành phố đề nghị thực hiện các nội dung sau:",
    "closing": "Nhận được Công văn này, các đơn vị triển khai thực hiện./.",
    "copies": "- Như trên;\n- Lưu: VT.",
    "signature": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn Hồng",
}


@pytest.fixture(scope="session")
def sample_text() -> str:
    return (EXAMPLES / "1680-UBND-NC.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def sample(sample_text: str) -> Reading:
    return intake.read(sample_text)


@pytest.fixture(scope="session")
def directory() -> Directory:
    return intake.load_directory(EXAMPLES / "can-tho.yaml")


@pytest.fixture
def letter() -> Callable[..., str]:
    """Writes a small official letter; each part can be replaced."""

    def write(*items: str, **replaced: str) -> str:
        parts = {**LETTER, **replaced}
        body = "\n\n".join(items) or "1. Tổ chức thực hiện."
        return (
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\n\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
            f"{parts['number']}\n\nCần Thơ, ngày 10 tháng 3 năm 2023\n\nV/v thử nghiệm\n\n"
            f"Kính gửi:\n\n{parts['to']}\n\n{parts['before']}\n\n{body}\n\n{parts['closing']}\n\n"
            f"Nơi nhận:\n\n{parts['copies']}\n\n{parts['signature']}\n"
        )

    return write
