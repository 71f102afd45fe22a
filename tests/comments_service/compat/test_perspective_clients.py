"""Do clients that were written for Perspective get along with nothing changed but the host: Google's own and others?"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from perspective import PerspectiveAPI
from werkzeug.serving import make_server

from tests.comments_service.compat.callers import Caller
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.stacks.ports import free_port


@pytest.fixture
def served(make_newsroom: MakeNewsroom) -> Iterator[Caller]:
    """A newsroom that listens on a port of this machine, and a program with a key of it."""
    port = free_port()
    newsroom = make_newsroom(settings={"base_url": f"http://127.0.0.1:{port}"})
    server = make_server("127.0.0.1", port, newsroom.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Caller(newsroom, per_minute=4)
    server.shutdown()
    thread.join(10)
    server.server_close()


def client_of(caller: Caller, key: str) -> Any:
    """As Perspective's own documentation makes one, with another host in the document's address."""
    return build(
        "commentanalyzer",
        "v1alpha1",
        developerKey=key,
        discoveryServiceUrl=f"{caller.newsroom.settings.public_url}/$discovery/rest?version=v1alpha1",
        static_discovery=False,
    )


def test_googles_client_analyzes_suggests_and_reads_refusals(served: Caller) -> None:
    client = client_of(served, served.key)
    request = {"comment": {"text": "You stupid idiot"}, "requestedAttributes": {"TOXICITY": {}}}
    answer = client.comments().analyze(body=request).execute()
    assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5
    scores = {"TOXICITY": {"summaryScore": {"value": 1}}}
    suggestion = {"comment": {"text": "You sluggard"}, "attributeScores": scores, "clientToken": "t"}
    assert client.comments().suggestscore(body=suggestion).execute() == {"clientToken": "t"}
    assert served.newsroom.run_sql("SELECT text FROM suggestions") == [("You sluggard",)]

    with pytest.raises(HttpError, match="Attribute TOXICITY does not support request languages: nl") as refused:
        client.comments().analyze(body=request | {"languages": ["nl"]}).execute()
    assert refused.value.resp.status == 400
    assert refused.value.error_details[0]["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    translated = client.comments().analyze(body=request, scale="perspective").execute()
    assert translated != answer
    with pytest.raises(HttpError, match="Quota exceeded") as beyond:
        client.comments().analyze(body=request).execute(num_retries=0)
    assert beyond.value.resp.status == 429


def test_googles_client_is_told_that_its_key_is_none(served: Caller) -> None:
    with pytest.raises(HttpError, match="API key not valid"):
        client_of(served, "AIza-of-old").comments().analyze(body={}).execute()


def test_the_client_of_pypi_scores_and_suggests(served: Caller) -> None:
    client = PerspectiveAPI(served.key)
    client.api_client.url = f"{served.newsroom.settings.public_url}/v1alpha1/{{endpoint}}"
    scores = client.score("You stupid idiot", tests=["TOXICITY", "INSULT", "SPAM"])
    assert scores["TOXICITY"] > 0.5 > scores["SPAM"]
    entries = [{"text": "The ferry is late", "type": "PLAIN_TEXT"}]
    answer = client.analyze_comment("Good", context=entries, languages=["en"], do_not_store=True, client_token="t")
    assert (answer["clientToken"], answer["languages"]) == ("t", ["en"])
    suggested = {"TOXICITY": {"summaryScore": {"value": 0.0, "type": "PROBABILITY"}}}
    assert client.suggest_score("Quite right", suggested, client_token="u") == {"clientToken": "u"}


def test_the_document_names_every_route_and_this_host_alone(served: Caller) -> None:
    answer = served.newsroom.client.get(
        "/$discovery/rest?version=v1alpha1", base_url=served.newsroom.settings.public_url
    )
    document = answer.get_json()
    assert document["rootUrl"] == f"{served.newsroom.settings.public_url}/"
    assert "googleapis.com" not in answer.get_data(as_text=True)
    routes = {rule.rule for rule in served.newsroom.app.url_map.iter_rules() if rule.rule.startswith("/v1alpha1/")}
    assert {f"/{method['path']}" for method in document["resources"]["comments"]["methods"].values()} == routes
    other = served.newsroom.client.get("/$discovery/rest?version=v2", base_url=served.newsroom.settings.public_url)
    assert other.status_code == 404
