"""What the card says that a model must not be trusted with, or used for. Not here: figures."""

LIMITS = """\
- **No comments of today's news sites with a spam label were to be had.** The spam score rests on video comments of
  2013-15 and 2024-26, chat groups, e-mail, telephone texts, expanded templates of about 2012, and sentences written for
  this project. Comments from places kept free of adverts were *presumed* to be ham. On a new site expect the figures
  under "trained without a source", not those under "within a source".
- **Toxicity is learned from data for English, German, French, Spanish, Italian, Portuguese, Turkish, Arabic, Chinese,
  Korean and (a few hundred rows) Japanese.** In every other language only a handful of sentences written for this
  project stand behind the score; the model then says so (`unsure`), and the service lets a person decide.
- **Plain abuse is missed too often**: insults, threats and calls to suicide without a swear word, and hatred put as a
  question or an opinion. How often, "in short" above and the abilities below say. A site should let people look from a
  lower score on, list the words that it never wants to read, and retrain on its own decisions (index.md tells how).
- The author's name counts towards spam by its letters; where a text says little, the name decides.
- `threat` has about a thousand positive rows and `sexual_explicit` fewer than two hundred, most of them said to a
  chatbot. Use these two to sort a queue, never to reject.
- Scores are calibrated to an assumed base rate (above), not to yours. A site's own decisions should replace it.
- A comment that is little more than a link scores high as spam, whatever it links to: the words that would tell a
  source from an advert are not there.
- Sarcasm, quotation, reclaimed words and abuse without bad words are often misread: see the abilities below.
- Disguises were tried out while the normaliser was made; the figures under them are of known tricks, not of the next.
- Do not use it to judge persons, to decide without a human where a decision matters, or on texts that are not comments.
"""
