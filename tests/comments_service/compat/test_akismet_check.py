"""What does a blog that knew Akismet get for a comment? By HTTP, from the model that ships."""

from collections.abc import Callable
from urllib.parse import quote_from_bytes

import pytest

from tests.comments_service.compat.blogs import BLOG, KIND, RUDE, SPAM, Blog, said
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

HAM = ("false", None, None)
CAUGHT = ("true", None, None)
HELD = ("true", "held_for_a_person", None)
SUREST = ("true", None, "discard")


@pytest.fixture(scope="module")
def blog(shared_newsroom: Newsroom) -> Blog:
    """A blog that asks the model that ships, with the settings that a site starts from."""
    return Blog(shared_newsroom)


def test_spam_is_true_and_ham_is_false(blog: Blog) -> None:
    assert said(blog.check(KIND)) == HAM
    answer = blog.check(SPAM)
    assert said(answer) == CAUGHT
    assert answer.mimetype == "text/plain"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "X-akismet-debug-help" not in answer.headers, "clients take it for an error"


def test_every_check_has_a_guid_of_its_own_and_no_score(blog: Blog) -> None:
    first, second = blog.check(KIND), blog.check(KIND)
    assert len(first.headers["X-akismet-guid"]) == 32
    assert first.headers["X-akismet-guid"] != second.headers["X-akismet-guid"]
    ours = {name for name, _ in blog.check(RUDE).headers if name.lower().startswith("x-akismet")}
    assert ours == {"X-akismet-guid", "X-akismet-error"}


def test_doubts_that_are_not_about_spam_wait_for_a_person(blog: Blog) -> None:
    assert said(blog.check(RUDE)) == HELD
    assert said(blog.check(" ".join(f"https://site-{number}.example/" for number in range(5)))) in {HELD, CAUGHT}
    assert said(blog.check(KIND + " It was fine." * 1000)) == HELD, "only its beginning was read"
    dutch = "Dit is een heel goed artikel over de haven, en ik heb het met veel plezier gelezen vandaag."
    assert said(blog.check(dutch)) == HELD, "the model has not learned what abuse looks like in Dutch"


def test_the_sites_thresholds_lists_and_switches_decide(make_newsroom: MakeNewsroom) -> None:
    strict = Blog(make_newsroom(toxic_hold=1.0, hold_words="ferry", block_domains="bad.example", spam_hold=0.0001))
    assert said(strict.check(RUDE)) == CAUGHT, "above the spam threshold, low as it is"
    strict.newsroom.change(spam_hold=0.5)
    assert said(strict.check(RUDE)) == HAM
    assert said(strict.check(KIND)) == HELD
    assert said(strict.check("See http://www.bad.example/page about the harbour")) == CAUGHT
    assert said(strict.check("<p>See <a href='https://bad.example/'>this</a></p>")) == CAUGHT
    assert said(strict.check("A lovely day", comment_author_url="bad.example")) == CAUGHT
    strict.newsroom.change(premoderate=True, hold_first_time=True, hold_words="")
    assert said(strict.check(KIND)) == HAM, "what waits on principle is the caller's own business"


