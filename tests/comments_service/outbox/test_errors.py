"""Can an address or a token get into a log line or a parked row by way of an error?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import domains
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from comments_service.outbox.errors import LONGEST, redacted, summary

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ÄÖÜ日本,.!?\n", max_size=40)
LOCAL = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,30}", fullmatch=True)


@given(WORDS, LOCAL, domains(), WORDS)
def test_no_email_address_survives(before: str, local: str, domain: str, after: str) -> None:
    address = f"{local}@{domain}"
    assert address not in redacted(f"{before} {address} {after}")


@given(WORDS, st.ip_addresses(), WORDS)
def test_no_ip_address_survives_but_that_of_this_machine(before: str, address: object, after: str) -> None:
    shown = redacted(f"{before} {address} {after}")
    local = str(address).startswith("127.") or str(address) in {"::1", "::", "0.0.0.0"}
    assert local or f" {address} " not in shown


@given(st.binary(min_size=16, max_size=48))
def test_no_random_token_survives(token: bytes) -> None:
    written = token.hex() + "a1"
    assert written not in redacted(f"token {written} was refused")


@pytest.mark.parametrize(
    "line",
    [
        "listening on http://127.0.0.1:8080",
        "took 12.5 ms at 12:30:45 on 2026-11-23",
        "comments_service.moderation.judge.judge_batch failed",
        "3 of 64 rows, version 0.1.0",
    ],
)
def test_ordinary_lines_stay_as_they_are(line: str) -> None:
    assert redacted(line) == line


def test_a_database_error_does_not_quote_what_a_reader_wrote() -> None:
    engine = create_engine("sqlite://")
    with pytest.raises(SQLAlchemyError) as caught, engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:body)"), {"body": "my secret opinion"})
    assert "secret opinion" in str(caught.value)
    assert summary(caught.value) == "OperationalError: no such table: nowhere"


@given(st.text(max_size=2000))
def test_a_summary_is_one_short_line(message: str) -> None:
    line = summary(ValueError(message))
    assert len(line) <= LONGEST
    assert line.splitlines() == [line]
