"""Which data sets there are, under what terms, and what each can teach.

Here: facts about the sets that stand beside this project (`--data DIR`, one Parquet file each). Not here: their texts,
which never enter the repository, and how they are mixed (`recipes`).
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("severe_toxic", "obscene", "threat", "insult", "identity_hate", "sexual_explicit")


@dataclass(frozen=True, slots=True)
class Source:
    """One data set. `ship`: a model trained on it may be given away; otherwise it serves evaluation only.

    `ham`: comments from a place that is kept free of advertising, with no spam label of their own; a recipe may
    presume a sample of them to be ham. `one_sided`: labels of which only one side was annotated. `far`: e-mail and
    telephone texts, which teach about comments only from a distance. `website_beside`: spam whose advertisement stood
    in the website field, which the set does not hold.
    """

    name: str
    origin: str
    licence: str
    ship: bool = False
    ham: bool = False
    one_sided: tuple[str, ...] = ()
    far: bool = False
    website_beside: bool = False


_CC_BY_SPAM = "CC BY 4.0 (as its UCI page states)"

SOURCES = (
    Source("youtube-spam", "YouTube Spam Collection (Alberto, Lochter, Almeida 2015)", _CC_BY_SPAM, ship=True),
    Source("sms-spam", "SMS Spam Collection (Almeida, Gómez Hidalgo 2011)", _CC_BY_SPAM, ship=True, far=True),
    Source("judol-gbennnn", "gbennnn/judol-comment-classification", "MIT", ship=True),
    Source("telegram-ru-monalenka", "monalenka/telegram-spam-classifier-bot", "MIT", ship=True),
    Source("telegram-tgspam", "umputun/tg-spam", "MIT", ship=True),
    Source("spamassassin", "SpamAssassin public corpus (@stdlib package)", "Apache-2.0", ship=True, far=True),
    Source("blog-spintax-en", "leaked spintax templates, expanded", "none claimed", ship=True, one_sided=("spam",),
           website_beside=True),
    Source("civil-toxic-spans", "Toxic Spans (Pavlopoulos et al. 2022)", "CC0-1.0", ship=True, ham=True),
    Source("wiki-cat-large", "CAT_LARGE (Pavlopoulos et al. 2020)", "Apache-2.0", ship=True, ham=True),
    Source("fox-news", "Fox News comments (Gao, Huang 2017)", "MIT", ship=True, ham=True, one_sided=("toxic",)),
    Source("davidson-en", "Davidson et al. 2017", "MIT", ship=True),
    Source("paradetox-en", "ParaDetox (Logacheva et al. 2022)", "CC0-1.0", ship=True),
    Source("jigsaw2020-validation", "Jigsaw Multilingual 2020", "CC0-1.0", ship=True, ham=True),
    Source("jigsaw2018-balanced", "Jigsaw 2018", "labels CC0, comments CC BY-SA 3.0", ship=True, ham=True),
    Source("jigsaw2018-kinds", "Jigsaw 2018 with its kinds", "labels CC0, comments CC BY-SA 3.0", ship=True, ham=True),
    Source("jigsaw2018-fr", "Jigsaw 2018 in French translation", "MIT; CC0 / CC BY-SA 3.0", ship=True, ham=True),
    Source("toxifrench-fr", "ToxiFrench benchmark (Delaval 2025)", "MIT", ship=True, ham=True),
    Source("germeval2018-de", "GermEval 2018 (Wiegand et al.)", "CC BY 4.0", ship=True, ham=True),
    Source("korean-kocohub", "BEEP! (Moon et al. 2020)", "CC BY-SA 4.0", ship=True, ham=True),
    Source("told-br", "ToLD-Br (Leite et al. 2020)", "CC BY-SA 4.0", ship=True, ham=True),
    Source("cold-zh", "COLD (Deng et al. 2022)", "Apache-2.0", ship=True, ham=True),
    Source("mlma-en-fr-ar", "MLMA (Ousidhoum et al. 2019)", "MIT", ship=True, ham=True),
    Source("stormfront-en", "de Gibert et al. 2018", "CC BY-SA 3.0", ship=True, one_sided=("toxic",)),
    Source("edos-en", "EDOS (Kirk et al. 2023)", "CC0-1.0", ship=True, one_sided=("toxic",)),
    Source("hatemoji-build-en", "HatemojiBuild (Kirk et al. 2022)", "CC BY 4.0", ship=True, one_sided=("toxic",)),
    Source("gab-hate-en", "Gab Hate Corpus (Kennedy et al. 2018)", "MIT / CC BY 4.0", ship=True),
    Source("convabuse-en", "ConvAbuse (Cercas Curry et al. 2021)", "CC BY 4.0", ship=True),
    Source("discord-automod-en", "uwindsorcss/ai-automod", "MIT", ship=True, ham=True),
    Source("japanese-toxic-ja", "inspection-ai/japanese-toxic-dataset", "Apache-2.0", ship=True, ham=True),
    Source("judol-mixed", "Yusufislam-id/comment-spam-gambling-detection", "not stated"),
    Source("telegram-ru-talyguryn", "talyguryn/antispambot", "not stated", one_sided=("spam",)),
    Source("datacamp-comments", "Desmond00/DatacampArticleSentimentAnalysis", "not stated"),
    Source("instagram-id", "jingwuk/Instagram-Spam-Comment-Detection", "not stated"),
    Source("blog-ham-en", "reader comments of three software blogs", "belong to their writers", one_sided=("spam",)),
    Source("unhealthy-globe-mail", "Price et al. 2020", "CC BY-NC-SA 4.0"),
    Source("sfu-ctc", "Kolhatkar, Taboada 2017", "CC BY-NC-SA 4.0"),
    Source("olid-en", "OLID (Zampieri et al. 2019)", "not stated"),
    Source("hateval-en", "HatEval 2019", "not stated", one_sided=("toxic",)),
    Source("hateval-es", "HatEval 2019", "not stated", one_sided=("toxic",)),
    Source("hasoc2019-en", "HASOC 2019", "not stated"),
    Source("hasoc2019-hi", "HASOC 2019", "not stated"),
    Source("hasoc2020-en", "HASOC 2020", "not stated"),
    Source("hasoc2020-de", "HASOC 2020", "not stated"),
    Source("trac1-en", "TRAC-1 (Kumar et al. 2018)", "not stated"),
    Source("germeval2021-de", "GermEval 2021 (Risch et al.)", "not stated"),
    Source("offenseval2020-tr", "OffensEval 2020", "not stated"),
    Source("offenseval2020-el", "OffensEval 2020", "not stated"),
    Source("offenseval2020-da", "OffensEval 2020", "not stated"),
    Source("offenseval2020-ar", "OffensEval 2020", "not stated"),
    Source("korean-kmhas", "K-MHaS (Lee et al. 2022)", "not stated"),
    Source("offcombr", "OffComBR-2 (de Pelle, Moreira 2017)", "not stated"),
    Source("indonesian-ibrohim", "Ibrohim, Budi 2019", "CC BY-NC-SA 4.0"),
    Source("vihsd-vi", "ViHSD (Luu et al. 2021)", "research only"),
    Source("bengali-karim", "Karim et al. 2020/21", "research only", one_sided=("toxic",)),
    Source("russe-detox-ru", "RUSSE Detox 2022", "not stated"),
    Source("impermium-insults", "Impermium 2012", "not stated", one_sided=("toxic",)),
    Source("ethos-en", "ETHOS (Mollas et al. 2020)", "GPL-3.0", one_sided=("toxic",)),
    Source("youtoxic-en", "youtoxic", "not stated"),
    Source("ruddit-en", "Ruddit (Hada et al. 2021)", "not stated"),
    Source("toxigen-human-en", "ToxiGen (Hartvigsen et al. 2022)", "not stated"),
    Source("hatexplain-en", "HateXplain (Mathew et al. 2021)", "MIT", ship=True),
    Source("sexism-racism-tweets-en", "after Waseem, Hovy 2016", "not stated", one_sided=("toxic",)),
    Source("offendes-es", "OffendES (Plaza-del-Arco et al. 2021)", "research"),
)  # fmt: skip

BY_NAME = {source.name: source for source in SOURCES}
