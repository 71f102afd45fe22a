"""The reasons a moderator may give for keeping a comment from readers: a code for programs, a sentence for people.

Reasons of the machine are codes of checks and score bands, made in `screening.outcome`.
"""

from comments_service.content.desk_texts import marked

REJECTION_REASONS: dict[str, str] = {
    "insult": marked("It insults or attacks people."),
    "hate": marked("It stirs hatred against a group of people."),
    "threat": marked("It threatens somebody or calls for violence."),
    "off_topic": marked("It has nothing to do with the article."),
    "advertising": marked("It advertises something."),
    "private_data": marked("It gives away somebody's private data."),
    "falsehood": marked("It states as fact what is known to be false."),
    "illegal": marked("It may be against the law."),
    "other": marked("It is against the site's rules in another way."),
}