def test_who_is_banned_is_spam(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    blog.ban("network", "203.0.113.0/24")
    blog.ban("address", newsroom.runtime.vault.blind_index("ann@mail.example"))
    assert said(blog.check(KIND)) == HAM
    assert said(blog.check(KIND, user_ip="203.0.113.9")) == CAUGHT
    assert said(blog.check(KIND, comment_author_email="ann@mail.example")) == CAUGHT


@pytest.mark.parametrize("sent_as", ["my_trap", "POST_my_trap"])
def test_a_filled_trap_is_spam_and_with_the_model_the_surest(blog: Blog, sent_as: str) -> None:
    trap = {"honeypot_field_name": "my_trap"}
    assert said(blog.check(KIND, **trap)) == HAM
    assert said(blog.check(KIND, **trap, **{sent_as: "filled"})) == CAUGHT
    assert said(blog.check(SPAM, **trap, **{sent_as: "filled"})) == SUREST
    assert said(blog.check(KIND, POST_ak_hp_textarea="x")) == CAUGHT, "WordPress' own trap, which it does not name"
    assert said(blog.check(SPAM)) == CAUGHT, "the model alone never throws anything away"


def test_guaranteed_values_are_as_guaranteed(blog: Blog) -> None:
    assert said(blog.check(KIND, comment_author="akismet-guaranteed-spam")) == CAUGHT
    assert said(blog.check(KIND, comment_author="viagra-test-123")) == CAUGHT
    assert said(blog.check(KIND, comment_author_email="akismet-guaranteed-spam@example.com")) == CAUGHT
    assert said(blog.check(SPAM, user_role="administrator")) == HAM
    assert said(blog.check(SPAM, user_role="editor,Administrator")) == HAM
    assert said(blog.check(SPAM, user_role="editor")) == CAUGHT


def test_every_documented_field_may_be_sent(blog: Blog) -> None:
    fields = {
        "user_agent": "Mozilla/5.0",
        "referrer": "https://search.example/",
        "permalink": f"{BLOG}/harbour",
        "comment_type": "reply",
        "comment_author": "Ann",
        "comment_author_email": "ann@mail.example",
        "comment_author_url": "https://ann.example",
        "comment_date_gmt": "2026-11-25T09:00:00Z",
        "comment_post_modified_gmt": "2026-11-24T09:00:00Z",
        "blog_lang": "en, fr_ca",
        "blog_charset": "UTF-8",
        "user_role": "subscriber",
        "is_test": "true",
        "recheck_reason": "edit",
        "comment_context[]": "ferries",
        "HTTP_COOKIE_NOT": "what WordPress adds",
    }
    assert said(blog.check(KIND, **fields)) == HAM
    assert said(blog.check(SPAM, **fields)) == CAUGHT


def test_an_edited_comment_is_judged_by_what_it_says_now(blog: Blog) -> None:
    assert said(blog.check(KIND)) == HAM
    assert said(blog.check(f"{KIND} {SPAM}", recheck_reason="edit")) == CAUGHT
    assert said(blog.check(KIND, recheck_reason="edit")) == HAM


def test_texts_are_read_in_the_blogs_character_set(newsroom: Newsroom) -> None:
    newsroom.change(block_words="dégoûtant,ужас")
    blog = Blog(newsroom)

    def check(body: bytes) -> str:
        kind = "application/x-www-form-urlencoded"
        usual = f"api_key={blog.key}&blog=blog.example&comment_content=".encode()
        return newsroom.client.post("/1.1/comment-check", data=usual + body, content_type=kind).text

    escaped: Callable[[bytes], bytes] = lambda text: quote_from_bytes(text).encode()  # noqa: E731
    assert check(escaped("C'est dégoûtant".encode())) == "true"
    assert check(escaped("C'est dégoûtant".encode("latin-1")) + b"&blog_charset=ISO-8859-1") == "true"
    assert check("C'est dégoûtant".encode("latin-1") + b"&blog_charset=ISO-8859-1") == "true", "not even escaped"
    assert check(escaped("Какой ужас".encode("koi8-r")) + b"&blog_charset=koi8-r") == "true"
    assert check(escaped("C'est dégoûtant".encode()) + b"&blog_charset=iso-8859-12") == "true", "there is none"
    assert check(escaped(b"A ferry") + b"&blog_charset=punycode&is_test=1") == "false", "an odd name is passed over"


def test_a_form_in_parts_is_read_too(blog: Blog) -> None:
    sent = {"api_key": blog.key, "blog": BLOG, "comment_content": SPAM}
    answer = blog.newsroom.client.post("/1.1/comment-check", data=sent, content_type="multipart/form-data")
    assert answer.text == "true"
