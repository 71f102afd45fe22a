"""Does a token open what it was signed for, for as long as it may, and nothing else?"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comments_service.privacy.tokens import TokenError, check, edit_token, edit_token_matches, sign

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TIMES = st.floats(min_value=0, max_value=4e9)
WORDS = st.text(max_size=30)


def refusal(key: bytes, purpose: str, token: str, subject: str, now: float) -> str:
    with pytest.raises(TokenError) as refused:
        check(key, purpose, token, subject, now, min_age_s=2, max_age_s=3600)
    assert str(refused.value).endswith(".")
    return refused.value.code


@given(WORDS, WORDS, TIMES, st.floats(min_value=2.01, max_value=3599))
def test_a_token_holds_for_its_purpose_subject_and_time(purpose: str, subject: str, issued: float, age: float) -> None:
    check(KEY, purpose, sign(KEY, purpose, subject, issued), subject, issued + age, min_age_s=2, max_age_s=3600)


@given(WORDS, WORDS, WORDS, WORDS, TIMES)
def test_nothing_else_can_be_had_for_it(purpose: str, subject: str, purpose_2: str, subject_2: str, at: float) -> None:
    assume((purpose, subject) != (purpose_2, subject_2))
    assert refusal(KEY, purpose_2, sign(KEY, purpose, subject, at), subject_2, at + 10) == "forged"
    assert refusal(OTHER_KEY, purpose, sign(KEY, purpose, subject, at), subject, at + 10) == "forged"


def test_moving_a_letter_from_purpose_to_subject_is_forgery() -> None:
    assert refusal(KEY, "for", sign(KEY, "form", "site", 0), "msite", 10) == "forged"


@pytest.mark.parametrize(
    ("age", "code"), [(0, "too_young"), (1.9, "too_young"), (-100, "too_young"), (3601, "expired"), (1e12, "expired")]
)
def test_the_age_counts(age: float, code: str) -> None:
    assert refusal(KEY, "form", sign(KEY, "form", "site", 1e9), "site", 1e9 + age) == code


@given(st.data(), TIMES)
def test_no_character_of_it_can_be_changed(data: st.DataObject, at: float) -> None:
    token = sign(KEY, "form", "site", at)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefXYZ-_.é \n"))
    changed = token[:place] + letter + token[place + 1 :]
    assume(changed != token)
    assert refusal(KEY, "form", changed, "site", at + 10) in ("forged", "malformed", "expired", "too_young")
    assert place < token.index(".") or refusal(KEY, "form", changed, "site", at + 10) in ("forged", "malformed")


@given(st.text(max_size=200))
def test_rubbish_is_malformed(token: str) -> None:
    assert refusal(KEY, "form", token, "site", 0) == "malformed"


def test_a_very_long_token_is_malformed() -> None:
    assert refusal(KEY, "form", "a" * 1_000_000, "site", 0) == "malformed"


@given(WORDS, WORDS)
def test_an_edit_token_opens_its_own_comment_alone(public_id: str, other_id: str) -> None:
    token = edit_token(KEY, public_id)
    assert len(token) == 43
    assert edit_token_matches(KEY, public_id, token)
    assert not edit_token_matches(OTHER_KEY, public_id, token)
    assert other_id == public_id or not edit_token_matches(KEY, other_id, token)


@given(st.text(max_size=100))
def test_no_other_text_is_an_edit_token(text: str) -> None:
    assert not edit_token_matches(KEY, "id", text)
    assert not edit_token_matches(KEY, "id", edit_token(KEY, "id") + "x" + text)


def test_an_edit_token_is_no_form_token() -> None:
    assert refusal(KEY, "edit", edit_token(KEY, "id"), "id", 10) == "malformed"
