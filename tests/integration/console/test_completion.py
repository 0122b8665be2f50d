"""TAB: what the shells are offered."""

import subprocess
from pathlib import Path

import pytest

from tests.integration.console.conftest import Issue, Up
from tests.support.typed import DIRECTIVES, environment


def offered(up: Up, line: str, **changes: str) -> list[str]:
    """What bash is offered behind the line as it was typed."""
    words = line.split()
    last = len(words) if line.endswith(" ") else len(words) - 1
    changes = {"DIRECTIVES_DATA": str(up.data), **changes}
    done = subprocess.run(
        [DIRECTIVES],
        env=environment(_DIRECTIVES_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(last), **changes),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_commands_are_completed(up: Up) -> None:
    assert offered(up, "directives acc") == ["accept"]
    assert "send-back" in offered(up, "directives send")


def test_options_of_the_command_that_was_typed_are_completed(up: Up) -> None:
    assert offered(up, "directives progress 1/X --per") == ["--percent"]


def test_directives_units_and_assignments_are_completed_from_the_register(up: Up, issued: Issue) -> None:
    one = issued("unit-to-complete", "unit-a")
    assert one in offered(up, "directives show " + one[:2])
    assert offered(up, "directives acknowledge 1680/UBND-NC --unit unit-to-c") == ["unit-to-complete"]
    assert offered(up, f"directives accept {one} --assignment 1.") == ["1.1", "1.2"]


def test_where_nothing_runs_nothing_is_offered(up: Up, tmp_path: Path) -> None:
    assert offered(up, "directives show 16", DIRECTIVES_DATA=str(tmp_path)) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_can_ask(up: Up, shell: str) -> None:
    done = subprocess.run(
        [DIRECTIVES],
        env=environment(
            _DIRECTIVES_COMPLETE=f"complete_{shell}",
            COMP_WORDS="directives ackn",
            COMP_CWORD="1",
            _TYPER_COMPLETE_ARGS="directives ackn",
            _TYPER_COMPLETE_FISH_ACTION="get-args",
            DIRECTIVES_DATA=str(up.data),
        ),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "acknowledge" in done.stdout


@pytest.mark.parametrize(("language", "words"), [("vi", "Đã cài cho bash"), ("en", "Installed for bash")])
def test_completion_is_shown_and_installed_for_the_shell_in_use(tmp_path: Path, language: str, words: str) -> None:
    def in_bash(option: str) -> str:
        done = subprocess.run(
            # The word behind keeps bash from becoming the command, which looks for the shell that it was called from.
            ["bash", "-c", f"{DIRECTIVES} {option} --lang {language}; true"],
            env=environment(HOME=str(tmp_path)),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout

    assert "complete -o default -F _directives_completion directives" in in_bash("--show-completion")
    assert words in in_bash("--install-completion")
    assert "directives" in (tmp_path / ".bashrc").read_text()
