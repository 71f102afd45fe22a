"""Does a wrong setting get one line that names it and says what to do?"""

from pathlib import Path

import pytest

from comments_service.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COMMENTS_PORT", "many", "valid integer"),
        ("COMMENTS_PORT", "0", "greater than or equal to 1"),
        ("COMMENTS_LOG_LEVEL", "loud", "'debug', 'info'"),
        ("COMMENTS_SECRET_KEY", "short", "at least 32 characters"),
        ("COMMENTS_TRUSTED_PROXIES", "10.0.0.0/8, lan", "'lan' is no address or network"),
        ("COMMENTS_BASE_URL", "comments.example", "must start with https://"),
        ("COMMENTS_DATABASE_URL", "mysql://ann:hunter22@db/x", "must start with sqlite:///"),
        ("COMMENTS_SITE_DEFAULTS", "spam", "Expecting value"),
        ("COMMENTS_SITE_DEFAULTS", "[1]", "must be a JSON object"),
        ("COMMENTS_SITE_DEFAULTS", '{"max_link": 1}', "max_link: "),
        ("COMMENTS_SITE_DEFAULTS", '{"spam_hold": 2}', "spam_hold: "),
        ("COMMENTS_NETWORK_DAYS", "-1", "greater than or equal to 0"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv("COMMENTS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert told in message
    assert "\n" not in message
    assert "hunter22" not in message


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMMENTS_DATA_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(SettingsError, match=r"^COMMENTS_DATA_DIR: .*give a folder"):
        load_settings()


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "COMMENTS_DATA_DIR": str(tmp_path),
        "PORT": "9001",
        "COMMENTS_DATABASE_URL": "postgres://db/comments",
        "COMMENTS_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
        "COMMENTS_SITE_DEFAULTS": '{"max_links": 7}',
    }.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.public_url == "http://127.0.0.1:9001"
    assert settings.sqlalchemy_url == "postgresql+psycopg://db/comments"
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.site_defaults.max_links == 7


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    first, second = load_settings(data_dir=tmp_path), load_settings(data_dir=tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 43
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
