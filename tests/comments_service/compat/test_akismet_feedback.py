"""Do a blog's corrections teach its site's model, is what was asked counted, and what is kept of it all?"""

import csv
import io
from datetime import timedelta
from typing import Any

from comments_service.moderation.api_usage import MOST_BLOGS
from comments_service.training_data.collect import Example, collect
from comments_service.training_data.suggestions import MOST_A_DAY
from tests.comments_service.compat.blogs import KIND, RUDE, SPAM, Blog, fresh
from tests.comments_service.web.newsroom import Newsroom


def examples(newsroom: Newsroom) -> list[Example]:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        return list(collect(session, "news"))


def usage(blog: Blog) -> dict[str, Any]:
    found: dict[str, Any] = blog.post("/1.2/usage-limit").get_json()
    return found


def sites(blog: Blog, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = blog.newsroom.client.get(
        "/1.2/key-sites", query_string={"api_key": blog.key} | query
    ).get_json()
    return found


def test_corrections_are_examples_of_the_site(any_newsroom: Newsroom) -> None:
    blog = Blog(any_newsroom)
    more = {
        "comment_author": "Ann Reader",
        "comment_author_email": "ann@mail.example",
        "comment_author_url": "https://pills.example/ann-reader",
        "comment_context[]": "Ferry",
        "user_ip": "203.0.113.9",
        "user_agent": "Mozilla/5.0 (secret)",
    }
    blog.correct("spam", "<p>Cheap pills, write to <b>bob@mail.example</b> or Ann Reader</p>", **more)
    blog.correct("ham", KIND)
    ham, spam = examples(any_newsroom)
    assert (ham.text, ham.labels) == (KIND, {"spam": 0.0, "toxic": 0.0})
    assert spam.text == "Cheap pills, write to [address] or [name]"
    assert (spam.labels, spam.title, spam.website) == ({"spam": 1.0}, "Ferry", "https://pills.example/[name]-[name]")
    assert (spam.moderator, spam.site) == (f"key:{blog.number}", "news")
    stored = repr(any_newsroom.run_sql("SELECT * FROM suggestions") + any_newsroom.run_sql("SELECT * FROM blog_months"))
    for secret in ("ann@", "bob@", "203.0.113", "Mozilla"):
        assert secret not in stored


def test_the_last_word_on_a_text_wins(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    blog.correct("spam", "Win 500 EUR at my casino")
    blog.correct("ham", "win 900 eur at my casino!")
    assert [one.labels for one in examples(newsroom)] == [{"spam": 0.0, "toxic": 0.0}]


def test_tests_neither_teach_nor_count(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    blog.check(KIND, is_test="1")
    blog.check(KIND, comment_author="akismet-guaranteed-spam")
    blog.correct("spam", KIND, is_test="true")
    blog.correct("ham", SPAM, is_test="TRUE")
    blog.correct("spam", KIND, comment_author_email="akismet-guaranteed-spam@example.com")
    blog.correct("spam", "")
    assert examples(newsroom) == []
    assert usage(blog) == {"limit": "none", "usage": 0, "percentage": "0.00", "throttled": False}
    blog.check(KIND, is_test="false")
    assert usage(blog)["usage"] == 1


def test_nothing_stays_of_a_comment_that_was_only_checked(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    more = {"comment_author": "Zebedee Quartz", "comment_author_email": "zq@mail.example", "user_ip": "203.0.113.9"}
    guid = blog.check("A sentence that no file may hold: xylophone-quartz.", **more).headers["X-akismet-guid"]
    held = [path.read_bytes() for path in newsroom.settings.data_dir.rglob("*") if path.is_file()]
    assert held
    for secret in (b"xylophone", b"Zebedee", b"zq@mail", b"203.0.113", guid.encode()):
        assert not any(secret in content for content in held)


def test_calls_are_counted_by_blog_and_month(any_newsroom: Newsroom) -> None:
    blog, other = Blog(any_newsroom), Blog(any_newsroom)
    for content in (SPAM, SPAM, RUDE, KIND):
        blog.check(content, blog="https://Blog.Example/first/")
    blog.check(KIND, blog="second.example:8080")
    blog.correct("spam", fresh(KIND), blog="second.example:8080")
    blog.correct("ham", fresh(SPAM))
    assert (usage(blog)["usage"], usage(other)["usage"]) == (5, 0)
    month = f"{any_newsroom.runtime.clock():%Y-%m}"
    names = ("site", "api_calls", "spam", "ham", "missed_spam", "false_positives")
    first = dict(zip(names, ("blog.example", "4", "3", "1", "0", "1"), strict=True)) | {"is_revoked": False}
    second = dict(zip(names, ("second.example:8080", "1", "0", "1", "1", "0"), strict=True)) | {"is_revoked": False}
    assert sites(blog) == {month: [first, second], "limit": 500, "offset": 0, "total": 2}
    assert sites(blog, order="missed_spam", limit="1") == {month: [second], "limit": 1, "offset": 0, "total": 2}
    assert sites(blog, offset="1")[month] == [second]
    assert sites(blog, filter="second") == {month: [second], "limit": 500, "offset": 0, "total": 1}
    assert sites(blog, filter="%")["total"] == 0
    assert sites(blog, month="2020-01") == {"2020-01": [], "limit": 500, "offset": 0, "total": 0}
    assert sites(other)["total"] == 0


def test_the_same_as_csv(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    blog.check(KIND)
    answer = blog.post("/1.1/key-sites", format="csv")
    assert answer.mimetype == "text/csv"
    head, *table = answer.text.splitlines()
    assert head == f"Active sites during {newsroom.runtime.clock():%Y-%m} (limit:500, offset:0, total:1)"
    (row,) = csv.DictReader(io.StringIO("\n".join(table)))
    assert (row["Site"], row["Total API Calls"], row["Ham"]) == ("blog.example", "1", "1")
    assert blog.key not in answer.text


def test_what_there_is_not_cannot_be_asked_for(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    for wrong in ({"month": "2026-13"}, {"order": "id"}, {"limit": "-1"}, {"offset": "x"}, {"limit": "9" * 30}):
        answer = blog.post("/1.1/key-sites", **wrong)
        assert (answer.status_code, answer.headers["X-akismet-error"]) == (400, next(iter(wrong)))


def test_invented_blogs_do_not_fill_the_database(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    newsroom.run_sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
        " INSERT INTO blog_months (api_key_id, month, blog, spam, ham, missed_spam, false_positives)"
        " SELECT :key, :month, 'b' || i, 0, 0, 0, 0 FROM n",
        most=MOST_BLOGS,
        key=blog.number,
        month=f"{newsroom.runtime.clock():%Y-%m}",
    )
    for number in range(3):
        blog.check(KIND, blog=f"https://invented-{number}.example")
    assert usage(blog)["usage"] == 3
    assert newsroom.run_sql("SELECT count(*) FROM blog_months") == [(MOST_BLOGS + 1,)]


def test_counts_go_after_two_years(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    blog.check(KIND)
    now = newsroom.runtime.clock()
    for years in (2, 3):
        newsroom.run_sql(
            "UPDATE blog_months SET month = :month, blog = :blog WHERE id = (SELECT max(id) FROM blog_months)",
            month=f"{now.year - years}-{now:%m}",
            blog=f"years-{years}",
        )
        blog.check(KIND)
    assert newsroom.run_sql("SELECT blog FROM blog_months ORDER BY blog") == [("blog.example",), ("years-2",)]


def test_one_key_teaches_only_so_much_in_a_day(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    earlier = newsroom.runtime.clock() - timedelta(hours=1)
    newsroom.run_sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
        " INSERT INTO suggestions (public_id, site_id, api_key_id, text, title, parent, labels, created_at)"
        " SELECT 's' || i, 1, :key, 'x', '', '', '{}', :at FROM n",
        most=MOST_A_DAY,
        key=blog.number,
        at=int(earlier.timestamp() * 1_000_000),
    )
    answer = blog.post("/1.1/submit-spam", comment_content=SPAM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert newsroom.run_sql("SELECT count(*) FROM blog_months") == [(0,)]
