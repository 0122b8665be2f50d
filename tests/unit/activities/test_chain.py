"""Events become bytes once, and each is chained to the one before."""

import hashlib
import json

from activities.journal.chain import GENESIS, Link, chained, link
from activities.journal.erasable import People, put_back
from domain.events import read_event
from tests.support.builders import acknowledge, progress, refuse
from tests.support.desk import Desk


def linked() -> list[Link]:
    desk = Desk()
    desk.do(refuse("unit-b", reason="không thuộc chức năng"), acknowledge(), progress(text="đang làm"))
    links: list[Link] = []
    people = People()
    for event in desk.events:
        links.append(link(event, links[-1].hash if links else GENESIS, people))
    return links


def test_each_hash_covers_the_body_and_its_predecessors_hash() -> None:
    before = bytes(32)
    for one in linked():
        assert one.prev_hash == before
        assert one.hash == hashlib.sha256(before + one.body.encode()).digest() == chained(before, one.body)
        before = one.hash


def test_a_body_is_canonical_json_from_which_the_event_can_be_read_again() -> None:
    links = linked()
    contents = {word.id: word.content for one in links for word in one.words}
    for one in links:
        stored = json.loads(one.body)
        canonical = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert one.body == canonical
        put_back(stored, contents)
        assert read_event(stored) == one.event


def test_no_words_of_persons_are_hashed_in_the_open() -> None:
    links = linked()
    said = [word.content for one in links for word in one.words]
    assert said == [
        "clerk of office", "head of unit-b", "không thuộc chức năng", "head of unit-a", "officer of unit-a", "đang làm",
    ]  # fmt: skip
    assert not any(one in link.body for link in links for one in said)


def test_any_change_of_a_body_or_of_the_order_changes_the_hash() -> None:
    first, second, *_ = linked()
    assert chained(first.prev_hash, first.body + " ") != first.hash
    assert chained(first.prev_hash, second.body) != second.hash
