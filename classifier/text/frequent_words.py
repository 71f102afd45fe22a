"""The most frequent words of four letters and more in comments of nine languages, folded as the normaliser folds them.

They let a disguise be undone in a text whose every word is disguised. They were counted over the data that may ship,
without names; none counts for or against a comment by standing here. Words that people disguise: `known_words`.
"""

from __future__ import annotations

FREQUENT = tuple(
    """
    blog site page white talk someone articles sure information help since check actually black next happy maybe
    name anyone point using real change guys mean already used trying edit though around yeah watch mind wrong left
    news thought enough issue looking suggest different against fact probably through book wanted problem getting
    learn wait without care place makes wish both points saying continue show pretty girl once talking stuff seems
    excellent support matter else style state agree reason greetings hard understand leave having either future true
    part perhaps others group making source send perfect reply sharing video plans start girls advice theme case
    looks added loaded definitely kind during word written simple discussion history least views info appreciate
    however interesting section together seen president sources break guess certainly internet question hell
    everything damn works finally topic idea simply full service changes rather along racist pages course share
    reading night edits government ahead list exactly remember provide editing media personal went vote create
    instead game high ignorant decided means similar example issues gets quick fast move view friends crap deal
    story coming words removed crazy above female writing referring suck completely rich mention play cause fine
    kept songs quite anti taking previous bored term message recommend content thinking freedom sense important less
    correct anyway superb second driving line comes enjoy within stay seem class given absolutely deleted current
    myself loved truth lunch blocked party almost fantastic desire wonder present countries balance started awesome
    funny later amazing block themselves heard suggesting song child welcome calling useful friend opinion letting
    except appropriate single clear race self subject okay attack attention seriously lost public become especially
    reminds appreciated several liberal sounds spam power enjoyed each poor able image fair following effective
    wonderful loving political clearly longer shout based lately editors audio open compared shared design side hear
    follow subscription newsletter account whatever usually bring unless note states looked asked visited dude
    colors telling ones half cheers young music stand rest police clever tried certain remove goes reliable bunch
    meet picture easy hosting answer links taken policy possible standard provider company lives statement reference
    roommate watching past fool speak system books extremely marked sort original delete mail whether suggestions
    analyzing browsers baby regarding himself known particular report ridiculous social shows created stupidity
    facts plugin whites editor obviously business interested behind truly small three immediately further vandalism
    happened date realize illegal control stick evidence happen greatest worth heart office allowed shithole close
    usual individuals favorite turn entire mobile forward request gave helpful living main consensus alone rights
    allow fake wondering evil democrats named couple needed short changed individual included nonsense fight
    enjoying national surprised chance miss imagine appearance lets project language male problems months hand super
    dear million tonight references silly checked posted bill hold therefore lying speech folks explain eyes sites
    quality middle hours paragraph including feature waiting morning giving lead mine joke worse likely status
    liberals often community version south none sent crime research review town build consider nation sometimes
    asking respect feed special area seeing argument society earth anyways itself sentence channel sign finding
    considered deletion paid knowledge difficult near notice glad running outside pass fairly happens ready forget
    common difference usability hair mentioned action sexual huge fire late worst guide gives questions although
    expect visual literally pick parents response adding politics sucks otherwise courage opinions thus saved
    multiple form wing details fuckin insane trust save loves body lies plus apparently trouble meant serious
    material lady exist address anymore straight thread claims protect noticed false movie water takes total doubt
    supposed united currently prior daily join playing biggest actual general third tenor honest election basically
    across british sound process reality early college plan team throw curious force users military reverted decent
    tips involved totally banned flag indeed test lots relevant sleep drop voted hands faster interest reasonable
    troll notable beautiful games strong kindly recent younger fools putting street supply related born search
    useless tired include blogs addition chong land daughter moved luck rules revert images china walk return ching
    hurt constantly nicht auch sind sich eine wenn aber noch dass werden haben wird schon kann oder dann mehr doch
    keine einen immer muss diese jetzt alle uber sein mich gibt nach wurde wieder gegen heute einer geht alles welt
    ihre kein hier nichts denn mussen macht menschen habe ware konnen warum meine unsere frauen machen durch sollte
    weil hatte frau einfach einem gerade euch wollen recht leben seit viel dieses besser zeit ohne liebe lassen
    weiter feldenfrizz athinamala thomasgbauer grunen mountainman genau sehr sondern danke politik beck ihnen dafur
    europa kommt eigentlich diesen nasanasal charlie silve politiker erst endlich darf dieser steht machtjanix volk
    jeder geld andere pour faire dans avec mais espece foutre vous comme etre sont fait suis sale bien vais tout
    aussi cette tous quand rire quoi vraiment nous etait pourquoi contre juste gros fais peut rien dire alors faut
    encore peux donc jamais pute bordel merci avoir autre veux deja sans trop mort leur bite sais mere pense quel
    monde france espere parce etes arrete voir pays toujours tres violence petit maintenant parle apres temps
    terrorisme enfoire fils fois deux tuer aime gens depuis personne avant femme font soit coup salut sous como para
    esta articulo pero este saludos hola porque gracias pagina solo nada sobre discusion todo favor parece tambien
    tiene cuando aqui hacer saludo algo todos esto ahora hace creo estoy usuario articulos bueno donde otra puede
    ademas tiempo parte dice mismo estas informacion eres mejor menos hecho desde tengo pues quien decir verdad
    mucho nombre otro cuenta poco otros alguien anos caso antes cosas sido muchas tanto historia sino cual siempre
    estan tienes texto aunque hasta claro gran tienen tema despues seria mensajes edicion visto nuevo trabajo estos
    deberia falta gente pais poner espanol mundo nunca isso minha muito essa cara voce mesmo tudo quando quem ainda
    mano fazer lixo coisa vida casa assim hoje agora ficar tenho deus pode feio pessoas fica feia fala sempre pessoa
    demais tava alguem queria quer tomar sabe falar pelo coisas olha dele carai quero foda ninguem cada toda entao
    pariu eles mulher desse filho falando acho tinha dessa homem hora melhor tambem foto dois depois fazendo comigo
    essas odeio ontem nossa filha sono anche della ciao perche questo nella essere fatto delle grazie cosa questa
    fare cosi tutti utente quanto quindi dell prima altro quello stato bene scritto proprio voci pure meglio tutto
    quella senza discussione molto ogni comunque altri qualche nome altre dalla puoi tempo tutte sulla ancora fonti
    stesso cose lavoro utenti sembra pagine sarebbe secondo modo detto allora stata pare vuoi dato posso invece
    qualcuno degli credo dove certo meno hanno modificare modifiche scusa avevo buon icin olarak daha mesaj merhaba
    gibi tesekkurler degil madde lutfen ancak eger olan calismalar kullanici bilgi diye ilgili diger sonra sadece
    veya sayfasinda kadar benim kaynak sekilde yani ederim bunu ayrica hakkinda olur kolay ileti baska ayni oldugunu
    telif degisiklik zaman biraz tesekkur gore yeni oldugu nasil boyle sizin katkida size geri uygun gelsin bana
    selam tartisma neden zaten kendi cunku dogru yerine burada bazi sayfa selamlar dusunuyorum tarafindan bile bence
    tekrar fazla arada fakat maddede sayfasina simdi yang sama bisa banget dari bikin tapi udah lagi mantap jadi
    kalo juga langsung buat orang baru konten coba banyak terus selalu hadir pasti makan pake saya bukan emang kalau
    kayak semua pernah lebih kaya keren cuma enak liat anak menang jangan besar sekali mana hari masih dengan rezeki
    kasih ikan tidak kita bener gitu pada sekarang seru dong atau biasa nonton nggak punya paling lain kali dulu
    masak kepiting beda mirip pertama cewek sehat satu gini чтобы если есть может только здесь просто сейчас будет
    можно быть когда всего которые время всем более меня здравствуйте нажмите было свой день деньги сегодня всех
    очень нужно сайт можете больше онлайн вашего людей хотите спасибо этом получить этого много пожалуйста даже себя
    другие надо этот тоже сообщение теперь жизнь также сделать люди свои ваши наших который свою человек обеспечение
    после привет бизнес программное один информацию наши вашей способ помощь нашей добрый через будут были того этой
    прямо многие тогда письмо адрес жизни года пока информации ниже потому хорошо могу компания несколько которая
    компании клиентов была электронной помочь времени ваша именно либо ваше поэтому бесплатно часов вами общины
    почты обеспечения
    """.split()  # noqa: SIM905 - a list of quoted words could not be read
)
