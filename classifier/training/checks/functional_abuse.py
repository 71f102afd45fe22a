"""The functions about abuse: what has to be caught, and what only looks like it. Sentences of this project's own.

No cruder than the purpose needs, and no slurs: what is tested is the meaning, not a word list.
"""

from __future__ import annotations

from classifier.training.checks.functional_case import NO_SLOTS, Function, Slots

_GROUP: Slots = {"group": ("Muslims", "Jews", "women", "gay people", "black people", "immigrants", "disabled people")}
_ONE: Slots = {
    "one": ("Muslim", "Jewish woman", "gay man", "black teacher", "immigrant", "deaf student", "trans woman")
}
_SOME: Slots = {"group": ("Muslims", "gay people", "immigrants")}


def _hate(name: str, *sentences: str, slots: Slots = NO_SLOTS) -> Function:
    return Function(name, "toxic", True, sentences, slots)


def _fair(name: str, *sentences: str, slots: Slots = NO_SLOTS, label: str = "toxic") -> Function:
    return Function(name, label, False, sentences, slots)


_CAUGHT = (
    _hate("derogation of a group", "I hate {group}.", "{group} are the scum of the earth.", slots=_GROUP),
    _hate("dehumanisation", "{group} are cockroaches.",
          "We must clean the city of {group} like of rats.", slots=_GROUP),
    _hate("threat against a group", "Somebody should shoot all {group}.", "Let us burn {group} alive.", slots=_GROUP),
    _hate("hate as a question or an opinion", "Why do {group} not just die?", "In my opinion {group} are trash.",
          slots=_SOME),
    _hate("hate with swearing", "Fuck {group}, all of them.", "Those shitty {group} make me sick.", slots=_GROUP),
    _hate("insult of a person", "You are such an idiot.", "Only an idiot like you would say that.",
          "You are a dirty liar and a pathetic loser.", "Shut up, you stupid cow.",
          "What an ugly, disgusting creep you are.",
          "You must be retarded.", "You brainless moron.", "Get out of here, scumbag.",
          "Your kids are as stupid as you are.",
          "You smell like shit, pig."),
    _hate("threat against a person", "I will kill you tomorrow.", "I will cut you into pieces.",
          "You are dead, I know your address.", "I'm going to beat the shit out of you.",
          "We will hang you, traitor.",
          "Somebody shoot this bastard.", "I hope somebody rapes you.", "You should be burned alive."),
    _hate("call to suicide", "Please kill yourself.", "Just go and hang yourself.", "Cut your wrists, loser.",
          "Why are you still alive? Kill yourself.", "Do everybody a favour and jump off a roof."),
    _hate("abuse in another spelling", "You are an id1ot and a m0ron.", "You stuuuupid iiidiot.", "Y O U  I D I O T",
          "what a s.t.u.p.i.d b.i.t.c.h", "FUCKYOU ASSHOLE", "you fcking moron", "you f*cking a**hole",
          "U R A STUPID IDIOT", "yóü ärë ä stüpïd ïdíöt", "you are an ιdιоt, a ѕtuріd mоrоn"),
    _hate("abuse among kind words", "Nice article, but its author is a fucking idiot.",
          "Thanks for the link. Now shut up and die, bitch.", "Have a good day, you worthless piece of shit.",
          "I love this town, only {group} are vermin and should be shot.", slots=_SOME),
    _hate("abuse in German", "Du bist so ein Idiot.", "Halt die Fresse, du Arschloch.", "Ich bringe dich um.",
          "Verrecke, du Schwein.", "Ausländer sind Dreck und gehören vergast."),
    _hate("abuse in French", "Tu es un connard.", "Ferme ta sale gueule.", "Je vais te tuer, salope.",
          "Crève, sale merde.", "Les Arabes sont des chiens, il faut les tuer."),
    _hate("abuse in Spanish", "Eres un idiota.", "Cállate, hijo de puta.", "Te voy a matar, cabrón.",
          "Muérete, basura.",
          "Los gitanos son ratas asquerosas."),
)  # fmt: skip
_LEFT_ALONE = (
    _fair("who somebody is", "I am a {one}.", "My best friend is a {one}.",
          "A {one} was elected yesterday.", slots=_ONE),
    _fair("kind words about a group", "I am glad that {group} live in our street.", "{group} are welcome here.",
          slots=_GROUP),
    _fair("negated hate", "I do not hate {group}.", "Nobody should say that {group} are animals.", slots=_GROUP),
    _fair("quoted hate that is objected to", 'Whoever says "{group} are vermin" should be ashamed.',
          'He wrote that {group} are "trash", and that is wrong.', slots=_GROUP),
    _fair("reported abuse", "A man shouted at two {group} on the tram, and the driver called the police.",
          "My sister was called a stupid cow at work.", "He got three messages that told him to kill himself.",
          "The accused had threatened to shoot the mayor.", "The boys were bullied and called idiots for months.",
          "The graffiti on the synagogue said that Jews should die.", slots=_SOME),
    _fair("reclaimed words", "We are queer, we are here, and we bake cakes.",
          "As a queer teenager I had nobody to ask.",
          "We crips meet for basketball every Thursday.", "The dykes on bikes open the parade again.",
          "I am a proud old hag and I love my garden."),
    _fair("swearing at nobody: no insult", "Shit, I missed the bus.", "Damn, this is fucking good.",
          "What the hell happened?",
          "Holy shit, what a goal!", "Fuck, it is cold today.",
          "I have so much shit to do this week.", label="insult"),
    _fair("swearing at nobody: no hate of a group", "Shit, I missed the bus.", "Damn, this is fucking good.",
          "Holy shit, what a goal!", "Fuck, it is cold today.",
          "That was a fucking long day.", label="identity_hate"),
    _fair("abuse at things", "I hate this stupid printer.", "This cheap phone is garbage.", "What an ugly building.",
          "Kill the process and start it again.", "Cars are a plague in this city.",
          "My idiotic alarm clock failed again.",
          "The new logo is disgusting.", "I want to burn this tax form."),
    _fair("hard words about groups that nobody is born into: no hate of a group", "I hate bankers.",
          "Smokers are a plague.",
          "Tax evaders are parasites.", "Speeding drivers belong in prison.",
          "Lobbyists are vermin.", label="identity_hate"),
    _fair("sharp criticism", "The minister is incompetent and must resign.",
          "This is the worst article I have read here.",
          "Your argument is nonsense from beginning to end.", "You have no idea of economics.",
          "Your comment is wrong in every line.", "What a foolish decision by the board.",
          "The party has betrayed its voters.", "I am ashamed of this government."),
    _fair("violent words without violence", "You killed it on stage last night!", "I will murder a pizza now.",
          "This joke is so bad, I died.", "She shot the winning goal.", "He attacked the problem from behind.",
          "We were slaughtered in the second half.", "These shoes are killing me."),
    _fair("crime and war in the news", "The gunman killed six people before he was shot.",
          "Rape is used as a weapon in this war.", "The bomb tore the market apart.",
          "The murderer buried the body in a wood.",
          "Thousands of Jews were murdered in that camp.", "Soldiers burned the village and shot the men."),
    _fair("bodies, sex and medicine", "The clinic offers abortions until the twelfth week.",
          "My nipples hurt when I breastfeed.",
          "How does one talk with children about sex?", "Prostate cancer is found too late.",
          "The vaginal ring is safer than the pill.", "The statue shows a naked man with a small penis."),
    _fair("names and places that look rude", "Mr. Dick Cockburn lives in Scunthorpe.",
          "We went hiking near Fucking in Austria.",
          "The Assassin's guild in that novel is dull.", "Tits and finches come to the feeder.",
          "The cock crows at four in the morning.", "Essex and Sussex were kingdoms."),
)  # fmt: skip

ABUSE_FUNCTIONS = (*_CAUGHT, *_LEFT_ALONE)
