"""Is a text found to be like its own disguises, and unlike what somebody else says?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments_service.scoring.likeness import ALIKE, Sketch, resemblance, sketched

PITCH = (
    "My cousin Clara made 4210 dollars last month with nothing but her telephone and this course, and so can"
    " everybody who reads this: https://quick-course.example/a1"
)
HONEST = (
    "The ferry was late again this morning, and nobody at the harbour could tell us when the next one would go.",
    "I grew up two streets from that lighthouse, and the keeper let us climb up on Sundays after church.",
    "Why not simply ask the people who take the early boat? They know best what has changed since spring.",
    "Your article leaves out that the council voted twice, and that the second vote was anything but close.",
    "Wenn der Hafen im Winter zufriert, fahren wir seit jeher mit dem Bus, das geht auch ganz gut.",
    "Le port était plein de bateaux ce matin, et pas un seul pêcheur pour nous vendre quelque chose.",
    "Нам обещали новый причал ещё в прошлом году, а стоит по-прежнему старый, деревянный и скользкий.",
    "今朝の連絡船はまた遅れて、港では誰も次の便がいつ出るのか教えてくれませんでした。",
)
WORDS = st.text(st.characters(categories=("Ll", "Lu", "Nd", "Zs", "Po")), max_size=300)


def _sketch(text: str) -> Sketch:
    found = sketched(text)
    assert found is not None
    return found


def _like(one: str, other: str) -> float:
    return resemblance(_sketch(one).signature, _sketch(other).signature)


@pytest.mark.parametrize(
    "disguised",
    [
        PITCH.upper(),
        PITCH.replace("o", "\u043e"),
        PITCH.replace("e", "e\u200b"),
        PITCH.replace("4210", "99850"),
        PITCH.replace(" ", "  ").replace(",", " —"),
        PITCH.replace("/a1", "/b/27?ref=9"),
    ],
    ids=["capitals", "look-alike letters", "invisible characters", "digits", "spacing", "the link's end"],
)
def test_a_disguise_changes_nothing(disguised: str) -> None:
    assert _like(PITCH, disguised) == 1.0


@pytest.mark.parametrize(
    "changed",
    [
        PITCH.replace("Clara", "Bartholomew"),
        PITCH.replace("last month", "since Easter"),
        f"Hello dear friends! {PITCH}",
        f"{PITCH} Good luck to all of you.",
    ],
)
def test_a_text_that_was_changed_a_little_is_alike_and_is_found(changed: str) -> None:
    assert _like(PITCH, changed) >= ALIKE
    assert set(_sketch(PITCH).bands) & set(_sketch(changed).bands)


@pytest.mark.parametrize("one", HONEST)
def test_what_different_people_say_is_far_apart(one: str) -> None:
    assert max(_like(one, other) for other in (*HONEST, PITCH) if other != one) < ALIKE / 2


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_like_itself_and_in_every_case(text: str) -> None:
    found = sketched(text)
    assert found == sketched(text)
    if found is not None:
        assert resemblance(found.signature, found.signature) == 1.0
        assert len(found.signature) == 48


@given(st.permutations(sorted({*" ".join(HONEST).split()})).map(lambda words: words[:50]), st.integers(0, 49))
@settings(max_examples=40, deadline=None)
def test_one_word_in_fifty_may_be_another(words: list[str], place: int) -> None:
    other = [*words[:place], "Konstantinopel", *words[place + 1 :]]
    assert _like(" ".join(words), " ".join(other)) >= ALIKE


@pytest.mark.parametrize("short", ["Thanks!", "I totally agree with you.", "👍👍👍", "", "全く同感です"])
def test_what_everybody_says_has_no_sketch(short: str) -> None:
    assert sketched(short) is None


def test_a_short_text_with_a_link_is_like_nothing_but_itself() -> None:
    one = sketched("Cheap watches here", ["watches.example"])
    assert one is not None
    assert one == sketched("CHEAP  watches, here!", ["watches.example"])
    others = [sketched("Cheap watches here", ["clocks.example"]), sketched("Cheap watches now", ["watches.example"])]
    for other in others:
        assert other is not None
        assert not set(one.bands) & set(other.bands)
        assert resemblance(one.signature, other.signature) < ALIKE / 2
