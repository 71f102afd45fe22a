"""Clear spam, written for this project: adverts and scams that no site keeps. Not here: how they are judged.

Gambling is a small part on purpose: a site about betting may keep what others take down, and must not fail for it.
Not one sentence may be used in training.
"""

from __future__ import annotations

import re

_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {
    "link": (
        "http://rx-{thing}-shop.example.com", "https://{thing}-outlet.top/?aff=9", "www.{thing}4you.biz",
        "https://bit.ly/2{thing}", "http://get{thing}now.xyz", "https://{thing}-direct.online/sale",
    ),
    "thing": ("pills", "seo", "credit", "watches", "crypto", "essays", "tabs", "loans", "diet", "followers"),
    "phone": ("+1-877-555-0142", "+44 7700 900 317", "+1 (844) 555 0178", "00234 803 555 019"),
    "mail": ("quickfund.agency@example.com", "dr.wisdom.temple@example.com", "cyber.recover@example.com"),
    "sum": ("$750 a day", "$9,400 a month", "3.2 BTC", "$85 an hour", "£6,000 a week"),
}  # fmt: skip

_PATTERNS = (
    "Order Viagra and Cialis from our online pharmacy, no prescription, discreet shipping {link}",
    "Cheapest pills on the net!!! Buy now and save 70% {link}",
    "Make {sum} from your sofa, no experience needed. Sign up today: {link}",
    "My aunt earns {sum} with her phone. Here is how she does it >> {link}",
    "Do you need a quick loan without collateral? Low interest, money in 24 hours. Write to {mail}",
    "We offer business and personal loans at 2% to everybody. Contact {mail} or WhatsApp {phone}",
    "I lost {sum} to a fake broker and a recovery expert got everything back. Contact him: {mail}",
    "Invest in our bitcoin mining platform, guaranteed returns of 300% in one week {link}",
    "This trader turned my $200 into {sum}, message her on Telegram before the places are gone {link}",
    "Powerful love spells that really work! My husband came back after two days. WhatsApp {phone}",
    "Call our toll-free customer support {phone} for refunds, flight changes and cancellations",
    "Is your printer offline? Dial {phone} and speak to a certified technician now",
    "Antivirus renewal or refund? Call the helpline {phone}, available day and night",
    "Get 5,000 real followers for $19, instant delivery, no password {link}",
    "Rank your website on page one of Google! Cheap backlinks and guest posts {link}",
    "Increase your traffic with our SEO packages, 50% discount this week only {link}",
    "Professional essay writing service, cheap, plagiarism-free, delivered overnight {link}",
    "Replica Rolex and luxury handbags, same quality, 85% off, worldwide shipping {link}",
    "Lose 12 pounds in ten days with this one weird trick, click here {link}",
    "Hot singles near you want to chat tonight, join free {link}",
    "Sexy girls live on webcam, free registration, click {link}",
    "Download the full movie in HD for free, no registration {link}",
    "Free gift cards! Just enter your e-mail and claim your prize {link}",
    "Congratulations, you have been selected as a winner of {sum}. Claim now at {link}",
    "Great post! I also wrote about this, visit my website for cheap {thing} {link}",
    "Nice article, keep it up. Check out my {thing} store {link}",
    "Awesome content, thank you admin! For the best {thing} deals click {link}",
    "Buy cheap {thing} online {link} buy {thing} cheap {thing} best {thing}",
    '<a href="{link}">cheap {thing}</a> <a href="{link}">best {thing} online</a>',
    "[url={link}]discount {thing}[/url] lowest price guaranteed",
    "Hire a professional hacker to read your partner's messages, fast and discreet: {mail}",
    "Best online casino, 300 free spins and a 200% deposit bonus {link}",
    "Legal steroids and CBD oil, free trial bottle, order today {link}",
    "Compre Viagra sin receta, envío discreto, mejor precio {link}",
    "Préstamos urgentes sin aval, respuesta en 24 horas, escriba a {mail}",
    "Gagnez {sum} sans quitter votre canapé, inscription gratuite {link}",
    "Viagra rezeptfrei online bestellen, schnelle Lieferung, bester Preis {link}",
    "Geld verdienen von zu Hause, {sum} garantiert, jetzt anmelden {link}",
    "Заработок на дому без вложений, {sum}, пишите в Telegram {link}",
    "Ganhe {sum} pela internet sem sair de casa, clique no link {link}",
)
FILLINGS = 3  # of each pattern


def spam() -> tuple[str, ...]:
    """Every pattern filled several times, the same at every call."""
    return tuple(
        _filled(pattern, 7 * number + turn) for number, pattern in enumerate(_PATTERNS) for turn in range(FILLINGS)
    )


def _filled(pattern: str, turn: int) -> str:
    def one(match: re.Match[str]) -> str:
        choices = _SLOTS[match.group(1)]
        return _filled(choices[(turn + match.start()) % len(choices)], turn + 1)

    return _SLOT.sub(one, pattern)
