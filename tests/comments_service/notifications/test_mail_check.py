"""Does the check of mail find what is wrong, and say how to mend it?"""

import json
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from comments_service.content.desk_texts import Words
from comments_service.notifications import mail_check, sender_domain
from comments_service.notifications.mail_check import Finding, check_mail
from comments_service.runtime import Runtime
from comments_service.settings import load_settings
from tests.comments_service.moderation.stage import bare_runtime
from tests.comments_service.notifications.mail_server import Mailbox, mail_server, with_login
from tests.comments_service.notifications.name_server import name_server

GOOD = {
    "news.example": ("v=spf1 include:mail.example -all", "another"),
    "_domainkey.news.example": (),
    "_dmarc.news.example": ("v=DMARC1; p=none",),
}


def with_settings(folder: Path, **changes: str) -> Runtime:
    runtime, _, _ = bare_runtime(folder)
    own = {"mail_from": "desk@news.example", "base_url": "https://c.example"} | changes
    return replace(runtime, settings=load_settings(data_dir=folder, secret_key="k" * 40, **own))


def found(runtime: Runtime, texts: Mapping[str, tuple[str, ...]] | None = GOOD, *, to: str = "") -> dict[str, Finding]:
    with name_server(texts) as resolver:
        return {one.part: one for one in check_mail(runtime, Words("en"), to=to, resolver=resolver)}


def test_where_all_is_well_a_test_mail_arrives(tmp_path: Path) -> None:
    with mail_server(Mailbox()) as box:
        parts = found(with_settings(tmp_path, smtp_url=box.url), to="ada@news.example")
    assert [one.verdict for one in parts.values()] == ["ok", "ok", "ok", "ok", "unknown", "ok"]
    assert parts["SPF"].detail == "v=spf1 include:mail.example -all"
    assert [mail["To"] for mail in box.messages] == ["ada@news.example"]
    assert "ada@news.example" not in str(parts)


@pytest.mark.parametrize(
    ("settings", "part", "said"),
    [
        ({"smtp_url": ""}, "Settings", "COMMENTS_SMTP_URL is not set"),
        ({"mail_from": "Desk"}, "Settings", "COMMENTS_MAIL_FROM is no address"),
        ({"smtp_url": "smtp://desk:wrong@{host}"}, "Mail server", "refused user and password"),
        ({"smtp_url": "smtps://{host}"}, "Mail server", "mail server 127.0.0.1"),
        ({"smtp_url": "smtp://127.0.0.1:1"}, "Mail server", "nothing listens there"),
    ],
)
def test_what_is_wrong_is_named_with_a_remedy(tmp_path: Path, settings: dict[str, str], part: str, said: str) -> None:
    with mail_server(Mailbox(), **with_login()) as box:
        host = box.url.removeprefix("smtp://")
        changes = {name: value.format(host=host) for name, value in settings.items()}
        wrong = found(with_settings(tmp_path, **{"smtp_url": box.url, **changes}))[part]
    assert wrong.verdict == "wrong"
    assert said in wrong.detail
    assert wrong.remedy


def test_a_refused_test_mail_is_told_in_the_servers_own_words(tmp_path: Path) -> None:
    with mail_server(Mailbox(refuse_recipient="550 5.1.1 <ada@news.example> we know nobody of that name")) as box:
        told = found(with_settings(tmp_path, smtp_url=box.url), to="ada@news.example")["Test mail"]
    assert told.verdict == "wrong"
    assert "we know nobody of that name" in told.detail
    assert "ada@news.example" not in told.detail


def test_what_the_domain_says_is_judged(tmp_path: Path) -> None:
    lax = {"news.example": ("v=spf1 +all",)}
    with mail_server(Mailbox()) as box:
        runtime = with_settings(tmp_path, smtp_url=box.url)
        none, loose = found(runtime, {"news.example": ()}), found(runtime, lax)
        nowhere = found(runtime, {})
        twice = found(runtime, {"news.example": ("v=spf1 -all", "v=spf1 mx -all")})
    assert [none[part].verdict for part in ("SPF", "DKIM", "DMARC")] == ["wrong"] * 3
    assert all(none[part].remedy for part in ("SPF", "DKIM", "DMARC"))
    assert "anybody" in loose["SPF"].remedy
    assert "more than one" in twice["SPF"].detail
    assert {nowhere[part].verdict for part in ("SPF", "DKIM", "DMARC")} == {"unknown"}
    assert "misspelt" in nowhere["SPF"].remedy


def test_where_dns_cannot_be_asked_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_domain, "LIFETIME_S", 0.3)
    with mail_server(Mailbox()) as box:
        parts = found(with_settings(tmp_path, smtp_url=box.url), None)
    assert [parts[part].verdict for part in ("SPF", "DKIM", "DMARC")] == ["unknown"] * 3
    assert "Not checked" in parts["SPF"].detail


def test_a_server_that_says_nothing_ends_the_check_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_check, "TIMEOUT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        runtime = with_settings(tmp_path, smtp_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        told = found(runtime)["Mail server"]
    assert "did not answer in time" in told.detail


def test_the_command_prints_it_and_exits_with_1_when_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from comments_service.cli import main

    bare_runtime(tmp_path)
    env = {"COMMENTS_DATA_DIR": str(tmp_path), "COMMENTS_SECRET_KEY": "k" * 40}
    done = CliRunner().invoke(main, ["mail", "check", "--json"], env=env)
    assert done.exit_code == 1
    assert json.loads(done.output)["findings"][0]["verdict"] == "wrong"
    assert "No mail was tried" in CliRunner().invoke(main, ["mail", "log"], env=env).output
