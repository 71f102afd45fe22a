"""Does anything that points to a person stay in a training text, and does anything else go?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.privacy.hide import find_addresses
from comments_service.training_data.redact import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ada@example.com!", "Write to [address]!"),
        ("ada (at) example (dot) com", "[address]"),
        ("Call +49 30 1234567 now", "Call [phone] now"),
        ("Call (030) 123-45-67.", "Call [phone]."),
        ("WhatsApp +1 (555) 010-9999", "WhatsApp [phone]"),
        ("tel 0176/12345678, daily", "tel [phone], daily"),
        ("thanks @grace_h and @bob.", "thanks [handle] and [handle]."),
        ("Yours, Ada Byron", "Yours, [name]"),
        ("ada said so, BYRON too", "[name] said so, [name] too"),
    ],
)
def test_what_points_to_a_person_is_replaced(text: str, expected: str) -> None:
    assert redact(text, "Ada Byron") == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 14.09.2020 and 2020-09-14 they met",
        "a loan of 1,500,000,000 or 1.500.000.000 dollars",
        "from 1939-1945 and 2019 - 2021",
        "12 of 30, 100 % of 1000, room 404",
        "see https://news.example/harbour",
        "Adamant madam, the byronic hero",
        "icon@2x.png and user@host:~$",
        "",
    ],
)
def test_what_points_to_nobody_stays(text: str) -> None:
    assert redact(text, "Ada Byron") == text


def test_small_words_of_a_name_stay_words() -> None:
    assert redact("der Zug van hier, sagt Berg", "Jan van der Berg") == "der Zug van hier, sagt [name]"
    assert redact("so it goes", "So") == "so it goes"


FRAGMENTS = st.sampled_from(
    [
        "ada@example.com",
        "@grace",
        "+49 30 1234567",
        "Ada",
        " ",
        ".",
        "-",
        "0",
        "17",
        "[name]",
        "[phone]",
        "(",
        ")",
        "@",
        "a",
        "x.org",
    ]
)


@given(
    st.lists(FRAGMENTS | st.text(max_size=6), max_size=14).map("".join),
    st.sampled_from(["", "Ada", "Ada Byron", "[phone]"]),
)
def test_redacting_again_changes_nothing_and_leaves_no_address(text: str, author: str) -> None:
    once = redact(text, author)
    assert redact(once, author) == once
    assert find_addresses(once) == []
