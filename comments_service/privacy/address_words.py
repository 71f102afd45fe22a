"""The words and endings by which written-out addresses are told from everyday sentences. Data for hide.py."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# "at" and "dot" as people spell them out; those of scripts without spaces are apart.
AT_WORDS = (
    "at sign|at-sign|at symbol|at|arroba|arobase|arobas|chiocciola|klammeraffe|apenstaartje|snabel-a|zavináč|zavinac"
    "|kukac|małpa|malpa|собака|собачка|παπάκι"
)
AT_WORDS_UNSPACED = "アットマーク|アット|골뱅이|艾特"
DOT_WORDS = (
    "dot|d0t|period|punkt|punto|ponto|point|punct|punt|точка|тчк|kropka|tečka|tecka|bodka|piste|prik|nokta|τελεία"
)
DOT_WORDS_UNSPACED = "ドット|点|點|닷|점"

# Endings that names of files, units and versions have and no mail domain has (md, py, sh are countries as well).
FILE_ENDINGS = _set(
    "png jpg jpeg gif webp svg bmp ico tif tiff heic psd pdf txt doc docx xls xlsx ppt pptx odt ods rtf epub json"
    " yaml yml toml xml html htm xhtml css scss less js mjs cjs ts jsx tsx vue php asp aspx jsp exe dll msi deb rpm"
    " tar gz tgz bz2 7z xz rar iso img mp3 mp4 avi mkv m4a wav ogg flac webm c h cpp hpp cxx cs java class jar"
    " rb go kt swift lua sql db sqlite csv tsv parquet log ini cfg conf env bak tmp lock ipynb wasm map min"
    " service socket timer target mount slice scope path device woff ttf eot pem crt key patch diff orig"
)
FILE_OR_COUNTRY = _set("py md pl rs sh so ai ps cc mk ml zip mov app")
VERSION_WORDS = _set("alpha beta rc dev pre post next canary snapshot final release stable nightly latest x lts")

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd"
    " cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge"
    " gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh"
    " ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw"
    " mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb"
    " sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk"
    " us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
COMMON_TOP = _set(
    "com net org edu gov mil int info biz name pro mobi coop aero museum jobs tel travel xxx asia cat post app dev page"
    " online site shop store tech blog cloud email mail live life world today news xyz club icu vip top example test"
    " invalid local internal lan localhost"
    " berlin hamburg koeln wien bayern nrw swiss london scot wales paris bzh alsace nyc tokyo amsterdam brussels quebec"
    " istanbul moscow gmbh ltd inc llc ngo ong eco bio agency consulting solutions studio design media systems digital"
    " network group company foundation academy school university college health law church press radio art music film"
    " photo space website fun one zone social chat team works earth house farm wiki science space family"
    " рф укр бел онлайн москва 中国 公司 网络 世界 한국"
)
KNOWN_TOP = COMMON_TOP | _set(_COUNTRIES)
# Endings that are also everyday words: "a dress at polka dot in size 10" is no address in India, and
# "see you @ home . la vie est belle" none in Laos.
ENGLISH_WORDS = _set(
    "am as at be by do go id in is it me my no of on or pa so to us app page name post cat live life world today news"
    " top pro club site shop store online blog mail test example local email travel jobs one space fun art music film"
    " photo press radio church law health school university college academy foundation company group network digital"
    " systems media design studio solutions agency family house farm science team works earth zone social chat website"
    " wiki"
)
EVERYDAY_WORDS = ENGLISH_WORDS | _set("ad ai ca co de es et fm ie il im io la le pm re se si st su va ve")

PROVIDERS = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|aol|proton|protonmail|pm|gmx|web|mail|yandex"
    r"|ya|rambler|bk|inbox|list|qq|163|126|sina|naver|daum|hanmail|zoho|fastmail|tutanota|posteo|t-online|freenet"
    r"|orange|wanadoo|laposte|libero|virgilio|seznam|wp|o2|interia|uol|terra|comcast|verizon|att|btinternet|hey)"
    r"(?:\.(?:com|net|org|co|de|fr|it|es|ru|ua|pl|cz|cn|br|uk|jp|in|me|ch|at|be|nl)){1,2}",
    re.IGNORECASE,
)
MAIL_CONTEXT = re.compile(
    r"\b(?:e-?mail\w*|mail|mailto|contact\w*|reach|reached|write|address|inbox|correo|contacto|adresse|anschrift"
    r"|kontakt|courriel|indirizzo|почт\w*|мыл\w*|адрес)\b|邮箱|郵箱|メール|메일",
    re.IGNORECASE,
)

# Words that stand before "at" in sentences: "look at", "the office at", "join us at".
BEFORE_AT = _set(
    "a about address after again all always am amazed an and angry annoyed another any anyone appear appeared are"
    " around arrive arrived article articles as ask at attend available away awful bad bark based be because been"
    " began begin best better big book bought but buy call calls can cheap check class classes clearly closed come"
    " comes community company concert conference crew day deal deals desk details dine dinner directly discount do"
    " documentation documented does doing done down drinks early eat editor editors else end ended event ever everyone"
    " everything excellent exhibit expert fair far festival find fire first fix folks follow for forum found free from"
    " fun game gathering gaze get getting glad glance go goes going good got great guy guys half happened happens happy"
    " hard has have he held help her here him his home hosted hours how i if in instead interview is issue it items its"
    " job join joined just keep kept know last late later laugh laughed launch learn least let life like link list"
    " listed live lived lives located look looked looking looks lots lunch mad made man manager many me meet meeting"
    " meetings meets members met minister money more most movie music my near new news next nice no not note nothing"
    " now of off office often on once one online only open opened opening or order our out over page pages paid party"
    " people person photo photos piece place play played playing please point policy posted posts present price prices"
    " product products program project published purchase questions rather read reading ready recipe records register"
    " registered remain resort review right room sale sales say scream screening section see seen sell sells sent"
    " session she shoot shop shopping shot shouted show shown shows sign sit site sits smile so sold some someone"
    " something soon speak speaker speaking spoke staff stand stare stared start started starting starts stay stayed"
    " still stop store story student students studied study studying stuff subscribe sure surprised take talk talked"
    " talking teach teaches team tell than that the their them then there these they thing things this thread"
    " throw thrown tickets time today together tomorrow tonight too top tour try tune up us version video videos"
    " view visit visited volunteer wait waiting war was watch watched we website week well went were what when where"
    " which while who will with woman won work worked worker working works worth writer writes yell yelled yesterday"
    " yet you your yours"
)
NO_DOMAIN = _set(
    "a all an any both each every half her his its least most my no once one our some that the their these this those"
    " which your"
)
