"""Sentences in which people are merely named, and as many kinds of names as possible, written for this project.

Data sets of abuse name groups mostly where they are abused, so that a model learns the name for the insult. Each name
here stands in the same ordinary sentences, and in a few hostile ones, so that only the sentence tells the two apart
(balanced contexts, after Dixon et al. 2018). The sentences differ from those that a model is measured by (`checks`).
Not here: their weight.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contexts:
    """Names of groups in one language with what is said of them; `{}` takes a name."""

    language: str
    names: tuple[str, ...]
    fair: tuple[str, ...]
    hostile: tuple[str, ...]
    threats: tuple[str, ...] = ()


CONTEXTS = (
    Contexts(
        "en",
        names=(
            "Muslims", "Jews", "Christians", "Catholics", "Hindus", "Buddhists", "Sikhs", "atheists", "Black people",
            "white people", "Asians", "Arabs", "Africans", "Mexicans", "Chinese people", "Indians", "Turks", "Poles",
            "Russians", "Ukrainians", "Roma", "Native Americans", "immigrants", "refugees", "gay people", "lesbians",
            "bisexuals", "queer people", "trans people", "women", "men", "girls", "boys", "deaf people",
            "blind people", "disabled people", "autistic people", "old people", "young people", "Israelis",
            "Palestinians", "Americans", "foreigners", "feminists", "homosexuals", "heterosexuals",
        ),
        fair=(
            "Many {} live in our street, and we get on well.", "The museum shows how {} lived here before the war.",
            "I read a good book about {} last summer.", "The study compared {} with everybody else and found nothing.",
            "{} pay taxes like anyone else.", "My grandparents were {}, and so am I.",
            "Why does the paper never ask {} what they think?", "There are rules that protect {} at work.",
            "At the festival {} cooked for the whole village.", "The minister met {} and listened for two hours.",
            "I am one of those {} and I do not feel spoken for.", "Half of my colleagues are {}.",
            "The film is about {} in the seventies.", "{} were attacked last night, the police said.",
            "Some {} agree with this law, some do not.", "Insulting {} is not an opinion.",
        ),
        hostile=(
            "{} are filth.", "{} are parasites, get rid of them.", "{} should be wiped out.",
            "I despise {}, they are subhuman.", "{} are lazy thieves and liars.",
            "Nobody needs {} here, kick them out.", "{} are garbage, and so are their children.",
            "{} are a plague that spreads through the city.", "{} are rats.",
            "The only good thing about {} is that they die.",
        ),
        threats=(
            "Gas {}, every last one.", "Put {} against the wall.", "We should hang {} from the trees.",
            "Let {} drown.", "Time to hunt {} down and finish them.",
        ),
    ),
    Contexts(
        "en",
        names=(
            "a Muslim", "a Jew", "a Christian", "a Hindu", "an atheist", "Black", "white", "Asian", "an Arab",
            "a Mexican", "Chinese", "Indian", "Turkish", "Polish", "Russian", "Roma", "an immigrant", "a refugee",
            "gay",
            "a lesbian", "bisexual", "queer", "transgender", "a woman", "a man", "a girl", "deaf", "blind", "disabled",
            "autistic", "an old man", "an old woman", "Jewish", "African", "straight", "a feminist", "American",
        ),
        fair=(
            "I am {} and I liked the article.", "My closest friend is {}.", "As somebody who is {} I can confirm that.",
            "Our new doctor is {} and very kind.", "He told us that he is {}, and nobody minded.",
            "You do not have to be {} to see that.", "She is {}, so what?", "The candidate is {} and speaks well.",
        ),
        hostile=("You are {}, so shut your filthy mouth.", "Being {} is a disease, you disgust me.",
                 "He is {} and deserves to be beaten."),
    ),
    Contexts(
        "de",
        names=("Muslime", "Juden", "Christen", "Schwarze", "Weiße", "Türken", "Araber", "Ausländer", "Migranten",
               "Flüchtlinge", "Frauen", "Männer", "Schwule", "Lesben", "Transpersonen", "Behinderte", "Rentner",
               "Sinti und Roma", "Polen", "Russen"),
        fair=("In meinem Verein spielen auch {}.", "Der Artikel erklärt gut, wie {} hier leben.",
              "{} haben dieselben Rechte wie wir alle.", "Ich kenne viele {}, die das anders sehen.",
              "Warum fragt niemand {} nach ihrer Meinung?", "{} wurden gestern angegriffen, sagt die Polizei."),
        hostile=("{} sind Dreck.", "{} gehören weg, alle.", "{} sind Parasiten."),
    ),
    Contexts(
        "fr",
        names=("les musulmans", "les juifs", "les chrétiens", "les noirs", "les blancs", "les Arabes", "les immigrés",
               "les réfugiés", "les femmes", "les hommes", "les homosexuels", "les lesbiennes", "les handicapés",
               "les Roms", "les retraités"),
        fair=("Beaucoup de gens comme {} vivent ici depuis longtemps.",
              "Le livre raconte comment {} ont vécu la guerre.",
              "{} ont les mêmes droits que nous tous.", "On devrait demander à {} ce qu'ils en pensent."),
        hostile=("{} sont des parasites.", "Il faut virer {} d'ici, tous.", "Je déteste {}, c'est de la vermine."),
    ),
    Contexts(
        "es",
        names=("los musulmanes", "los judíos", "los cristianos", "los negros", "los blancos", "los árabes",
               "los inmigrantes", "los refugiados", "las mujeres", "los hombres", "los homosexuales", "las lesbianas",
               "los discapacitados", "los gitanos", "los jubilados"),
        fair=("En mi barrio viven muchos, también {}.", "El libro cuenta cómo vivían {} antes de la guerra.",
              "{} tienen los mismos derechos que nosotros.", "Habría que preguntar a {} qué piensan."),
        hostile=("{} son parásitos.", "Hay que echar a {} de aquí.", "Odio a {}, son basura."),
    ),
    Contexts(
        "pt",
        names=("os muçulmanos", "os judeus", "os cristãos", "os negros", "os brancos", "os imigrantes", "as mulheres",
               "os homens", "os gays", "as lésbicas", "os deficientes", "os nordestinos"),
        fair=("No meu prédio moram muitos, também {}.", "{} pagam impostos como todo mundo.",
              "O livro conta como {} viviam antes.", "Alguém perguntou para {} o que acham?"),
        hostile=("{} são parasitas.", "Tem que expulsar {} daqui.", "Odeio {}, são lixo."),
    ),
)  # fmt: skip
