"""Is docker-compose.yml well-formed, complete and careful? And the Dockerfile it builds from?

The same arrangement runs as real processes in every test that uses the stack `postgres_redis`.
"""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from comments_service.cli.program import COMMANDS
from comments_service.settings import Settings

ROOT = Path(__file__).parents[3]
COMPOSE = ROOT / "docker-compose.yml"
OURS = {"schema", "web", "worker", "sender", "relay"}
# What the Compose specification lets a service say, as far as it is used here: a misspelt key is silently ignored
# by nobody but us.
SERVICE_KEYS = {
    "build",
    "cap_drop",
    "command",
    "depends_on",
    "environment",
    "healthcheck",
    "image",
    "networks",
    "ports",
    "read_only",
    "restart",
    "security_opt",
    "stop_grace_period",
    "tmpfs",
    "user",
    "volumes",
}
REQUIRED = {"COMMENTS_BASE_URL": "https://c.example", "COMMENTS_SECRET_KEY": "k" * 64, "POSTGRES_PASSWORD": "p" * 64}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return parsed


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def test_all_parts_are_there(compose: dict[str, Any], services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == OURS | {"postgres", "redis"}
    assert {key for key in compose if not key.startswith("x-")} == {"name", "services", "volumes", "networks"}
    assert {key for service in services.values() for key in service} <= SERVICE_KEYS


def test_everything_that_is_named_exists(compose: dict[str, Any], services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("depends_on", {})) <= set(services)
        named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith((".", "/"))}
        assert named <= set(compose["volumes"])
        for needed, how in service.get("depends_on", {}).items():
            healthy = how["condition"] != "service_healthy" or "healthcheck" in services[needed]
            assert healthy, f"nobody ever finds out whether {needed} is healthy"


def test_every_command_is_one_of_ours_and_every_setting_exists(services: dict[str, dict[str, Any]]) -> None:
    for name in OURS:
        assert services[name]["command"][0] in COMMANDS
        ours = [key for key in services[name]["environment"] if key.startswith("COMMENTS_")]
        assert {key.removeprefix("COMMENTS_").lower() for key in ours} <= set(Settings.model_fields)
        check = services[name].get("healthcheck", {}).get("test", ["CMD", "comments-service", "doctor"])
        assert check[1] == "python" or check[2] in COMMANDS


@pytest.mark.parametrize("name", ["web", "worker", "sender", "relay", "postgres", "redis"])
def test_every_lasting_service_is_watched_and_held_small(services: dict[str, dict[str, Any]], name: str) -> None:
    service = services[name]
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
    assert service["restart"] == "unless-stopped"
    assert str(service["user"]).split(":")[0] not in {"", "0", "root"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


def test_no_image_moves_by_itself(services: dict[str, dict[str, Any]]) -> None:
    tags = [service["image"].rpartition(":")[2] for service in services.values()]
    assert all(re.match(r"\d", tag) for tag in tags), tags


def test_there_is_no_default_password(services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|DATABASE_URL", key):
                assert re.search(r"\$\{[A-Z_]+:\?", value), f"{key} must be refused when it is not set"
    assert ":-}" not in "".join(services["postgres"]["environment"].values())


def test_only_web_can_be_reached_and_only_from_this_machine(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    assert [name for name, service in services.items() if service.get("ports")] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert compose["networks"]["inside"]["internal"] is True
    assert [name for name, service in services.items() if "outside" in service["networks"]] == ["web", "sender"]


def test_composes_own_parser_accepts_it_where_there_is_one(tmp_path: Path) -> None:
    command = _compose_command()
    unset = _substituted(COMPOSE.read_text(encoding="utf-8"), {})
    assert unset is None, "without its secrets the file must be refused"
    whole = _substituted(COMPOSE.read_text(encoding="utf-8"), REQUIRED)
    assert whole is not None
    assert yaml.safe_load(whole)["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"] == "p" * 64
    if command:
        env = tmp_path / ".env"
        env.write_text("".join(f"{key}={value}\n" for key, value in REQUIRED.items()))
        arguments = [*command, "--env-file", str(env), "--file", str(COMPOSE), "config", "--quiet"]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr


def _compose_command() -> list[str]:
    """`docker compose` or `docker-compose`, if this machine has one of them."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    docker = shutil.which("docker")
    has_plugin = (
        docker and subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode == 0
    )
    return ["docker", "compose"] if has_plugin else []


def _substituted(text: str, values: dict[str, str]) -> str | None:
    """Compose's ${NAME:-default} and ${NAME:?message}; None where a needed value is missing."""
    missing = [name for name in re.findall(r"\$\{([A-Z_]+):\?", text) if not values.get(name)]
    if missing:
        return None
    return re.sub(r"\$\{([A-Z_]+):[-?]([^}]*)\}", lambda found: values.get(found[1], found[2]), text)


def _instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments), continuation lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def test_the_dockerfile_has_only_instructions_that_exist() -> None:
    known = {"FROM", "ENV", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "EXPOSE", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in _instructions()} <= known


def test_the_image_runs_unprivileged_and_installs_what_is_pinned() -> None:
    instructions = _instructions()
    last_stage = instructions[max(index for index, (name, _) in enumerate(instructions) if name == "FROM") :]
    users = [arguments for name, arguments in last_stage if name == "USER"]
    assert users
    assert all(user.split(":")[0] not in {"0", "root"} for user in users)
    installs = [arguments for name, arguments in instructions if name == "RUN" and "pip install" in arguments]
    assert all("--require-hashes" in arguments or "--no-deps" in arguments for arguments in installs)


def test_what_is_copied_exists_and_is_not_kept_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    for name, arguments in _instructions():
        words = shlex.split(arguments)
        if name == "COPY" and not words[0].startswith("--from"):
            assert all((ROOT / source).exists() for source in words[:-1])
            assert set(words[:-1]) <= let_in


def test_the_image_holds_no_secret() -> None:
    told = " ".join(arguments for name, arguments in _instructions() if name in {"ENV", "RUN", "COPY"})
    assert re.search(r"(?i)password|secret|token", told) is None


def test_the_servers_pins_are_those_that_are_tested() -> None:
    pinned = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    tested = set(pinned.findall((ROOT / "requirements" / "tests.txt").read_text()))
    served = set(pinned.findall((ROOT / "requirements" / "server.txt").read_text()))
    assert served <= tested
    assert {name.split("==")[0] for name in served} >= {"psycopg", "redis", "gunicorn", "celery"}
