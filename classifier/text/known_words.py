"""Words that are recognised through a disguise, folded as the normaliser folds them. Not here: what a word is worth.

A disguise that leaves letters in their places (asterisks, swapped neighbours, a sign inside, a stretch) can be undone
only by knowing the word. `LOADED` are those that people disguise to get past a filter; `COMMON` are the ordinary ones
around them (more of them in `frequent_words`), for texts in which every word is disguised. No word counts for or
against a comment by standing here.
"""

from __future__ import annotations

from classifier.text.frequent_words import FREQUENT

LOADED = tuple(
    """
    idiot idiots idiotic moron morons imbecile stupid dumb dumbass retard retarded loser losers scum scumbag trash
    garbage vermin parasite parasites cockroach cockroaches pig pigs rat rats animal animals subhuman bastard
    bastards bitch bitches whore whores slut sluts cunt cunts fuck fucks fucked fucker fuckers fucking motherfucker
    motherfucking shit shits shitty bullshit ass asses asshole assholes dick dicks dickhead cock cocks pussy prick
    pricks twat wanker fag fags faggot faggots nigger niggers whiny filthy disgusting worthless pathetic ugly freak
    pervert creep degenerate coward liar traitor clown hate hated kill killed killing killer murder shoot shot stab
    strangle rape raped hang burn beat beaten dead death suicide yourself exterminated gassed bomb throat bullet
    muslim muslims jews jewish immigrants women woman gays blacks disabled sex sexy nude nudes naked porn tits boobs
    penis vagina cum horny viagra cialis pills pharmacy prescription casino casinos poker betting slots gambling
    jackpot bonus bitcoin crypto forex invest investment investing profit profits earn earned earning earnings money
    loan loans credit lender cheap cheapest discount free offer deals price prices order shipping delivery visit
    website click register subscribe followers backlinks traffic ranking whatsapp telegram contact hacker hackers
    recovery spell replica watches handbags essay essays steroids webcam escort escorts refund helpline winner prize
    claim guaranteed income idioten vollidiot arschloch arschlocher scheisse scheiss hurensohn schlampe wichser
    fotze missgeburt schwein schweine abschaum fresse dumme dummes dreckig dreckiges umbringen connard connards
    salope putain merde encule batard debile imbecile gueule crever mierda puta puto cabron pendejo gilipollas
    imbecil estupido hijueputa matar merda porra caralho viado buceta idiota idiotas stronzo cazzo puttana
    vaffanculo coglione bastardo klootzak kutwijf hoer kanker kurwa chuj pierdol skurwysyn zamknij suka salak aptal
    orospu serefsiz anjing bangsat goblok tolol kontol memek judi slot gacor maxwin togel daftar situs сука блять
    хуй пизда дебил дебилы идиот идиоты урод уроды мразь тварь сдохни ублюдок убью заработок казино ставки
    """.split()  # noqa: SIM905 - a list of quoted words could not be read
)

COMMON = tuple(
    """
    the and you your are was were this that these those with have has had not but for from they them their there
    here what when where which who whom whose why how all any every everybody everyone nobody somebody anybody
    nothing something anything can could will would should shall must might may does did done doing make made get
    got give take took come came going gone know knows knew think thinks want wants need needs look like likes say
    says said tell told ask read write wrote post posts comment comments article author people person human being
    thing things time times day days week month year years today tomorrow now then never always ever again also only
    just even still very really such more most much many some other another into over under about after before
    between because than our out off down back away well good best better great nice love live life work working
    home house online phone email number call called write here find found first last long little own old new old
    right same until while mother father sister brother wife husband kids children family face mouth head brain
    school country world city hello thank thanks please sorry shut stop keep let try use ever believe nobody deserve
    belong hope ashamed dirty sick fat complete piece proud listen whole see too cool feel been food room soon to go
    us me my he she we is it in on at as an am be do no so up by or if of google investor investors
    """.split()  # noqa: SIM905 - a list of quoted words could not be read
)

IN_ORDER = (*LOADED, *COMMON, *FREQUENT)  # where a disguise could stand for two words, it is the one named first
KNOWN = frozenset(IN_ORDER)

# What looks like a slip of a word above, or like two of them run together, and is a word or name itself.
OTHER_WORDS = frozenset(
    """
    form three putin beta brian toll carbon essas eran dose sits chap hore slope pensi toko greta lira vist bets
    nede pens mots bons delas clam pots brani vado morn calis lair loko bobos lief salk weer heer rast bobs sadi
    pron crepe raed reda matra toady yera dels clim slak taek saem brun sinp coem lien lans lona baten haed peins
    lsat noen sono bene worte gerat beten visti
    colo romo ordre quiet alter altre staat fakta sober homme personen basak simpel berak cerdo makna borde dalal
    sonar selma serai entier exits genet luften needn penes sepak semper untied sault snogs kerne kashi
    profitable deadline priceless heartbeat hangout hangover burnout freestyle freeware freeland troubleshoot offbeat
    clickable refundable orderan visitando visitan mataron mataram matarme carefree trashcan backbeat dropshipping
    overkill investissent investissons breakbeat schiess schiesse giong alos
    """.split()  # noqa: SIM905 - a list of quoted words could not be read
)
