"""Every route says who may call it, and the public API is described as it is."""

import re
from pathlib import Path

import pytest
from flask import Flask

from comments_service.app import create_app
from comments_service.settings import load_settings
from comments_service.web.access import KEY, PUBLIC, rule_of

# What anybody may call without being somebody. A new public place is a decision, so it is added here by hand.
PUBLIC_PLACES = (
    "/api/v1/sites/",
    "/api/v1/openapi.json",
    "/docs",
    "/demo/",
    "/playground",
    "/embed.js",
    "/embed/",
    "/sites/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/moderation/login",
    "/moderation/assets/",
    "/mail/stop/",
    "/privacy",
    "/$discovery/",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(load_settings(data_dir=Path(tmp_path_factory.mktemp("routes"))))


def _contract_form(rule: str) -> str:
    """/api/v1/sites/<string:key>/counts → /api/v1/sites/{}/counts."""
    return re.sub(r"<[^>]+>|\{[^}]+\}", "{}", rule)


def test_every_route_declares_its_access_rule(app: Flask) -> None:
    undeclared = {rule.rule for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) is None}
    assert undeclared == set()


def test_what_is_public_was_meant_to_be(app: Flask) -> None:
    open_to_all = {rule.rule for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) == PUBLIC}
    assert {rule for rule in open_to_all if not rule.startswith(PUBLIC_PLACES) and "static" not in rule} == set()


def test_what_is_for_programs_with_a_key_refuses_all_others(app: Flask) -> None:
    """Surfaces ask for the key themselves: the rule alone opens nothing and closes nothing."""
    for_programs = [rule for rule in app.url_map.iter_rules() if rule_of(app, rule.endpoint) == KEY]
    assert for_programs
    for rule in for_programs:
        for method in rule.methods or ():
            answer = app.test_client().open(rule.rule, method=method)
            # Akismet says it in words, and its clients read them only under status 200.
            refused = answer.status_code in {401, 403} or answer.headers.get("X-akismet-error") == "invalid"
            assert refused, rule.rule


def test_every_api_route_is_described(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    routes = {_contract_form(rule.rule) for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    routes.discard("/api/v1/openapi.json")
    assert routes == {_contract_form(path) for path in described}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/sites/{}/comments",
        "/api/v1/sites/{}/comments/{}",
        "/api/v1/sites/{}/comments/{}/votes",
        "/api/v1/sites/{}/comments/{}/reports",
        "/api/v1/sites/{}/counts",
        "/api/v1/sites/{}/feed.atom",
        "/api/v1/sites/{}/form",
        "/api/v1/moderation/queue",
        "/api/v1/moderation/decisions",
        "/healthz",
        "/readyz",
        "/metrics",
        "/docs",
        "/embed.js",
    ],
)
def test_what_the_contract_promises_is_there(app: Flask, path: str) -> None:
    assert path in {_contract_form(rule.rule) for rule in app.url_map.iter_rules()}
