"""Are addresses found however they are written, and is everything else left alone?"""

import time
from itertools import cycle, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.privacy.hide import HIDDEN, find_addresses, hide_addresses
from tests.comments_service.privacy.corpus import (
    DOMAINS,
    LOCALS,
    SENTENCES,
    SPELLINGS,
    examples,
    with_hidden,
    without_marks,
)

# What texts about addresses are made of; arbitrary text alone would never come near the patterns.
WORDS = (
    '@ . at dot (at) [dot] jane a example com 1 2x - _ &#64; %40 \\ <b> \u200b ＠ 日本 点 アット AT DOT " [ ] : ~ $'
    " mail moc. git@ https:// / ?q= address hidden , * ` é \u0301"
)
PIECES = st.sampled_from([*WORDS.split(" "), " ", "\n", " at ", " dot ", HIDDEN])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))


@pytest.mark.parametrize("example", examples("common"))
def test_every_common_spelling_is_hidden_and_nothing_around_it(example: str) -> None:
    assert hide_addresses(without_marks(example)) == with_hidden(example)


def test_rare_spellings_are_hidden() -> None:
    rare = examples("rare")
    missed = [example for example in rare if hide_addresses(without_marks(example)) != with_hidden(example)]
    assert len(rare) > 60
    assert missed == []


@pytest.mark.parametrize("text", examples("lookalikes"))
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert hide_addresses(text) == text


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_address_in_any_sentence(spelling: str) -> None:
    for (local, domain), sentence in zip(product(LOCALS, DOMAINS), cycle(SENTENCES), strict=False):
        written = SPELLINGS[spelling](local, domain)
        assert hide_addresses(sentence.format(written)) == sentence.format(HIDDEN), written


@pytest.mark.parametrize("provider", ["gmail.com", "163.com", "qq.com", "web.de", "t-online.de", "yahoo.co.uk"])
def test_a_mail_provider_behind_a_plain_at_is_enough(provider: str) -> None:
    assert hide_addresses(f"ask jane at {provider} about it") == f"ask {HIDDEN} about it"


@given(TEXTS)
def test_hiding_twice_changes_nothing(text: str) -> None:
    once = hide_addresses(text)
    assert hide_addresses(once) == once


@given(TEXTS)
def test_spans_are_ordered_apart_and_inside(text: str) -> None:
    spans = find_addresses(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= begin < end <= len(text) for begin, end in spans)


@given(st.text(alphabet="bcd xyz.,:;!?()[]{}\n0123456789äßжω語-_/#\"'", max_size=80))
def test_without_any_at_there_is_nothing_to_find(text: str) -> None:
    assert find_addresses(text) == []


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,12}([._+-][a-z0-9]{1,8}){0,2}", fullmatch=True),
    st.from_regex(r"([a-z][a-z0-9-]{0,10}[a-z0-9]\.){1,3}(com|org|de|io|co\.uk|museum)", fullmatch=True),
    st.text(alphabet=' \n.,;:!?()"“”…-—', min_size=1, max_size=5),
    st.text(alphabet=" \n,;!?)”…—", min_size=1, max_size=5),
)
def test_every_well_formed_address_is_hidden_whole(local: str, domain: str, before: str, after: str) -> None:
    shown = hide_addresses(f"see{before} {local}@{domain}{after}then")
    if local != "git":
        assert f"{local}@" not in shown
        assert f"@{domain}" not in shown
        assert HIDDEN in shown


REPEATED = (
    'a@|@a|a@a.|a@b.cc |a at |a at b dot |[at|(at)|<|<!--|&|&#64;|%40|\\|a @ |a b |moc.a.|"|_at_|ATa|日@|日本@a.|アット'
    "|a.|. |?a=|mail |\u200b|\u0301| "
)


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    find_addresses(text)
    assert time.process_time() - started < 1.5  # seconds; a quadratic pattern takes minutes here
