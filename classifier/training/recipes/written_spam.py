"""Patterns of comment spam, written for this project; `{…}` is filled from the lists below. Not here: their weight.

They stand for kinds that the public sets lack: praise that exists for the website beside it, link drops, telephone
numbers, recovery and loan offers, essay mills, traffic and search-engine services.
"""

from __future__ import annotations

SLOTS = {
    "link": (
        "http://{host}", "https://{host}/", "https://www.{host}/offer", "http://{host}/?ref=204", "{host}",
        "https://bit.ly/3xk{n}", "https://t.me/{handle}",
    ),
    "host": (
        "best-{good}-{n}.example.com", "{good}online{n}.net", "cheap{good}.shop", "{good}-deals.top", "win{good}.xyz",
        "{good}24.info", "go{good}.biz", "mega{good}.online", "{good}hub.site", "{good}bonus.club",
    ),
    "good": (
        "viagra", "cialis", "casino", "slots", "poker", "betting", "crypto", "bitcoin", "forex", "loans", "seo", "essay",
        "pills", "watches", "escort", "hacker", "insurance", "roofing", "plumber", "keto", "cbd", "replica", "vpn",
        "followers", "movers",
    ),
    "handle": ("fastcash_{n}", "spell_caster{n}", "cryptopro{n}", "hackrecovery{n}", "loanagent{n}"),
    "phone": ("+1 (8{n}) 555-01{n}", "+44 7{n} 900 1{n}", "1-888-{n}-0{n}", "+7 9{n} 555-1{n}", "+62 8{n} 5550 {n}"),
    "mail": ("user@example.com",),
    "money": ("$500", "$3,500 a day", "$12,000 weekly", "5000 EUR", "1.4 BTC", "$97 per hour", "20 000 руб в день"),
}  # fmt: skip

SPAM = (
    "Buy cheap {good} online without prescription {link}",
    "Cheap {good} here: {link} best price, free shipping, no prescription needed!!!",
    "Visit {link} for the best {good} bonus, 200 free spins for new players",
    "Play at the best online casino and win real money today! {link}",
    "Best online {good} site, register now and get a 100% welcome bonus {link}",
    "Earn {money} working from home, just click here {link}",
    "I make {money} doing easy online work from home. Check it out: {link}",
    "My neighbour's sister gets paid {money} on her laptop, she has been out of work for months. Read more here {link}",
    "Double your bitcoin in 24 hours, guaranteed profit, contact us on WhatsApp {phone}",
    "I invested with Mr. Brian on his crypto platform and got {money} in one week. Write him on Telegram {link}",
    "Need a loan? We give loans at 2% interest to anybody, no credit check. Contact {mail} or WhatsApp {phone}",
    "Are you in need of an urgent loan? Apply now with only 3% rate. Email: {mail}",
    "Lost your bitcoin? I recovered my stolen funds with the help of a professional hacker, contact {mail}",
    "Hire a genuine hacker to spy on your cheating spouse's phone, contact {mail} or {phone}",
    "A powerful spell caster brought my ex husband back in 48 hours. Call or WhatsApp him {phone}",
    "Call {phone} for airline customer service, refund and cancellation, available 24/7",
    "Printer not working? Call our toll free support number {phone} now",
    "Best {good} service in town, call {phone} for a free quote",
    "Professional {good} company, licensed and insured, affordable prices. Visit {link} or call {phone}",
    "We offer high quality backlinks and seo services, rank first on Google in 30 days {link}",
    "Get more traffic to your website! 10000 real visitors for {money}. {link}",
    "Buy real followers and likes, instant delivery, cheap price {link}",
    "Write my essay for me cheap, professional writers, plagiarism free: {link}",
    "Watch full movie HD free online {link}",
    "Download free cracked software full version here {link}",
    "Hot girls in your area are waiting for you, sign up free {link}",
    "Replica watches and designer bags, 80% discount only today {link}",
    "Lose 10 kg in two weeks with this keto trick, doctors hate it {link}",
    "CBD gummies that cured my back pain, order with 50% off {link}",
    "Nice post! Visit my website {link}",
    "Great article, thanks for sharing. Please also check my site: {link}",
    "Awesome blog! I really like your content. Have a look at my page {link} for {good} tips",
    "Very informative post, keep it up. For more about {good} click {link}",
    'I found this very useful, you can also read here <a href="{link}">{good}</a>',
    "[url={link}]{good}[/url] best {good} online",
    "{good} {good} {good} {link} {good}",
    "{link} {link} {link}",
    "Check this out {link}",
    "Casinos online {good} bonus sin depósito {link}",
    "Compra {good} barato sin receta, envío gratis {link}",
    "Gana dinero desde casa, {money}, escríbeme por WhatsApp {phone}",
    "Achetez {good} pas cher sans ordonnance {link}",
    "Gagnez {money} depuis chez vous, inscrivez-vous ici {link}",
    "Offre de prêt entre particuliers sérieux et rapide, contactez-moi : {mail}",
    "Bestes Online Casino mit Bonus ohne Einzahlung, jetzt anmelden {link}",
    "Billige {good} ohne Rezept kaufen {link}",
    "Kredit ohne Schufa, sofortige Auszahlung, schreiben Sie an {mail} oder WhatsApp {phone}",
    "Verdiene {money} von zu Hause, klicke hier {link}",
    "Guadagna {money} da casa, clicca qui {link}",
    "Prestito tra privati serio e veloce, contattare {mail}",
    "Ganhe {money} trabalhando em casa, clique aqui {link}",
    "Заработок в интернете от {money}, пишите в телеграм {link}",
    "Кредит без отказа за час, звоните {phone}",
    "Лучшее онлайн казино, бонус за регистрацию {link}",
    "Требуются сотрудники на удаленную работу, {money}, пишите в личку {link}",
    "Продвижение сайтов, прогон по базам, дешево {link}",
    "Найкраще онлайн казино з бонусом за реєстрацію {link}",
    "Szybka pożyczka bez BIK, zadzwoń {phone} lub napisz {mail}",
    "Najlepsze kasyno online z bonusem {link}",
    "En iyi bahis sitesi, hoş geldin bonusu için tıkla {link}",
    "Situs slot gacor hari ini, daftar sekarang dan dapatkan bonus {link}",
    "最好的在线赌场，注册就送奖金 {link}",
    "副業で月50万円稼ぐ方法はこちら {link}",
)

PRAISE_FOR_A_WEBSITE = (
    "Great post, I really enjoyed it.", "I like this site very much, so much superb information.",
    "This is a topic that is close to my heart, thank you!", "Wow, wonderful blog layout! How long have you been blogging?",
    "I was suggested this website by my cousin and I am not disappointed.", "Very good article. I certainly love this site.",
    "Hello, i think that i saw you visited my blog so i came to return the favor.",
    "Its like you read my mind! You appear to know so much about this.", "Keep on writing, great job!",
    "Excellent site, I have bookmarked it and will come back regularly.", "Nice information, thanks for sharing.",
    "Your way of telling everything in this article is truly good, all can easily understand it.",
)  # fmt: skip
ADVERT_NAMES = (
    "Cheap {good} Online", "best {good} 2020", "{good} service", "buy {good}", "{good} near me", "{good} company London",
    "online {good} reviews", "Free {good} Download", "{good}",
)  # fmt: skip
ADVERT_SITES = ("http://{host}", "https://www.{host}/", "https://{host}/{good}")
