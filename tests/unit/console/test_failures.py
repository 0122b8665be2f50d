"""Failures as exit codes, lines and documents."""

import json

import pytest

from console.declaring import complain
from console.failures import (
    AnsweredError,
    ConsoleError,
    FailedError,
    InSentencesError,
    RefusedError,
    UnavailableError,
    WrongUsageError,
    retry_with,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FailedError("not_set_up"), 1),
        (RefusedError("not_found", {}), 1),
        (AnsweredError("some_refused", refused=1, sent=2, first="x"), 1),
        (WrongUsageError("no_actor"), 2),
        (UnavailableError("interrupted", "id"), 3),
    ],
)
def test_each_kind_has_its_exit_code_and_is_one_line(
    error: ConsoleError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(error, "en", as_json=False)
    captured = capsys.readouterr()
    assert error.exit_code == code
    assert captured.out == ""
    assert captured.err.startswith(f"{error.code}: ")
    assert captured.err.count("\n") == 1


def test_an_unknown_outcome_ends_with_the_command_id(capsys: pytest.CaptureFixture[str]) -> None:
    error = UnavailableError("unavailable", limit="30", problem="")
    with pytest.raises(UnavailableError), retry_with("command-7"):
        raise error
    complain(error, "vi", as_json=True)
    captured = capsys.readouterr()
    assert captured.err.split()[-1] == "command-7"
    document = json.loads(captured.out)
    assert (document["outcome"], document["code"], document["command_id"]) == ("unknown", "unavailable", "command-7")


def test_ctrl_c_leaves_the_outcome_unknown_and_names_the_command_id() -> None:
    with pytest.raises(UnavailableError) as raised, retry_with("command-8"):
        raise KeyboardInterrupt
    assert raised.value.sentence("en").endswith("command-8")


def test_a_refusal_of_the_service_is_passed_on_as_it_came() -> None:
    answer = {"outcome": "refused", "code": "not_acknowledged", "details": {"unit": "a"}, "version": 3}
    error = RefusedError("not_acknowledged", {"unit": "a"}, answer)
    assert error.document("vi") == answer
    assert error.sentence("vi") == "Đơn vị a chưa tiếp nhận văn bản."


def test_a_sentence_of_several_lines_is_told_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    complain(InSentencesError("failure", "of_elsewhere", {}, "first\nsecond"), "en", as_json=False)
    assert capsys.readouterr().err == "of_elsewhere: first second\n"


def test_what_has_been_answered_is_not_answered_again(capsys: pytest.CaptureFixture[str]) -> None:
    complain(AnsweredError("some_refused", refused=1, sent=2, first="x"), "en", as_json=True)
    assert capsys.readouterr().out == ""
