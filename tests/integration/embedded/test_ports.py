import socket

from embedded import ports


def test_a_preferred_port_is_taken_if_it_is_free() -> None:
    with ports.reserved([ports.ANY]) as [free]:
        pass
    with ports.reserved([free]) as chosen:
        assert chosen == [free]


def test_another_port_is_chosen_for_one_on_which_something_listens() -> None:
    with socket.create_server((ports.HOST, 0)) as server:
        taken = server.getsockname()[1]
        with ports.reserved([taken]) as [chosen]:
            assert chosen != taken
            with socket.create_server((ports.HOST, chosen)):
                pass


def test_starts_at_the_same_time_get_different_ports() -> None:
    with ports.reserved([ports.ANY]) as [free]:
        pass
    with ports.reserved([free]) as first, ports.reserved([free]) as second:
        assert first == [free]
        assert second != first


def test_no_port_is_chosen_twice() -> None:
    with ports.reserved([ports.ANY] * 100) as chosen:
        assert len(set(chosen)) == 100
