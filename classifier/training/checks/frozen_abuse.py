"""Clear abuse, written for this project: insults at a person, threats, people called animals or filth.

No cruder than the purpose needs. Left out on purpose: mere swearing and mild rudeness, about which sites may differ;
every site that moderates at all takes these down. Not one sentence may be used in training.
"""

from __future__ import annotations

_INSULTS = (
    "You are an idiot and everybody here knows it.", "What a stupid moron you are.",
    "Are you really that dumb, or do you just write like an idiot?", "Nobody asked you, you miserable loser.",
    "You are a disgusting human being and a liar.", "Crawl back into your hole, you pathetic little worm.",
    "You're a retarded clown, stop posting.", "Listen, you brainless cow, nobody wants to read your drivel.",
    "Your mother should be ashamed of having raised such a piece of trash.", "You ugly fat pig, go away.",
    "Shut your filthy mouth, idiot.", "Only a complete moron like you could believe that.",
    "Get lost, you stupid bitch.", "You are a worthless bastard and always will be.",
    "Hey asshole, learn to read before you comment.", "Fuck off, you stupid prick.",
    "You're a dumbass and your kids will be dumbasses too.", "Such a stupid whore, and proud of it too.",
    "You sick pervert, you belong in a cage.", "The author is a lying scumbag and a coward.",
    "You are nothing but a dirty parasite.", "Eat shit, you fucking idiot.",
    "Go back to school, you illiterate imbecile.", "Suck my dick, you stupid cunt.",
    "Everyone hates you, you hideous freak.", "You braindead fool, were you dropped on your head?",
    "Shut up, you whiny little bitch, nobody cares.", "What kind of degenerate scum are you?",
    "You fucking moron, you cannot even spell.", "Stupid old hag, just shut up.",
    "You absolute piece of shit.", "Kiss my ass, you arrogant jerk.", "You are dumber than a pig and twice as ugly.",
    "This Peter guy is a fucking retard.", "You spineless, stinking rat.", "Idiot. Idiot. Idiot. That is all you are.",
    "Sie sind ein Vollidiot und ein Lügner.", "Halt dein dreckiges Maul, du Missgeburt.",
    "So ein dummes Arschloch wie dich habe ich selten gelesen.", "Du widerliches Stück Dreck, verschwinde.",
    "Espèce de connard, tu ne comprends rien.", "Ferme ta gueule, pauvre débile.", "T'es qu'une grosse merde, dégage.",
    "Eres un imbécil y un payaso, lárgate.", "Cierra la boca, pedazo de mierda.", "Vete a la mierda, gilipollas.",
    "Você é um lixo, seu idiota de merda.", "Cala a boca, seu imbecil.", "Sei un idiota e un pezzo di merda.",
    "Chiudi quella bocca, stronzo schifoso.", "Hou je kop, vieze klootzak.", "Ты идиот и подонок, закрой рот.",
    "Jesteś idiotą i śmieciem, zamknij mordę.", "Sen tam bir aptalsın, kes sesini salak.",
)  # fmt: skip
_THREATS = (
    "I am going to kill you.", "I know where you live and I will burn your house down.",
    "I will come over and smash your face in.", "Watch your back, I am going to cut your throat.",
    "You will die tonight, bitch.", "Somebody should put a bullet in your head.", "I hope you die of cancer, you scum.",
    "Kill yourself, nobody would miss you.", "Go hang yourself already, loser.",
    "Do the world a favour and kill yourself.",
    "I swear I will beat you to death.", "We will find you and shoot you like a dog.",
    "People like you deserve to be shot.", "I will rape you and your sister.", "They should hang him from a lamp post.",
    "If I ever meet you I will break every bone in your body.", "Jump off a bridge, you idiot.",
    "Drink bleach and die, moron.", "You deserve to be beaten until you cannot walk.",
    "One day I will stab you, you piece of shit.", "I'm gonna kill your dog and then I'm gonna kill you.",
    "Die, bitch, die.", "Your whole family will burn, I promise.", "I will strangle you with my own hands.",
    "Ich bringe dich um, du Schwein.", "Ich schlage dir die Zähne ein, du Idiot.", "Häng dich auf, du Versager.",
    "Je vais te crever, connard.", "On va te tuer, sale chien.", "Te voy a partir la cara, hijo de puta.",
    "Ojalá te mueras, idiota.", "Vou te matar, seu desgraçado.", "Ti ammazzo, bastardo.",
)  # fmt: skip
_GROUPS = ("Muslims", "Jews", "Black people", "Gays", "Immigrants", "Gypsies", "Women", "Disabled people")
_DEHUMANISING = (
    "{group} are vermin and should be exterminated.", "{group} are nothing but filthy animals.",
    "All {group} are subhuman trash, kill them all.", "I hate {group}, they are disgusting pigs and should die.",
)  # fmt: skip

ABUSE = (*_INSULTS, *_THREATS, *(line.format(group=group) for line in _DEHUMANISING for group in _GROUPS))
