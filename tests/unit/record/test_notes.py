"""Signed notes: what others wrote is read, what was tampered with is not."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.record.notes import BadKeyError, BadNoteError, SigningKey, VerifierKey, opened, sign

GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    f"{GO_TEXT}\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""From the documentation of golang.org/x/mod/sumdb/note. Ed25519 gives the same signature every time."""
C2SP_PUBLIC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""From the specification, c2sp.org/signed-note."""
TEXT = "directives/x\n3\nroot\n"
OURS = SigningKey.generate("directives/x")
OTHERS = SigningKey.generate("directives/x")
ELSEWHERE = SigningKey.generate("elsewhere")
KEY = OURS.verifier()
NOTE = sign(TEXT, OURS)
SIGNED = NOTE.removeprefix(f"{TEXT}\n")
"""The line with the signature."""


def test_keys_and_notes_are_those_of_go() -> None:
    key = SigningKey.read(GO_PRIVATE)
    assert (key.text(), key.verifier().text()) == (GO_PRIVATE, GO_PUBLIC)
    assert sign(GO_TEXT, key) == GO_NOTE
    assert opened(GO_NOTE, [VerifierKey.read(GO_PUBLIC)]) == GO_TEXT


def test_the_note_of_the_specification_is_read() -> None:
    assert opened(C2SP_NOTE, [VerifierKey.read(C2SP_PUBLIC)]) == "This is an example message.\n"


def test_a_key_survives_being_written_and_its_text_may_end_its_line() -> None:
    assert SigningKey.read(OURS.text() + "\n") == OURS
    assert VerifierKey.read(KEY.text()) == KEY


def test_a_key_that_is_logged_gives_nothing_away() -> None:
    seed = base64.b64decode(OURS.text().split("+", 4)[4])[1:]
    assert repr(seed) not in repr(OURS)
    assert seed.hex() not in repr(OURS)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(one) for one in range(32)])))
def test_any_text_comes_back_as_it_was_signed(words: str) -> None:
    for text in (f"{words}\n", f"{words}\n\n{words}\n", f"\n{words}\n\n"):
        assert opened(sign(text, OURS), [KEY]) == text


def test_a_text_that_looks_like_a_signed_note_is_a_text() -> None:
    inner = sign("something else\n", OTHERS)
    assert opened(sign(inner, OURS), [KEY]) == inner
    # The signature below it is not the text's.
    with pytest.raises(BadNoteError):
        opened(f"{inner}\n{SIGNED}", [KEY])


@pytest.mark.parametrize("key", [OTHERS, ELSEWHERE], ids=["of the same name", "of another name"])
def test_another_key_opens_nothing(key: SigningKey) -> None:
    with pytest.raises(BadNoteError, match="none of the keys"):
        opened(NOTE, [key.verifier()])
    with pytest.raises(BadNoteError, match="none of the keys"):
        opened(NOTE, [])


def test_signatures_of_unknown_keys_do_not_matter_wherever_they_stand() -> None:
    stranger = sign(TEXT, ELSEWHERE).removeprefix(f"{TEXT}\n")
    forged = stranger.replace("elsewhere", "directives/x")
    for lines in (stranger + SIGNED, SIGNED + stranger, forged + SIGNED):
        assert opened(f"{TEXT}\n{lines}", [KEY]) == TEXT


def test_one_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    wrong = sign("another text\n", OURS).removeprefix("another text\n\n")
    for lines in (wrong, wrong + SIGNED, SIGNED + wrong):
        with pytest.raises(BadNoteError, match="is wrong"):
            opened(f"{TEXT}\n{lines}", [KEY])


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(place: int, difference: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[place] ^= difference
    with pytest.raises(BadNoteError):
        opened(changed.decode(errors="surrogateescape"), [KEY])


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        NOTE.removesuffix("\n"),
        f"{NOTE}\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("\n\n", "\n\n\n"),
        NOTE.replace("\n\n", "\n \n"),
        f"\n{NOTE}",
        f"{NOTE}— ",
        f"{NOTE}a line that is none\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—"),
        NOTE.replace("— directives/x ", "— directives/x\u00a0"),
        NOTE.replace("— directives/x ", "— directives/x  "),
        NOTE.replace("=\n", "\n"),
        NOTE.replace("=\n", "= \n"),
        NOTE.replace("3", "3\t"),
        NOTE.replace("3", "3\x00"),
        NOTE + SIGNED * 100,
    ],
)
def test_what_is_not_a_note_to_the_letter_is_none(note: str) -> None:
    with pytest.raises(BadNoteError):
        opened(note, [KEY])


def test_a_signature_has_one_spelling() -> None:
    line = SIGNED.removesuffix("\n").removesuffix("=")
    last = line[-1]
    # The last letter of 68 bytes carries two bits that mean nothing.
    twin = chr(ord(last) + 1)
    same = base64.b64decode(line.split(" ")[2] + "=") == base64.b64decode(line.split(" ")[2][:-1] + twin + "=")
    assert same
    with pytest.raises(BadNoteError):
        opened(f"{TEXT}\n{line[:-1]}{twin}=\n", [KEY])


@pytest.mark.parametrize("text", ["", "no end", "a\r\n", "tab\t\n", "\x00\n", "half \ud800\n"])
def test_a_text_that_could_not_be_read_again_is_not_signed(text: str) -> None:
    with pytest.raises(BadNoteError):
        sign(text, OURS)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "line\nbreak", "tab\t"])
def test_a_name_that_a_note_cannot_hold_gets_no_key(name: str) -> None:
    with pytest.raises(BadKeyError):
        SigningKey.generate(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        GO_PRIVATE,
        GO_PUBLIC.replace("c74f20a3", "c74f20a4"),
        GO_PUBLIC.replace("c74f20a3", "C74F20A3"),
        GO_PUBLIC.replace("c74f20a3", "c74f20"),
        GO_PUBLIC.replace("PeterNeumann", "PaulNeumann"),
        GO_PUBLIC.replace("PeterNeumann", "Peter Neumann"),
        GO_PUBLIC.replace("+ARpc", "+AhpC"),
        GO_PUBLIC.removesuffix("10TW"),
        GO_PUBLIC + "\n",
        f"name+00000000+{base64.b64encode(bytes(33)).decode()}",
        "name+00000000+khóa",
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        VerifierKey.read(text)


@pytest.mark.parametrize("text", ["", GO_PUBLIC, GO_PRIVATE.replace("c74f20a3", "c74f20a4"), GO_PRIVATE[:-4], "\ufffd"])
def test_what_is_no_signing_key_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        SigningKey.read(text)
