"""What is written where no terminal is."""

import json

import pytest

from console.call import Call
from console.paper import Alert, Paper, PlainPaper, answer


async def _no_worker() -> None: ...


def test_columns_are_aligned_filled_and_never_hold_two_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    PlainPaper().table(["Đơn vị", "Hạn", "Nội dung"], [["a  b", "", "một\nhai"], ["Sở Nội vụ", Alert("quá hạn"), "ba"]])
    assert capsys.readouterr().out == (
        "Đơn vị     Hạn      Nội dung\n"
        "a b        –        một hai\n"
        "Sở Nội vụ  quá hạn  ba\n"
    )  # fmt: skip


def test_letters_made_of_several_marks_take_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    PlainPaper().table(["A", "B"], [["Sở", "x"], ["Sở", "y"]])
    _, first, second = capsys.readouterr().out.splitlines()
    assert first.index("x") == second.index("y")


def test_long_lines_are_not_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    PlainPaper().table(["A"], [["từ " * 200]])
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("as_json", [True, False])
def test_an_answer_is_a_document_or_words_but_not_both(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    call = Call(language="vi", work=_no_worker, json=as_json)

    def render(paper: Paper) -> None:
        paper.line("lời")

    answer(call, {"khóa": ["giá trị"]}, render)
    out = capsys.readouterr().out
    if as_json:
        assert json.loads(out) == {"khóa": ["giá trị"]}
        assert "giá trị" in out
    else:
        assert out == "lời\n"
