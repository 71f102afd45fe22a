"""Are the words of an erased comment gone from the index that searches it, to the last byte?"""

from pathlib import Path

from tests.comments_service.persons.officer import TEXT, Officer, leave_traces

# Parts of words that only she wrote: the index keeps words, not sentences, and the letters that neighbours share once.
_PARTS = (b"uokkas", b"arzipan", b"eathervane", b"anzibar")


def _left(folder: Path) -> set[bytes]:
    held = [path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()]
    return {part for part in _PARTS if any(part in one for one in held)}


def test_no_word_is_left_in_the_files(officer: Officer) -> None:
    newsroom = officer.newsroom
    leave_traces(newsroom)
    for number in range(30):
        newsroom.posted(body=f"Number {number} of somebody else about ferries and harbours.")
    newsroom.judge()
    assert _left(newsroom.settings.data_dir) == set(_PARTS)
    assert officer.erase()["overwritten"] is True
    assert _left(newsroom.settings.data_dir) == set()


def test_a_search_finds_nothing_of_hers(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    leave_traces(newsroom)
    query = {"status": "all", "q": TEXT.split()[0]}
    headers = {"Authorization": f"Bearer {newsroom.moderator}"}
    ask = "/api/v1/moderation/queue"
    assert newsroom.client.get(ask, query_string=query, headers=headers).get_json()["comments"]
    any_officer.erase()
    assert newsroom.client.get(ask, query_string=query, headers=headers).get_json()["comments"] == []
