"""The functions about spam: what has to be caught, and the ham that looks like it. Sentences of this project's own."""

from __future__ import annotations

from classifier.training.checks.functional_case import NO_SLOTS, Function, Slots

_LINKS: Slots = {"link": ("http://best-offer77.example.com", "https://cheap-rx.top/?ref=1", "www.topdeal4u.biz")}
_SOURCES: Slots = {
    "source": (
        "https://www.reuters.com/business/energy/gas-price-cap", "https://de.wikipedia.org/wiki/Erdgas",
        "https://www.bbc.com/news/business-63120000", "https://www.gov.uk/guidance/energy-bills",
    )
}  # fmt: skip
_PRAISE = (
    "Such a great article!", "Very nice post, I enjoyed reading it.", "Wonderful site, keep up the good work.",
    "I really like your way of writing.", "Thanks for sharing this useful information.",
)  # fmt: skip


def _spam(name: str, *sentences: str, slots: Slots = NO_SLOTS, author: str = "", website: str = "") -> Function:
    return Function(name, "spam", True, sentences, slots, author, website)


def _ham(name: str, *sentences: str, slots: Slots = NO_SLOTS, author: str = "", website: str = "") -> Function:
    return Function(name, "spam", False, sentences, slots, author, website)


_CAUGHT = (
    _spam("pills and replicas", "Buy Cialis and Viagra without prescription {link}",
          "Luxury watches, perfect copies, 90% off {link}",
          "Cheap weight loss pills, order now {link}", slots=_LINKS),
    _spam("easy money", "I earn $4000 a week from home, join me {link}",
          "Turn 100 dollars into 5000 with bitcoin {link}",
          "No boss, no office, $90 an hour, start here {link}", slots=_LINKS),
    _spam("link drop", "Click here {link}", "{link} {link}", "best price {link} buy now", slots=_LINKS),
    _spam("praise with a link to a shop", "Nice blog! Visit my shop for cheap watches {link}",
          "Great post, also check my page for SEO services {link}", slots=_LINKS),
    _spam("praise for the website beside it", *_PRAISE, author="Cheap SEO Services",
          website="http://best-seo-backlinks77.example"),
    _spam("telephone and messenger numbers", "Call our support +1 888 555 0133 for airline refunds",
          "For loans at 2% write on WhatsApp +44 7700 900 222", "Toll free printer support: 1-877-555-0166, call now",
          "Add me on Telegram t.me/fastprofit9 and double your money",
          "Spell caster Dr. Uba, WhatsApp +234 803 555 0190"),
    _spam("loans and recovery", "Urgent loans for everybody, no credit check, mail to loans@example.com",
          "Dr. Tech recovered my stolen bitcoin, contact him: recover@example.com",
          "We finance your project at 3% interest, apply today at finance@example.com",
          "A hacker helped me get into my wife's phone, contact ghosthack@example.com"),
    _spam("search-engine services and followers", "Buy 10000 followers for $20 {link}",
          "We bring your site to page one of Google {link}", slots=_LINKS),
    _spam("link in markup", '<a href="http://pills.example.com">buy pills</a>', "[url=http://x.example.com]bags[/url]",
          "[cheap loans](http://loans.example.com) [best loans](http://loans.example.com)"),
    _spam("spam in other languages", "Compra pastillas baratas sin receta {link}",
          "Gagnez 3000 euros par semaine {link}",
          "Geld verdienen im Internet, jetzt anmelden {link}", "Заработок без вложений, регистрация {link}",
          "Kupuj tanio tabletki bez recepty {link}", "Internetten para kazan, hemen tıkla {link}", slots=_LINKS),
    _spam("spam in another spelling", "B u y  c h e a p  V i a g r a  http://rx.example.com",
          "Ch34p v1agra 0nl1ne http://rx.example.com", "𝗕𝘂𝘆 𝗰𝗵𝗲𝗮𝗽 𝗽𝗶𝗹𝗹𝘀 http://rx.example.com",
          "Вuy сhеар ріlls оnlіnе http://rx.example.com", "BUY*CHEAP*PILLS*ONLINE http://rx.example.com"),
)  # fmt: skip
_LEFT_ALONE = (
    _ham("short genuine praise", *_PRAISE, "Great article, thank you!", "Nice one, this.", "Good read.", "Love it!",
          "So good."),
    _ham("praise by a reader with a page of their own", *_PRAISE, author="Julia", website="https://julia-reads.example"),
    _ham("link to a source", "The price cap is explained here: {source}", "Source: {source}",
         "Compare {source}, third paragraph.", "{source} gives another figure.", slots=_SOURCES),
    _ham("spam that is warned of", "Do not call that number, it is a scam: they promise airline refunds.",
         'I get mails that say "earn $5000 from home" every day, delete them.',
         "The comment above that sells Viagra is spam, please remove it.",
         "Careful, these crypto recovery experts are thieves.",
         "They offered me a loan at 2% and then wanted my passport. Fraud!"),
    _ham("questions about products", "Is the cheaper model good enough for a flat?",
          "Where did you buy the blue lamp?",
         "How much was the battery, and does it last?", "Does the shop on Main Street still sell film?",
         "Can one order the book online?", "Which bank has no fee for transfers?"),
    _ham("money in the news", "The loan of 2 billion dollars must be repaid by 2030.",
          "Casinos paid 40 million in taxes.",
         "Bitcoin lost a tenth of its value on Monday.", "The drug costs $2,000 a dose, says the insurer.",
         "Rents rose by 11% and wages by 2%.", "Pharmacies run out of fever pills for children."),
    _ham("personal experience", "I bought the bike in May and the chain broke in June.",
          "We refinanced our house at 3%.",
         "My credit card was blocked in Italy.", "I work from home on Fridays and save two hours.",
         "I lost 8 kilos by walking to work.", "I won 50 euros in the lottery once."),
    _ham("numbers that are no advert", "The hotline of the city is 115, and they do answer.",
          "Flight LH 1402 was late by 90 minutes.",
         "See page 114, table 3.", "The vote was 54 to 46.", "Born 12.04.1961, died 03.11.2019.",
         "Room 204, at 18:30."),
    _ham("code and commands", "Run `pip install --upgrade requests` and try again.",
          "Set timeout=30 in line 12 of config.py.",
         "The regex should be ^\\d+$ and not \\d*.", "git rebase -i HEAD~3 does what you want."),
    _ham("comments in other languages", "Danke, das hat mir sehr geholfen.", "Merci beaucoup, c'est très clair.",
         "Gracias, muy buena explicación.", "Спасибо, очень полезно.", "Dziękuję, bardzo ciekawe.",
         "Çok teşekkürler.",
         "とても参考になりました。", "写得真好。", "شكرا جزيلا", "बहुत बढ़िया लेख"),
)  # fmt: skip

SPAM_FUNCTIONS = (*_CAUGHT, *_LEFT_ALONE)
