"""Documentation that is made from the code does not fall behind it."""

import json

import pytest
from pydantic import BaseModel

from comments_service.settings import Settings, SiteSettings
from tests.architecture.tracked_files import ROOT
from tests.architecture.written_pages import openapi_document, settings_page


@pytest.mark.parametrize("model", [Settings, SiteSettings])
def test_every_setting_says_what_it_does(model: type[BaseModel]) -> None:
    silent = [name for name, field in model.model_fields.items() if len(field.description or "") < 5]
    assert silent == []


@pytest.mark.parametrize("model", [Settings, SiteSettings])
def test_every_setting_stands_in_the_page(model: type[BaseModel]) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    prefix = "COMMENTS_" if model is Settings else ""
    names = [f"`{prefix}{name.upper() if prefix else name}`" for name in model.model_fields]
    assert [name for name in names if name not in page] == []


def test_the_settings_page_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page(), "run `make docs`"


def test_the_committed_api_description_is_what_the_service_answers() -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert committed == json.loads(openapi_document()), "run `make docs`"
