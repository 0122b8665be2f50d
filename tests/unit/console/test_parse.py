"""parse: what is shown of a reading."""

import json
from pathlib import Path

from console.input_files import SAMPLE
from tests.support.typed import Type


def test_each_value_stands_with_its_place_in_the_file(type_: Type) -> None:
    said = type_("parse", str(SAMPLE), "--lang", "en")
    assert said.code == 0
    rows = {line.split("  ")[0]: line for line in said.out.splitlines()}
    assert rows["signer"].endswith("Trần Việt Trường")
    text = SAMPLE.read_text(encoding="utf-8")
    start, end = rows["abstract"].removeprefix("abstract").split()[0].split("–")
    assert text[int(start) : int(end)].startswith("tăng cường")


def test_warnings_are_sentences(type_: Type) -> None:
    assert '"1680 /UBND-NC" is read as 1680/UBND-NC' in type_("parse", str(SAMPLE), "--lang", "en").out
    assert "“1680 /UBND-NC” được đọc là 1680/UBND-NC" in type_("parse", str(SAMPLE)).out


def test_json_is_the_reading(type_: Type) -> None:
    document = json.loads(type_("parse", str(SAMPLE), "--json").out)
    assert document["number"]["value"] == "1680"
    assert len(document["obligations"]) == 3


def test_any_text_can_be_parsed(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text("Trăm năm trong cõi người ta", encoding="utf-8")
    said = type_("parse", str(file), "--lang", "en")
    assert said.code == 0
    assert "not found: number" in said.out


def test_what_is_no_text_is_said(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "image.txt"
    file.write_bytes(b"\xff\xfe\x00")
    said = type_("parse", str(file))
    assert (said.code, said.err) == (1, f"bad_file: {file}: không phải UTF-8\n")
