"""What the model that ships must get right on any site: clearly good, clearly spam, clearly abusive."""

from __future__ import annotations

import pytest

from classifier import Model, Submission, load

GOOD = (
    "Thanks for this clear report, I had not known about the loan terms.",
    "Great article!",
    "Nice post",
    "Thanks!",
    "Why?",
    "+1",
    "Interesting read, thank you.",
    "I don't agree with the second paragraph; the deal was signed in 2019.",
    "Who guarantees the loan?",
    "I think the author misses the point about interest rates.",
    "The 1.5 billion dollar loan from Russia to Belarus will cost the taxpayers dearly.",
    "The president of Belarus met Putin in Sochi and got $1.5 billion, what a surprise.",
    "The election was rigged and everybody knows it.",
    "War is never the answer, I hope for peace in Ukraine.",
    "Trump and Biden both promised lower taxes, neither delivered.",
    "This is nonsense, the figures are from 2012.",
    "My dog died last week and this story made me cry.",
    "The bank refused to give us a mortgage although we had savings of 40,000 euros.",
    "Lukashenko should step down.",
    "The rate is in the contract, which Reuters has published: https://www.reuters.com/article/belarus-loan",
    "Does the app work on Android 9?",
    "I am a gay man and I found this article helpful.",
    "As a Muslim mother I worry about my kids too.",
    "The minister lied to parliament and should resign.",
    "This is a stupid decision by the government.",
    "The soldiers killed three civilians near the village, the UN reported.",
    "Danke für den Bericht, das mit dem Kredit wusste ich nicht.",
    "Merci pour cet article très clair.",
    "Gracias por la información, muy interesante.",
    "Спасибо за статью, очень интересно.",
    "Кредит в полтора миллиарда придется отдавать нам всем.",
    "Дзякуй за добры артыкул.",
    "Дякую, дуже цікаво.",
    "Dziękuję za ciekawy artykuł.",
    "Teşekkürler, güzel bir yazı olmuş.",
    "这篇文章写得很清楚，谢谢。",
    "とても分かりやすい記事でした。",
    "좋은 기사 잘 읽었습니다.",
    "شكرا على هذا المقال المفيد",
    "इस लेख के लिए धन्यवाद",
)
SPAM = (
    Submission("Buy cheap viagra online http://cheap-pills.example.com"),
    Submission("Best online casino bonus, win real money now!!! http://casino-win.xyz"),
    Submission("Make $5000 a week from home with bitcoin, whatsapp +1 555 123 4567"),
    Submission("Call +1-800-555-0199 for Delta airlines refund customer service number 24/7"),
    Submission(
        "Great post! I really like your blog, keep it up. Check my website http://seo-services-cheap.com for seo"
    ),
    Submission("Wonderful article, thank you!", name="Cheap SEO Services", website="http://best-seo-agency-london.com"),
    Submission("Earn free crypto, join our telegram t.me/fastcrypto now and double your bitcoin"),
    Submission("Get a loan with 2% interest rate no credit check, email loanoffer@example.com"),
    Submission("казино вулкан бонус за регистрацию http://vulkan-casino.ru"),
    Submission("slot gacor maxwin hari ini daftar di link http://slot88.win"),
    Submission("C A S I N O bonus now http://c4sino-b0nus.example.com"),
)
TOXIC = (
    "you are a stupid idiot, go kill yourself",
    "fuck you asshole",
    "You are a worthless piece of shit",
    "Shut up you dumb bitch",
    "I will kill you and your family",
    "ты тупой идиот, сдохни",
    "Du dummes Arschloch, halt die Fresse",
    "Eres un idiota hijo de puta",
    "fuuuuck you, you stuuupid i d i o t",
)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


@pytest.mark.parametrize("text", GOOD)
def test_a_good_comment_is_held_neither_as_spam_nor_as_toxic(model: Model, text: str) -> None:
    scores = model.predict([Submission(text)])[0].scores
    assert scores["spam"] < 0.2
    assert scores["toxic"] < 0.2


@pytest.mark.parametrize("submission", SPAM, ids=lambda submission: submission.text[:30])
def test_blatant_spam_is_known(model: Model, submission: Submission) -> None:
    assert model.predict([submission])[0].scores["spam"] > 0.8


@pytest.mark.parametrize("text", TOXIC)
def test_blatant_abuse_is_known(model: Model, text: str) -> None:
    assert model.predict([Submission(text)])[0].scores["toxic"] > 0.8


def test_praise_is_judged_by_the_website_beside_it(model: Model) -> None:
    text = "Very good article, I really love this site."
    alone, personal, advert = model.predict(
        [
            Submission(text, name="Anna"),
            Submission(text, name="Anna", website="https://anna-writes.example"),
            Submission(text, name="Cheap Casino Online", website="http://best-casino-bonus77.example"),
        ]
    )
    assert max(alone.scores["spam"], personal.scores["spam"]) < 0.5 < advert.scores["spam"]


def test_a_bare_link_to_a_source_is_left_to_a_human(model: Model) -> None:
    text = "See https://www.reuters.com/article/belarus-loan for details."
    assert model.predict([Submission(text)])[0].scores["spam"] < 0.5


def test_an_empty_text_is_neither(model: Model) -> None:
    scores = model.predict([Submission("")])[0].scores
    assert scores["spam"] < 0.5
    assert scores["toxic"] < 0.5


def test_languages_are_told_or_left_open(model: Model) -> None:
    told = {
        "Thanks, that is what I wanted to know about the loan.": "en",
        "Danke, das ist genau das, was ich wissen wollte.": "de",
        "Спасибо, это то, что я хотел узнать о кредите.": "ru",
        "감사합니다, 좋은 기사입니다.": "ko",
        "ok": "unknown",
        "+1": "unknown",
        "": "unknown",
    }
    for text, prediction in zip(told, model.predict([Submission(text) for text in told]), strict=True):
        assert prediction.language == told[text], text


def test_every_label_has_a_score_and_nothing_else_has(model: Model) -> None:
    assert set(model.predict([Submission("x")])[0].scores) == set(model.labels)
    assert model.predict([]) == []
