"""Every COMMENTS_* setting of the service, with default, unit and reason, in one frozen object.

Settings of the installation live in `Settings`; what a publisher may change for one site lives in `SiteSettings`,
whose defaults an installation can set with the same names. What depends on them lives elsewhere.
"""

import json
import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong. The message names the setting and the remedy, in one line."""


class SiteSettings(BaseModel):
    """What a publisher may decide for one site. Unknown names are refused, so a typing error cannot pass unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    required: tuple[Literal["name", "email", "body"], ...] = Field(
        ("name", "email", "body"), description="Fields a reader must fill. `body` is always required."
    )
    max_name_length: int = Field(80, ge=1, le=200, description="Characters.")
    min_body_length: int = Field(2, ge=1, le=1000, description="Characters; stops empty and one-letter comments.")
    max_body_length: int = Field(
        10_000, ge=100, le=10_000, description="Characters. The renderer promises linear time up to 10 000."
    )
    own_pages_only: bool = Field(
        False, description="Refuse threads for pages outside the site's origins; off lets previews and moves work."
    )
    max_links: int = Field(3, ge=0, description="More links than this and a person looks first.")
    max_depth: int = Field(6, ge=0, le=50, description="Replies nest this deep; deeper ones join the deepest level.")
    form_token_required: bool = Field(
        True, description="A POST must carry the form's token. Off only where forms are built without it."
    )
    form_min_age_s: float = Field(2.0, ge=0, description="Seconds. Faster than this no person fills the form.")
    form_max_age_s: int = Field(
        86_400, ge=60, description="Seconds. A page left open overnight still works in the morning."
    )
    edit_window_s: int = Field(900, ge=0, description="Seconds during which an author can edit or delete.")
    close_after_days: int = Field(0, ge=0, description="Days after which a thread closes by itself; 0 = never.")
    publish_first: bool = Field(
        False, description="Publish at once and decide after (answers 201); off = decide first (answers 202)."
    )
    premoderate: bool = Field(False, description="A person looks at every comment before it is published.")
    hold_first_time: bool = Field(
        False, description="Hold the first comment of an author whose address is not verified on this site."
    )
    hold_unlearned_languages: bool = Field(
        True,
        description="Hold comments in a language that the model has not learned; a hundred decisions in it and a"
        " retraining teach it. Off = let the scores decide, which are guesses there.",
    )
    spam_hold: float = Field(0.50, ge=0, le=1, description="From this spam score on a person looks first.")
    spam_reject: float = Field(
        1.0,
        ge=0,
        le=1,
        description="From this spam score on it goes to the spam folder; 1 = only people call it spam."
        " Lower it once the site's own decisions show what the model is worth there.",
    )
    toxic_hold: float = Field(0.50, ge=0, le=1, description="From this toxicity score on a person looks first.")
    toxic_reject: float = Field(
        1.0, ge=0, le=1, description="From this toxicity score on it is rejected; 1 = only people reject."
    )
    audit_rate: float = Field(
        0.02,
        ge=0,
        le=1,
        description="Share of the comments that scores alone decide which a person looks at afterwards, drawn at"
        " random; nothing about the comment changes. Only so it is known how often the machine is wrong.",
    )
    flood_network_per_minute: int = Field(30, ge=1, description="Comments a minute from one network (/24, /48).")
    flood_network_per_hour: int = Field(300, ge=1, description="Comments an hour from one network (/24, /48).")
    flood_address_per_hour: int = Field(30, ge=1, description="Comments an hour with one e-mail address.")
    flood_thread_per_minute: int = Field(
        120, ge=1, description="Comments a minute in one thread, from everybody together."
    )
    server_key_per_minute: int = Field(
        30_000, ge=1, description="Comments a minute from a trusted client with the site's server key."
    )
    duplicate_window_s: int = Field(
        86_400, ge=0, description="Seconds in which the same text from the same author counts as a duplicate."
    )
    max_repetitions: int = Field(
        20, ge=1, description="The same text this often within that time, from anybody, and a person looks first."
    )
    wave_size: int = Field(
        12,
        ge=0,
        le=1000,
        description="So many comments that say nearly the same, or link to one strange domain, from several people"
        " within `wave_minutes` are a wave: while it lasts, its comments are held. 0 = never.",
    )
    wave_newcomers: int = Field(
        40,
        ge=0,
        le=10_000,
        description="So many people who write here for the first time within `wave_minutes`, and three times as many"
        " as in the week's busiest such time, are a wave: while it lasts, newcomers are held. 0 = never.",
    )
    wave_minutes: int = Field(30, ge=1, le=1440, description="Minutes within which comments count as a burst.")
    wave_quiet_minutes: int = Field(
        60, ge=1, le=10_080, description="Minutes without a further comment after which a wave is over."
    )
    limited_per_hour: int = Field(
        3, ge=1, description="Comments an hour from an author whom a rule limits; they are held, too."
    )
    check_deliverability: bool = Field(
        False, description="The worker asks DNS whether the address's domain takes mail; unanswered = held."
    )
    hold_words: tuple[str, ...] = Field((), description="Words or phrases after which a person looks first.")
    hold_domains: tuple[str, ...] = Field((), description="Domains after whose links a person looks first.")
    block_words: tuple[str, ...] = Field((), description="Words or phrases that send a comment to the spam folder.")
    block_domains: tuple[str, ...] = Field((), description="Domains whose links send a comment to the spam folder.")
    mail_shows_text: bool = Field(
        True, description="Mails to moderators show the comment's text. Off = they say only that one waits, and where."
    )
    mail_decides: bool = Field(
        True,
        description="Moderators decide by the links in their mails without logging in. Off = the links lead to the"
        " desk's login first.",
    )
    rules_url: str = Field(
        "",
        max_length=500,
        description="Where the site's rules can be read; an author who is told of a decision is led there.",
    )

    @field_validator("rules_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        # It becomes a link on a page for authors: javascript: and the like must not get there.
        if value and (not value.startswith(("https://", "http://")) or any(c.isspace() for c in value)):
            raise ValueError("write a whole web address, such as https://news.example/rules")
        return value


class Settings(BaseSettings):
    """The installation's settings, read from the environment (COMMENTS_…) and frozen."""

    model_config = SettingsConfigDict(env_prefix="COMMENTS_", frozen=True, extra="ignore", populate_by_name=True)

    data_dir: Path = Field(Path("var"), description="Folder for database, keys, broker folder and models.")
    host: str = Field(
        "127.0.0.1",
        validation_alias=AliasChoices("COMMENTS_HOST", "HOST"),
        description="Address to listen on. Only this machine by default; a proxy stands in front.",
    )
    port: int = Field(
        8080, ge=1, le=65535, validation_alias=AliasChoices("COMMENTS_PORT", "PORT"), description="TCP port."
    )
    base_url: str = Field("", description="Public URL of this service; empty = http://HOST:PORT.")
    database_url: str = Field("", description="SQLAlchemy URL; empty = SQLite in the data folder.")
    broker_url: str = Field("", description="Celery broker: empty = folder `broker` in the data folder, or redis://…")
    secret_key: str = Field(
        "",
        description="Root of all keys, at least 32 characters; empty = made once, kept in the data folder (mode 600).",
    )
    old_secret_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Earlier secret keys, comma-separated: addresses sealed with them can still be opened.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Networks (CIDR, comma-separated) of own proxies whose X-Forwarded-For is believed."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Host names this service answers to, comma-separated; empty = that of base_url and loopback.",
    )
    web_processes: int = Field(1, ge=1, le=64, description="gunicorn processes.")
    web_threads: int = Field(8, ge=1, le=256, description="Threads in each web process.")
    worker_processes: int = Field(1, ge=1, le=64, description="Celery worker processes; each loads the model.")
    worker_batch: int = Field(64, ge=1, le=1000, description="Comments a worker scores in one call.")
    lease_s: float = Field(
        15.0, ge=1, description="Seconds after which unfinished work counts as lost and is taken again."
    )
    max_tries: int = Field(3, ge=1, le=20, description="Tries before an outbox row is parked for a person.")
    task_limit_s: int = Field(10, ge=1, description="Seconds a task may run before its process is ended.")
    relay_interval_s: float = Field(2.0, gt=0, le=15, description="Seconds between looks for work nobody finished.")
    broker_poll_s: float = Field(
        0.05, gt=0, le=5, description="Seconds between a worker's looks into the broker folder."
    )
    model_dir: Path | None = Field(
        None, description="Folder of the models that were made here; empty = `models` in the data folder."
    )
    seeds_dir: Path | None = Field(
        None, description="Folder of the demo site; empty = `seeds` beside the package, where a clone has it."
    )
    network_days: int = Field(30, ge=0, le=365, description="Days a network digest is kept; 0 = never stored.")
    session_idle_s: int = Field(7_200, ge=60, description="Seconds after which an idle moderator is logged out.")
    session_max_s: int = Field(43_200, ge=60, description="Seconds after which every moderator logs in again.")
    require_second_factor: Literal["", "viewer", "trainee", "moderator", "editor", "owner"] = Field(
        "",
        description="Least role that must have a second factor (authenticator app or passkey); empty = nobody must.",
    )
    oidc_issuer: str = Field(
        "",
        description="Single sign-on: the OpenID Connect provider's issuer, exactly; empty = none.",
    )
    oidc_client_id: str = Field(
        "", validate_default=True, description="What the provider calls this service; needed when oidc_issuer is set."
    )
    oidc_client_secret: str = Field(
        "", description="The provider's secret for this service; empty for a public client."
    )
    oidc_label: str = Field("", description="The provider's name on the login page; empty = “single sign-on”.")
    oidc_claim: str = Field(
        "email", description="What the provider says of a person that is their login here: email (checked), sub, …"
    )
    oidc_new_role: Literal["", "viewer", "trainee", "moderator", "editor", "owner"] = Field(
        "", description="Role, on all sites, of whoever the provider knows and this service does not; empty = none."
    )
    smtp_url: str = Field("", description="smtp://user:password@host:port (smtps:// for TLS); empty = no mail is sent.")
    mail_from: str = Field("", description="Sender address of mails; needed when smtp_url is set.")
    moderators_mail: str = Field(
        "", description="Addresses, comma-separated, that are told by mail when comments wait; empty = nobody."
    )
    webhook_private_networks: bool = Field(
        False, description="Whether webhooks may lead to this machine or into private networks."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")
    log_format: Literal["console", "json"] = Field("console", description="`json` for log collectors.")
    site_defaults: Annotated[SiteSettings, NoDecode] = Field(
        SiteSettings(), description="JSON object of site settings that every site starts from."
    )

    @field_validator("trusted_proxies", "allowed_hosts", "old_secret_keys", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("site_defaults", mode="before")
    @classmethod
    def _parse_site_defaults(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = json.loads(value)
        if not isinstance(found, dict):
            raise ValueError('must be a JSON object, like {"max_links": 1}')
        return SiteSettings(**found)

    @field_validator("base_url", "database_url")
    @classmethod
    def _with_scheme(cls, value: str, info: ValidationInfo) -> str:
        schemes = ("https://", "http://") if info.field_name == "base_url" else ("sqlite:///", "postgres")
        if value and not (value.startswith(schemes) and "://" in value):
            raise ValueError(
                f"must start with {' or '.join(schemes)}…, this starts with {value.partition(':')[0][:40]!r}"
            )
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if value and not (parts.hostname and (parts.scheme == "https" or here)):
            raise ValueError("must be an https:// address, as the provider writes it")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _client(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer") and not value:
            raise ValueError(
                "is needed with COMMENTS_OIDC_ISSUER; the provider gives it when you register this service"
            )
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        # Found out now, not at the first request that comes through the proxy.
        for entry in value:
            try:
                if entry != "unix":
                    ip_network(entry, strict=False)
            except ValueError:
                raise ValueError(f"{entry!r} is no address or network; write it like 10.0.0.0/8 or ::1") from None
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters; `openssl rand -base64 32` makes one")
        return value

    @property
    def public_url(self) -> str:
        """Base of every link this service hands out, without a slash at the end. Never taken from a request."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # listening everywhere is no address
        host = f"[{host}]" if ":" in host else host
        return (self.base_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def sends_mail(self) -> bool:
        """Whether there is a mail server and a sender. Without both nothing is ever promised by mail."""
        return bool(self.smtp_url and self.mail_from)

    @property
    def demo_dir(self) -> Path | None:
        """Where the demo site's files are; None where this installation has none."""
        folder = self.seeds_dir or Path(__file__).parent.parent / "seeds"
        return folder if (folder / "articles.json").is_file() else None

    @property
    def sqlalchemy_url(self) -> str:
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'comments.db').absolute()}"
        # Publishers paste postgres:// and postgresql:// alike; both mean the driver that we ship.
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url[len(prefix) :]
        return self.database_url

    @property
    def celery_broker_url(self) -> str:
        return self.broker_url or "filesystem://"

    @property
    def models_dir(self) -> Path:
        """Folder of the installation's registry of models, with the sites' below it; it may not exist yet."""
        return self.model_dir or self.data_dir / "models"

    @property
    def broker_dir(self) -> Path:
        return self.data_dir / "broker"


def load_settings(**overrides: Any) -> Settings:
    """Read the environment; `overrides` (by field name) win. Raises SettingsError naming the first wrong setting."""
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"][0] if first["loc"] else "settings"
        name = str(where) if str(where).isupper() else f"COMMENTS_{str(where).upper()}"
        inner = "".join(f"{part}: " for part in first["loc"][1:])
        raise SettingsError(f"{name}: {inner}{first['msg']}") from None
    except ValueError as error:
        raise SettingsError(f"COMMENTS_SITE_DEFAULTS: {error}") from None
    return settings if settings.secret_key else settings.model_copy(update={"secret_key": _kept_secret(settings)})


def _kept_secret(settings: Settings) -> str:
    """The key file's content; made on first use, and never half-written: a lost race reads the winner's key."""
    path = settings.data_dir / "secret.key"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            draft = settings.data_dir / f".secret.{os.getpid()}.{secrets.token_hex(4)}"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise SettingsError(
            f"COMMENTS_DATA_DIR: cannot keep the secret key in {settings.data_dir} ({error.strerror}); "
            "give a folder this user can write to, or set COMMENTS_SECRET_KEY"
        ) from None
