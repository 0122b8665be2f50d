"""The text of a checkpoint: one form, in both directions."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from activities.record.checkpoint import BadCheckpointError, Checkpoint, read_checkpoint

ROOT = bytes(range(32))
AT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
CHECKPOINT = Checkpoint("directives/x", 20852163, ROOT, AT)
TEXT = "directives/x\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-11-24T01:02:03Z\n"


def test_a_checkpoint_is_written_and_read() -> None:
    assert CHECKPOINT.text() == TEXT
    assert read_checkpoint(TEXT) == CHECKPOINT


def test_the_instant_is_told_in_utc_and_to_the_second() -> None:
    there = AT.astimezone(timezone(timedelta(hours=7))).replace(microsecond=999_999)
    assert Checkpoint("directives/x", 20852163, ROOT, there).text() == TEXT


def test_the_checkpoint_of_the_specification_is_read() -> None:
    found = read_checkpoint("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
    assert (found.origin, found.size, found.at) == ("example.com/behind-the-sofa", 20852163, None)
    assert found.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"


def test_lines_that_others_add_do_not_matter() -> None:
    assert read_checkpoint(f"{TEXT}witnessed by nobody\n") == CHECKPOINT


@pytest.mark.parametrize("size", [0, 1, 10, 2**62])
def test_every_size_has_one_spelling(size: int) -> None:
    assert read_checkpoint(Checkpoint("x", size, ROOT).text()).size == size


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        TEXT.removesuffix("\n"),
        "directives/x\n1\n",
        TEXT.replace("directives/x", ""),
        TEXT.replace("\nat", "\n\nat"),
        TEXT.replace("20852163", "020852163"),
        TEXT.replace("20852163", "-1"),
        TEXT.replace("20852163", "+1"),
        TEXT.replace("20852163", "1_000"),
        TEXT.replace("20852163", " 1"),
        TEXT.replace("20852163", "١"),
        TEXT.replace("20852163", "9" * 30),
        TEXT.replace("Hh8=", "Hh9="),
        TEXT.replace("Hh8=", "Hh8"),
        TEXT.replace("AAEC", ""),
        TEXT.replace("AAEC", "gốc!"),
        TEXT.replace("at 2026-11-24", "at 24/11/2026"),
        TEXT.replace("Z\n", "\n"),
    ],
)
def test_what_is_not_a_checkpoint_to_the_letter_is_none(text: str) -> None:
    with pytest.raises(BadCheckpointError):
        read_checkpoint(text)
