"""Warnings of intake, in words."""

from catalogue import has
from console.call import Call
from intake.reading import Caution


def caution_line(call: Call, caution: Caution) -> str:
    """One line, with the places in the text that it is about."""
    params = {name: _param(call, name, value) for name, value in caution.params.items()}
    places = ", ".join(f"{span.start}–{span.end}" for span in caution.spans)
    return f"- {call.text(f'caution.{caution.code}', **params)}" + (f" [{places}]" if places else "")


def _param(call: Call, name: str, value: str | int) -> str | int:
    key = f"field.{value}"
    return call.text(key) if name == "field" and has(key) else value
