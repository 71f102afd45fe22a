"""The reasons a moderator may give for keeping a comment from readers: a code for programs, a sentence for people.

Reasons of the machine are codes of checks and score bands, made in `screening.outcome`.
"""

REJECTION_REASONS: dict[str, str] = {
    "insult": "It insults or attacks people.",
    "hate": "It stirs hatred against a group of people.",
    "threat": "It threatens somebody or calls for violence.",
    "off_topic": "It has nothing to do with the article.",
    "advertising": "It advertises something.",
    "private_data": "It gives away somebody's private data.",
    "falsehood": "It states as fact what is known to be false.",
    "illegal": "It may be against the law.",
    "other": "It is against the site's rules in another way.",
}
