"""Which addresses can be written to."""

import pytest

from activities.notices.address import fault


@pytest.mark.parametrize("address", ["a@b", "so.noi-vu+x@can-tho.example", "văn.thư@cầnthơ.example"])
def test_one_bare_address_is_good(address: str) -> None:
    assert fault(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "a", "a@", "@b", "a@b@c", "a b@c", "a@b,c@d", "a@b;c@d", "<a@b>", "A <a@b>", '"a"@b', "a(b)@c", "a@[127.0.0.1]",
        "a@b\r\nBcc: c@d", "a@b\n", "a\x00@b", "a\u2028@b", "a\u202e@b",
    ],
)  # fmt: skip
def test_anything_else_is_not(address: str) -> None:
    assert fault(address) == "bad_address"


def test_none_at_all_is_said_to_be_none() -> None:
    assert fault("") == "no_address"
