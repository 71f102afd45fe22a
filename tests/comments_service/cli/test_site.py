"""What does `comments-service site` do, and what does it refuse?"""

import hashlib
import json

import pytest
from sqlalchemy import select

from comments_service.moderation.sites import site_settings
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Site
from tests.comments_service.exporters.installations import Installation


def stored(installation: Installation, key: str = "demo") -> Site:
    with installation.runtime.reading() as session:
        return session.scalars(select(Site).where(Site.key == key)).one()


def test_a_site_is_added_with_its_settings_and_listed(installation: Installation) -> None:
    done = installation.process(
        *("site", "add", "my-blog", "--name", "My blog"),
        *("--origin", "https://Blog.example/", "--origin", "http://localhost:4000"),
        *("--set", "max_links=1", "--set", "block_words=casino, poker", "--set", "premoderate=true", "--json"),
    )
    assert done.returncode == 0, done.stderr.decode()
    added = json.loads(done.stdout)
    assert '<comment-section site="my-blog">' in added["snippet"]

    (listed,) = json.loads(installation.process("site", "list", "--json").stdout)
    assert listed == {
        "key": "my-blog",
        "name": "My blog",
        "origins": ["https://blog.example", "http://localhost:4000"],
        "settings": {"max_links": 1, "premoderate": True, "block_words": ["casino", "poker"]},
        "has_server_key": False,
        "threads": 0,
        "comments": 0,
    }


def test_the_list_names_every_site_for_people(installation: Installation) -> None:
    assert b"No site yet" in installation.command("site", "list").stdout
    installation.add_site("a-site")
    installation.add_site("b-site")
    printed = installation.command("site", "list").stdout.decode()
    assert printed.index("a-site") < printed.index("b-site")


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["My_Blog", "--origin", "https://a.example"], "site key 'My_Blog'"),
        (["", "--origin", "https://a.example"], "site key ''"),
        (["x" * 65, "--origin", "https://a.example"], "1 to 64"),
        (["demo", "--origin", "https://a.example"], "exists already"),
        (["new", "--origin", "*"], "any page on the web"),
        (["new", "--origin", "https://a.example/blog"], "an origin has no path; write https://a.example"),
        (["new", "--origin", "ftp://a.example"], "https:// or http://"),
        (["new", "--origin", "null"], "https:// or http://"),
        (["new", "--origin", "https://a.example", "--set", "max_link=3"], "did you mean max_links?"),
        (["new", "--origin", "https://a.example", "--set", "max_links=many"], "max_links: "),
        (["new", "--origin", "https://a.example", "--set", "spam_hold=2"], "spam_hold: "),
        (["new", "--origin", "https://a.example", "--set", "max_links"], "write setting=value"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(installation: Installation, arguments: list[str], told: str) -> None:
    installation.add_site("demo")
    done = installation.command("site", "add", *arguments, "--name", "Name")
    assert done.returncode != 0
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    with installation.runtime.reading() as session:
        assert session.scalars(select(Site.key)).all() == ["demo"]


def test_settings_change_show_and_go_back_to_the_default(installation: Installation) -> None:
    installation.add_site()
    version = stored(installation).version
    done = installation.command("site", "set", "demo", "max_links=7", "hold_first_time=true", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["max_links"] == 7
    assert stored(installation).version == version + 1
    assert stored(installation).settings == {"max_links": 7, "hold_first_time": True}

    assert installation.command("site", "set", "demo", "max_links=").returncode == 0
    assert stored(installation).settings == {"hold_first_time": True}
    shown = json.loads(installation.command("site", "set", "demo", "--json").stdout)
    assert shown == SiteSettings(hold_first_time=True).model_dump(mode="json")


def test_a_wrong_change_changes_nothing_and_names_the_nearest(installation: Installation) -> None:
    installation.add_site()
    before = stored(installation)
    done = installation.command("site", "set", "demo", "max_links=1", "spam_rejekt=0.5")
    assert done.returncode != 0
    assert "did you mean spam_reject?" in done.stderr.decode()
    after = stored(installation)
    assert (after.settings, after.version) == (before.settings, before.version)
    unknown = installation.command("site", "set", "dmeo", "max_links=1")
    assert "did you mean demo?" in unknown.stderr.decode()


def test_a_fresh_server_key_is_shown_once_and_kept_as_a_digest(installation: Installation) -> None:
    installation.add_site()
    assert b"has no server key" in installation.command("site", "key", "demo").stdout
    first = installation.command("site", "key", "demo", "--new").stdout.decode().strip()
    assert first.startswith("cs_")
    assert len(first) >= 40
    assert stored(installation).server_key_digest == hashlib.sha256(first.encode()).hexdigest()
    second = json.loads(installation.command("site", "key", "demo", "--new", "--json").stdout)["server_key"]
    assert second != first
    told = installation.command("site", "key", "demo")
    assert b"cannot be shown again" in told.stdout
    assert second.encode() not in told.stdout + told.stderr


def test_a_site_starts_from_the_installations_defaults(installation: Installation) -> None:
    installation.add_site()
    installation.command("site", "set", "demo", "max_links=9")
    defaults = SiteSettings(max_links=1, max_depth=2)
    in_force = site_settings(stored(installation), defaults)
    assert (in_force.max_links, in_force.max_depth) == (9, 2)


def test_origins_are_replaced_by_a_command(installation: Installation) -> None:
    installation.add_site()
    before = stored(installation).version
    installation.command("site", "set", "demo", "--origin", "https://new.example")
    after = stored(installation)
    assert after.origins == ["https://new.example"]
    assert after.version > before  # what web processes keep of the site is stale now
    assert installation.command("site", "set", "demo", "--origin", "https://new.example/page").returncode != 0
