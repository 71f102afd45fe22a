"""Is the client the one that our own proxies saw, and does its digest tell nothing?"""

from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comments_service.privacy.network import client_address, network_digest, network_of

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
PROXIES = ["10.0.0.0/8", "fd00::/8"]
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)
INSIDE = st.integers(1, 2**24 - 1).map(lambda number: str(ip_address("10.0.0.0") + number))
OUTSIDE = st.ip_addresses(v=4).filter(lambda address: address not in ip_network("10.0.0.0/8")).map(str)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 1, 1))


def plain(address: str) -> str:
    parsed = ip_address(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)


@given(ADDRESSES, st.text(max_size=100))
def test_by_default_no_header_is_believed(remote: str, header: str) -> None:
    assert client_address(remote, header, []) == plain(remote)


@given(OUTSIDE, st.lists(ADDRESSES, max_size=5))
def test_a_stranger_cannot_choose_an_address(remote: str, hops: list[str]) -> None:
    assert client_address(remote, ", ".join(hops), PROXIES) == remote


@given(INSIDE, OUTSIDE, st.lists(INSIDE, max_size=3), st.text(max_size=60))
def test_behind_our_proxies_the_rightmost_stranger_is_the_client(
    remote: str, client: str, between: list[str], typed: str
) -> None:
    header = ", ".join([typed, client, *between])
    assert client_address(remote, header, PROXIES) == client


@given(INSIDE, st.text(max_size=200))
def test_any_header_at_all_gives_an_address(remote: str, header: str) -> None:
    assert isinstance(ip_address(client_address(remote, header, PROXIES)), IPv4Address | IPv6Address)


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("", "10.0.0.1"),
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7, 10.2.3.4, fd00::5", "203.0.113.7"),
        ("203.0.113.7, unknown, 10.2.3.4", "10.2.3.4"),
        ("203.0.113.7,,", "10.0.0.1"),
        ("999.1.1.1", "10.0.0.1"),
        ("1.1.1.1\r\nX: y", "10.0.0.1"),
        ("<script>", "10.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("10.9.9.9, 10.8.8.8", "10.9.9.9"),
        (", ".join(["1.2.3.4"] * 5000), "1.2.3.4"),
    ],
)
def test_headers_as_they_come(header: str, client: str) -> None:
    assert client_address("10.0.0.1", header, PROXIES) == client


def test_a_unix_socket_is_unknown_unless_it_is_named_as_a_proxy() -> None:
    assert client_address("", "203.0.113.7", ["10.0.0.0/8"]) == "unknown"
    assert client_address("", "203.0.113.7", ["unix"]) == "203.0.113.7"
    assert client_address("", "", ["unix"]) == "unknown"
    assert network_of("unknown") == "unknown"


def test_a_proxy_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"'10\.0\.0\.0/99'.*192\.0\.2\.7"):
        client_address("10.0.0.1", "", ["10.0.0.0/99"])


def test_networks() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert network_of("::ffff:203.0.113.77") == "203.0.113.0/24"


@given(ADDRESSES, DAYS)
def test_a_digest_is_one_for_a_network_a_key_and_a_day(address: str, day: date) -> None:
    digest = network_digest(KEY, address, day)
    assert len(digest) == 64
    first = str(ip_network(network_of(address))[0])
    assert network_digest(KEY, first, day) == digest
    assert network_digest(KEY, address, day + timedelta(days=1)) != digest
    assert network_digest(OTHER_KEY, address, day) != digest


@given(ADDRESSES, ADDRESSES, DAYS)
def test_two_networks_have_two_digests(one: str, other: str, day: date) -> None:
    assume(network_of(one) != network_of(other))
    assert network_digest(KEY, one, day) != network_digest(KEY, other, day)
