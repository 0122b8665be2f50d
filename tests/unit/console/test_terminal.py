"""What is shown where a terminal is."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.support.typed import DIRECTIVES, environment


def in_a_terminal(*argv: str | Path) -> str:
    """All that a command shows."""
    return in_a_terminal_of(DIRECTIVES, *argv)


def in_a_terminal_of(*argv: str | Path) -> str:
    """All that a program shows."""
    master, terminal = pty.openpty()
    process = subprocess.Popen(argv, env=environment(TERM="xterm", COLUMNS="100"), stdout=terminal, stderr=terminal)
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:
        # Linux says so where the other end of a terminal is closed.
        pass
    finally:
        os.close(master)
    assert process.wait(30) == 0
    return shown.decode()


def test_tables_are_drawn_and_words_of_people_are_no_markup(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    text = "Số: 7/UBND-NC\n\n[red]Lạ[/red]\n\nKính gửi: Sở Nội vụ.\n\n1. Làm [bold]ngay[/bold] việc này./.\n"
    letter.write_text(text, encoding="utf-8")
    shown = in_a_terminal("parse", letter)
    assert "\x1b[1m" in shown
    assert "───" in shown
    assert "[bold]ngay[/bold]" in shown
    assert "[red]Lạ[/red]" in shown


def test_what_is_too_wide_is_folded_and_never_cut(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Số: 7/UBND-NC\n\nKính gửi: Sở Nội vụ.\n\n1. " + "x" * 300 + "./.\n", encoding="utf-8")
    shown = in_a_terminal("parse", letter)
    assert shown.count("x") >= 300
    assert "…" not in shown


def test_help_is_drawn_in_the_language_asked_for() -> None:
    shown = in_a_terminal("acknowledge", "--help", "--lang", "en")
    assert "Options everywhere" in shown
    assert "╭" in shown


def test_a_bar_shows_how_far_a_heap_of_commands_has_come() -> None:
    script = (
        "from console.call import Call\n"
        "from console.waiting import progress\n"
        "with progress(Call(language='en', work=None), 4, 'cli.sending') as advance:\n"
        "    advance(3)\n"
    )
    shown = in_a_terminal_of(sys.executable, "-c", script)
    assert "Sending" in shown
    assert "3/4" in shown
