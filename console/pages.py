"""Pages for a browser and a printer: one file each, without scripts, and with nothing fetched from elsewhere."""

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from console.call import Call

FONTS: Final = '"Times New Roman", "Liberation Serif", "DejaVu Serif", serif'
"""As Decree 30/2020/NĐ-CP, Appendix I, asks for, and what stands in for it."""


def page(call: Call, name: str, /, **values: object) -> str:
    """The page of ``templates/<name>.html.j2``, in the caller's language."""
    return (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(text=call.text, language=call.language, fonts=FONTS, **values)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
