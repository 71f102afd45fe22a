"""Which addresses are taken, what is said about the others, and what can be learnt from what is stored."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.privacy.addresses import (
    AddressVault,
    InvalidAddress,
    UnknownKey,
    check_address,
    mask_address,
)
from comments_service.privacy.keys import Keys

KEYS = Keys.from_secret("a secret for the tests of addresses")
VAULT = AddressVault.from_keys(KEYS)
ADDRESSES = st.builds(
    lambda local, domain: f"{local}@{domain}.example.org",
    st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9.+_-]{0,20}[a-zA-Z0-9]", fullmatch=True).filter(lambda text: ".." not in text),
    st.from_regex(r"[a-z][a-z0-9]{0,20}", fullmatch=True),
)

TAKEN = {
    "jane@example.com": "jane@example.com",
    "  jane@example.com\n": "jane@example.com",
    "Jane.Doe+tag@Example.COM": "Jane.Doe+tag@example.com",
    "o'neill@example.ie": "o'neill@example.ie",
    "jane@xn--mnchen-3ya.example": "jane@münchen.example",
    "jürgen@münchen.example": "jürgen@münchen.example",
    "用户@例子.example": "用户@例子.example",
    "a!#$%&'*+/=?^_`{|}~b@example.com": "a!#$%&'*+/=?^_`{|}~b@example.com",
    "x@example.co.uk": "x@example.co.uk",
}
REFUSED = {
    "": "empty",
    "   ": "empty",
    "jane": "syntax",
    "jane@": "syntax",
    "@example.com": "syntax",
    "jane@example": "syntax",
    "jane@exmaple,com": "syntax",
    "jane doe@example.com": "syntax",
    "jane@@example.com": "syntax",
    "jane@example@example.com": "syntax",
    "jane.@example.com": "syntax",
    ".jane@example.com": "syntax",
    "ja..ne@example.com": "syntax",
    "jane@example..com": "syntax",
    "jane@-example.com": "syntax",
    "jane@example.com.": "syntax",
    "jane@localhost": "syntax",
    "jane@site.test": "syntax",
    "jane@site.invalid": "syntax",
    "jane@[192.0.2.1]": "syntax",
    "jane@[IPv6:2001:db8::1]": "syntax",
    "jane@192.0.2.1": "syntax",
    '"jane doe"@example.com': "syntax",
    '"jane"@example.com': "syntax",
    "Jane <jane@example.com>": "syntax",
    "<jane@example.com>": "syntax",
    "jane(comment)@example.com": "syntax",
    "jane@example.com, john@example.com": "syntax",
    "jane@example.com;john@example.com": "syntax",
    "-f@example.com": "argument",
    "--config=x@example.com": "argument",
    "jane\r\nBcc: john@example.com": "control",
    "jane@example.com\r\nBcc: john@example.com": "control",
    "jane\x00@example.com": "control",
    "jane\u2028@example.com": "control",
    "jane\u200b@example.com": "control",
    "ja\u202ene@example.com": "control",
    "\ud800@example.com": "control",
    "a" * 65 + "@example.com": "syntax",
    "a@" + "b" * 64 + ".com": "syntax",
    "a" * 300 + "@example.com": "too_long",
    "jane@" + "b." * 130 + "com": "too_long",
}


@pytest.mark.parametrize(("typed", "kept"), TAKEN.items())
def test_these_are_taken(typed: str, kept: str) -> None:
    assert check_address(typed) == kept


@pytest.mark.parametrize(("typed", "code"), REFUSED.items())
def test_these_are_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(InvalidAddress) as refused:
        check_address(typed)
    assert refused.value.code == code
    assert re.fullmatch(r"[A-Z\"].{20,}[.?]", refused.value.message, re.DOTALL)


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("jane@exmaple,com", "Did you mean a dot"),
        ("jane", "needs an @-sign"),
        ("jane@@example.com", "Keep one"),
        ("jane doe@example.com", "Remove the space"),
        ("jane@example", "such as example.com"),
        ("Jane <jane@example.com>", "without a name or angle brackets"),
        ("jane.@example.com", "dot too many"),
    ],
)
def test_the_message_names_the_remedy(typed: str, remedy: str) -> None:
    with pytest.raises(InvalidAddress, match=re.escape(remedy)):
        check_address(typed)


@given(st.one_of(st.text(max_size=300), st.text(alphabet='aé@.-+"[]:<>() ,\r\n\0\u2028\ud800', max_size=30)))
def test_anything_at_all_is_taken_clean_or_refused(typed: str) -> None:
    try:
        kept = check_address(typed)
    except InvalidAddress:
        return
    assert check_address(kept) == kept
    assert kept.isprintable()
    assert not kept.startswith("-")
    assert kept.count("@") == 1
    assert len(kept) <= 254


@given(ADDRESSES)
def test_what_is_sealed_opens_and_looks_like_nothing(address: str) -> None:
    token = VAULT.seal(address)
    assert VAULT.open(token) == address
    assert VAULT.open(token.decode("ascii")) == address
    assert VAULT.seal(address) != token
    assert address.encode() not in token


@given(ADDRESSES)
def test_after_a_change_of_the_secret_old_tokens_open_and_can_be_renewed(address: str) -> None:
    token = VAULT.seal(address)
    changed = Keys.from_secret("quite another secret", ["a secret for the tests of addresses"])
    rotated = AddressVault.from_keys(changed).rotate(token)
    assert AddressVault.from_keys(changed).open(token) == address
    assert AddressVault.from_keys(Keys.from_secret("quite another secret")).open(rotated) == address
    with pytest.raises(UnknownKey, match="COMMENTS_OLD_SECRET_KEYS"):
        AddressVault.from_keys(Keys.from_secret("quite another secret")).open(token)


@pytest.mark.parametrize("damage", [b"", b"x", b"gAAAA", "not ascii: é"])
def test_damaged_tokens_name_what_to_do(damage: bytes | str) -> None:
    with pytest.raises(UnknownKey):
        VAULT.open(damage)


@given(ADDRESSES)
def test_the_index_is_the_same_for_spellings_of_one_mailbox(address: str) -> None:
    index = VAULT.blind_index(address)
    assert re.fullmatch("[0-9a-f]{64}", index)
    assert VAULT.blind_index(address.upper()) == index
    assert VAULT.blind_index(f" {address} ") == index
    assert VAULT.blind_index("x" + address) != index
    assert AddressVault([KEYS.address], KEYS.network).blind_index(address) != index


def test_the_index_sees_through_composition_and_punycode() -> None:
    assert VAULT.blind_index("ju\u0308rgen@mu\u0308nchen.example") == VAULT.blind_index("JÜRGEN@xn--mnchen-3ya.example")


@given(st.one_of(ADDRESSES, st.text(max_size=40)))
def test_a_mask_shows_a_letter_and_a_top_level_domain_at_most(address: str) -> None:
    masked = mask_address(address)
    local, _, domain = address.strip().rpartition("@")
    assert masked == "•••" or masked == f"{local[0]}•••@•••.{domain.rpartition('.')[2]}"


def test_masks() -> None:
    assert mask_address("jane.doe@mail.example.com") == "j•••@•••.com"
    assert mask_address("not an address") == "•••"
    assert mask_address("@example.com") == "•••"


def test_a_vault_refuses_keys_of_the_wrong_size() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AddressVault([b"short"], KEYS.index)
    with pytest.raises(ValueError, match="one or more"):
        AddressVault([], KEYS.index)
