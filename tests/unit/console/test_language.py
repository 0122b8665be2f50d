"""Which language the command line speaks."""

import pytest

from console.language import choose
from tests.support.typed import Type


@pytest.mark.parametrize(
    ("argv", "environment", "expected"),
    [
        (["list"], {}, "vi"),
        (["list"], {"LANG": "C.UTF-8"}, "vi"),
        (["list"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["list"], {"LANG": "en_GB.UTF-8", "DIRECTIVES_LANG": "vi"}, "vi"),
        (["list", "--lang", "en"], {"DIRECTIVES_LANG": "vi"}, "en"),
        (["--lang=en", "list"], {}, "en"),
        (["list", "--lang", "en", "--lang", "vi"], {}, "vi"),
        (["list", "--lang", "fr"], {"LANG": "en_US.UTF-8"}, "en"),
    ],
)
def test_an_option_counts_more_than_the_environment(
    argv: list[str], environment: dict[str, str], expected: str
) -> None:
    assert choose(argv, environment) == expected


def test_help_is_in_the_language_asked_for(type_: Type) -> None:
    assert "Đơn vị tiếp nhận văn bản." in type_("acknowledge", "--help").out
    assert "The unit says that it received the directive." in type_("acknowledge", "--help", "--lang", "en").out


def test_wrong_usage_is_said_in_the_language_asked_for(type_: Type) -> None:
    assert type_("show").err == "usage: Thiếu 'ID'. Xem --help.\n"
    assert type_("show", "--lang", "en").err == "usage: 'ID' is missing. See --help.\n"


def test_a_language_that_nobody_speaks_here_is_wrong_usage(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    assert type_("list", "--lang", "fr").code == 2
    monkeypatch.setenv("DIRECTIVES_LANG", "fr")
    said = type_("list")
    assert said.code == 2
    assert "DIRECTIVES_LANG" in said.err
