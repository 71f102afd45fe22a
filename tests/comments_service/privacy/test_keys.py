"""Is each key its own, and does none of them show itself?"""

from itertools import combinations

import pytest

from comments_service.privacy.keys import Keys

PURPOSES = ["address", "index", "network", "edit", "form", "session"]
SECRET = "a secret for the tests of keys"


def test_six_keys_of_32_bytes_none_like_another() -> None:
    keys = [getattr(Keys.from_secret(SECRET), purpose) for purpose in PURPOSES]
    assert all(len(key) == 32 for key in keys)
    assert all(one != other for one, other in combinations(keys, 2))


def test_one_secret_gives_the_same_keys_in_every_process() -> None:
    assert Keys.from_secret(SECRET) == Keys.from_secret(SECRET)
    assert (
        Keys.from_secret(SECRET)
        .address.hex()
        .startswith(Keys.from_secret(SECRET, ["another old secret"]).address.hex())
    )
    assert Keys.from_secret(SECRET).form != Keys.from_secret(SECRET + "!").form


def test_former_secrets_come_along_in_their_order() -> None:
    keys = Keys.from_secret(SECRET, ["the secret before this", "the secret before that"])
    assert keys.old == (Keys.from_secret("the secret before this"), Keys.from_secret("the secret before that"))


def test_a_key_is_in_no_printout() -> None:
    keys = Keys.from_secret(SECRET, ["the secret before this"])
    assert repr(keys) == str(keys) == "Keys(<7 keys>, old=1)"


@pytest.mark.parametrize(
    ("secret", "old", "which"), [("short", [], "The secret"), (SECRET, ["short"], "The old secret 1")]
)
def test_a_short_secret_is_refused_by_name(secret: str, old: list[str], which: str) -> None:
    with pytest.raises(ValueError, match=f"{which} has 5 characters"):
        Keys.from_secret(secret, old)
