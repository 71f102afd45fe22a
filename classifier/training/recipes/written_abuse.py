"""Abuse, and what only looks like it, written for this project: clear cases that any model must get right.

Few and plain on purpose. They anchor the scale in languages for which no data set may be shipped; they do not teach
those languages. Not here: their weight.
"""

from __future__ import annotations

Kinds = tuple[str, ...]

ABUSE: tuple[tuple[str, str, Kinds], ...] = (
    ("en", "You are a stupid idiot, go kill yourself.", ("severe_toxic", "insult", "threat")),
    ("en", "Shut up you worthless piece of shit.", ("obscene", "insult")),
    ("en", "Go fuck yourself, moron.", ("obscene", "insult")),
    ("en", "What a dumb bitch.", ("obscene", "insult")),
    ("en", "I will find you and break your legs.", ("threat",)),
    ("en", "I am going to kill you and your whole family.", ("severe_toxic", "threat")),
    ("en", "Somebody should shoot this author in the head.", ("threat",)),
    ("en", "You pathetic loser, nobody wants you here.", ("insult",)),
    ("en", "Only a complete imbecile could write such garbage, you idiot.", ("insult",)),
    ("en", "All of them are vermin and should be gassed.", ("severe_toxic", "identity_hate", "threat")),
    ("en", "Muslims are animals and should be thrown out.", ("identity_hate", "insult")),
    ("en", "Women are too stupid to vote.", ("identity_hate", "insult")),
    ("en", "Send me nudes, slut, I want to fuck you.", ("obscene", "insult", "sexual_explicit")),
    ("en", "I want to lick your tits and fuck you all night.", ("obscene", "sexual_explicit")),
    ("de", "Du bist ein dummer Idiot, halt die Fresse.", ("insult",)),
    ("de", "Verpiss dich, du Arschloch.", ("obscene", "insult")),
    ("de", "Ich finde dich und bringe dich um.", ("threat",)),
    ("fr", "Tu es un pauvre con, ferme ta gueule.", ("obscene", "insult")),
    ("fr", "Va te faire foutre, espèce d'imbécile.", ("obscene", "insult")),
    ("fr", "Je vais te tuer.", ("threat",)),
    ("es", "Eres un idiota de mierda, cállate.", ("obscene", "insult")),
    ("es", "Hijo de puta, te voy a matar.", ("obscene", "insult", "threat")),
    ("pt", "Você é um idiota, vai se foder.", ("obscene", "insult")),
    ("it", "Sei uno stronzo, vai a fanculo, idiota.", ("obscene", "insult")),
    ("nl", "Jij bent een domme klootzak, hou je bek.", ("obscene", "insult")),
    ("pl", "Jesteś głupim idiotą, zamknij się, kurwa.", ("obscene", "insult")),
    ("pl", "Zabiję cię, ty śmieciu.", ("insult", "threat")),
    ("ru", "Ты тупой идиот, заткнись.", ("insult",)),
    ("ru", "Иди на хуй, мразь.", ("obscene", "insult")),
    ("ru", "Сдохни, тварь, я тебя найду и убью.", ("severe_toxic", "insult", "threat")),
    ("ru", "Какой же ты дебил и урод, пошел вон.", ("insult",)),
    ("ru", "Сука, закрой свой поганый рот, придурок.", ("obscene", "insult")),
    ("uk", "Ти тупий ідіот, заткнися.", ("insult",)),
    ("uk", "Іди на хуй, мразото.", ("obscene", "insult")),
    ("be", "Ты тупы ідыёт, заткніся.", ("insult",)),
    ("tr", "Sen aptal bir salaksın, kes sesini.", ("insult",)),
    ("tr", "Orospu çocuğu, seni bulup öldüreceğim.", ("obscene", "insult", "threat")),
    ("id", "Kamu goblok dan tolol, tutup mulutmu.", ("insult",)),
    ("id", "Anjing kau, bangsat.", ("obscene", "insult")),
)

FAIR: tuple[tuple[str, str], ...] = (
    ("en", "You are not an idiot for asking; it is a good question."),
    ("en", "He was called a stupid idiot for saying so, which is unacceptable."),
    ("en", "Please do not tell people to kill themselves, whatever you think of them."),
    ("en", "Your comment is wrong, and here is why."),
    ("en", "This government is a disaster and I will not vote for it again."),
    ("en", "The killer was sentenced to life, and the victims' families wept."),
    ("en", "I would kill for a coffee right now."),
    ("en", "The article about the shooting is well researched."),
    ("en", "Lesbian couples may adopt since last year."),
    ("en", "Jewish and Muslim pupils visited the museum together."),
    ("en", "The white house on the corner is for sale, and the black cat lives there."),
    ("en", "Disabled people were not asked before the station was rebuilt."),
    ("ru", "Не надо называть людей идиотами, это некрасиво."),
    ("ru", "Автор неправ, и вот почему."),
    ("ru", "Это плохое решение, и я против него."),
    ("de", "Man muss nicht gleich jeden einen Idioten nennen."),
    ("de", "Als Muslimin fühle ich mich hier zu Hause."),
    ("fr", "Il ne faut pas insulter les gens, même si on n'est pas d'accord."),
    ("es", "No hace falta insultar a nadie para decir que no."),
    ("tr", "Kimseye hakaret etmeden de karşı çıkabilirsiniz."),
    ("pl", "Nie trzeba nikogo obrażać, żeby się nie zgadzać."),
)
