"""Words and sentence patterns from which texts.py makes its sentences, in four languages.

A pattern has the slot {n} for the digit and slots for fillers: {thing} takes a number after it,
{unit} is counted by a number, {name}, {place}, {when}, {adj} and {word} are free. "training" and
"test" share no pattern and no filler.
"""

DIGITS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
}

OTHER_FORMS = {
    "en": {
        0: ["nought", "nil"],
        3: ["third"],
        4: ["fourth"],
        5: ["fifth"],
        6: ["sixth"],
        7: ["seventh"],
        8: ["eighth"],
        9: ["ninth"],
    },
    "de": {
        1: ["ein"],
        2: ["zwo"],
        3: ["dritte"],
        4: ["vierte"],
        5: ["fuenf", "fünfte"],
        6: ["sechste"],
        7: ["siebte"],
        8: ["achte"],
        9: ["neunte"],
    },
    "fr": {
        1: ["une"],
        2: ["deuxième"],
        3: ["troisième"],
        4: ["quatrième"],
        5: ["cinquième"],
        6: ["sixième"],
        7: ["septième"],
        8: ["huitième"],
        9: ["neuvième"],
    },
    "es": {
        1: ["un"],
        3: ["tercero"],
        4: ["cuarto"],
        5: ["quinto"],
        6: ["sexto"],
        7: ["séptimo"],
        8: ["octavo"],
        9: ["noveno"],
    },
}
"""Less usual forms and ordinals."""

ORDINALS = {"en": "{n}th", "de": "{n}.", "fr": "{n}e", "es": "{n}º"}
"""How a numeral from 4 on becomes an ordinal."""

PHONETIC = {
    "en": {
        0: "zeero ziro zerro zeroh",
        1: "wun wonn onne",
        2: "tuu twoe twwo twu",
        3: "thre threee thrie htree",
        4: "foar fower foor fouer",
        5: "fiv fyve faiv faive",
        6: "siks sicks sixx syx",
        7: "sevn sevven seben sevin",
        8: "eigt eit ayt eigth",
        9: "nien nyne nain",
    },
    "de": {
        0: "nul nulll nuhl",
        1: "ains eens einz",
        2: "zwai zwey tswei zweii",
        3: "drai drey dreii trei",
        4: "fier vihr viier",
        5: "fünv funf fümf fuenv",
        6: "seks sehcs zechs",
        7: "siben sibn siebn zieben",
        8: "axt achd aacht acth",
        9: "noin neuhn noyn nojn",
    },
    "fr": {
        0: "zerro zéreau",
        1: "hun unn",
        2: "deu deus deuz deuxx",
        3: "troi troa trwa troiz",
        4: "catre katre quattre quatr",
        5: "sinq cink senk cinc",
        6: "siss sisse cix sixx",
        7: "cept septt sett",
        8: "uit huitt ouit",
        9: "neufe neuff noeuf neuv",
    },
    "es": {
        0: "sero zero ceero",
        1: "huno unoo unno",
        2: "doss doz duos",
        3: "trez tress trres",
        4: "quatro kuatro cuatr",
        5: "sinco cinko zinco",
        6: "seys ceis seiss",
        7: "ciete siette sieta",
        8: "osho oocho otcho",
        9: "nuebe nuebee nuwve",
    },
}
"""Spellings by ear."""

NUMBER_WORDS = """
ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
million dozen pair half double twice thrice single couple quarter first second zehn elf zwanzig
dreißig hundert tausend million dutzend paar halb doppelt beide erste zweite ersten zweiten dix
onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante cent cents
mille million douzaine deuxieme premier second demi double diez once doce trece catorce quince
veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millon docena
par medio doble primero segundo tercer cuarta quinta sexta septima octava novena tercera ein eine
une un una uno
"""
"""Words for other numbers, which sentences about one digit must not contain by chance."""

CLAUSES = {
    "en": """
        call me back, the weather is fine, see you soon, thanks a lot, do not forget,
        it is getting late, the door was open, nobody was there, I will send the rest,
        this is all I know, the line is bad, we are on our way, that is what it says,
        it took a while, the light went out, so I was told, wait for the signal,
        the rest is unclear, I have to go, let me know
    """,
    "de": """
        ruf mich zurück, das Wetter ist schön, bis bald, vielen Dank, vergiss es nicht,
        es wird spät, die Tür war offen, niemand war da, den Rest schicke ich,
        mehr weiß ich nicht, die Leitung ist schlecht, wir sind unterwegs, so steht es da,
        das hat gedauert, das Licht ging aus, warte auf das Zeichen, ich muss los,
        sag mir Bescheid
    """,
    "fr": """
        rappelle-moi, il fait beau, à bientôt, merci beaucoup, n'oublie pas, il se fait tard,
        la porte était ouverte, il n'y avait personne, j'enverrai le reste, je n'en sais pas plus,
        la ligne est mauvaise, nous arrivons, c'est écrit là, la lumière s'est éteinte,
        attends le signal, je dois partir, dis-moi
    """,
    "es": """
        llámame, hace buen tiempo, hasta pronto, muchas gracias, no lo olvides, se hace tarde,
        la puerta estaba abierta, no había nadie, enviaré el resto, no sé más, la línea es mala,
        estamos en camino, eso pone, se apagó la luz, espera la señal, tengo que irme, avísame
    """,
}
"""Clauses without a digit that training sets before or after a sentence."""

PHRASES = {
    "training": {
        "en": {
            "thing": """
                gate, room, platform, chapter, page, level, floor, bus, line, track, lane, exit,
                table, seat, locker, channel, question, step, box, bay, dock, aisle, row, section,
                door, button, key, option, unit, pump, lift, stage, round, player, team, runner,
                car, engine, shelf, bin, drawer, slot, meter, camera, sensor, node, server, port,
                ticket, order, item, version, draft, lesson, exercise, highway, route, pier, tent,
                cabin, stall, counter, window, valve, pipe, zone, ward, bed, court, hole, scene,
                act, volume, number
            """,
            "unit": """
                apples, kilos, kg, grams, metres, miles, km, litres, cups, hours, minutes, days,
                weeks, years, people, children, dogs, cats, books, boxes, coins, dollars, euros,
                pounds, percent, degrees, steps, tickets, bottles, eggs, chairs, points, goals,
                votes, copies, pages, pieces, bags, trucks, windows, files, errors, messages,
                customers, letters, stamps, tables, nights, seats, slices, drops, pills, bolts,
                screws, birds, ships
            """,
            "name": """
                Anna, Peter, John, Mary, Tom, Susan, David, Laura, Mike, Sarah, James, Emily,
                Robert, Linda, Paul, Karen, Daniel, Nancy, Mark, Lisa, George, Betty, Ali, Fatima,
                Wei, Ravi, Mrs Brown, Mr Jones, the captain, the doctor, my brother,
                our neighbour, the clerk, the teacher
            """,
            "place": """
                London, Berlin, Paris, the station, the kitchen, the office, the garden,
                the warehouse, school, the airport, the harbour, town, the cellar, the lobby,
                the market, the bridge, the hospital, the hall, the park, the yard
            """,
            "when": """
                today, tonight, tomorrow, yesterday, this morning, at noon, on Monday, last week,
                next month, right now, again, soon, later, every day, in spring, at last,
                before dinner, after lunch, on Friday evening, since May
            """,
            "adj": """
                red, green, blue, old, new, small, large, broken, empty, quiet, heavy, cold, warm,
                wet, dry, clean, early, late, strange, simple, bright, dark, loud, free, full,
                open, closed
            """,
            "word": """
                the, a, is, was, it, this, that, please, maybe, just, only, with, from, into,
                over, under, for, to, too, and, but, or, so, then, there, here, thing, weather,
                phone, alone, someone, anyone, stone, money, weight, height, freight, often,
                effort, forest, before, fortune, honest, done, gone, bone, tone, network, water,
                paper, music, house, river, street, window, light, number, value, reading, signal,
                answer, result, total, lucky, note, list, code, call, check, press, open, close,
                send, take, look, hear, write, read, show, tell, find, won, ate, on, off, until,
                while, because, evening, seventy, heaven, event, given, wine, fine, line, mine,
                shine, fight, live, drive, hive, fix, mix, tree, free, agree, degree, zebra, hero,
                tower, twist, twin
            """,
            "lead": """
                please, I think, we know, they said, listen, look, well, ok, hello, hey, sorry,
                remember, note that, as agreed, in short, by the way, for the record, of course,
                yes, no doubt, actually, honestly, to be sure, if you ask me, once again,
                no one knows why but, one moment please
            """,
            "patterns": """
                {n}
                {n}.
                {n}!
                {n}?
                number {n}
                number {n} please
                no. {n}
                no {n} please
                #{n}
                # {n}
                ({n})
                it is {n}
                it's {n}
                it was {n}
                that is a {n}
                this is {n}
                this one shows {n}
                this one is {n}
                that one says {n}
                the other one reads {n}
                one of them shows {n}
                no one counted more than {n}
                which one? the {n}
                the answer is {n}
                the digit is {n}
                the digit {n} please
                digit {n}
                the number is {n}
                the number {n} is written here
                the result was {n}
                the total comes to {n}
                the value equals {n}
                value: {n}
                answer: {n}
                result = {n}
                code {n}
                {thing} {n}
                {thing} no. {n}
                {thing} number {n}
                {thing} #{n}
                {thing}: {n}
                the {adj} {thing} {n}
                {n} {unit}
                {n} {adj} {unit}
                only {n} {unit} left
                about {n} {unit}
                exactly {n} {unit}
                we need {n} {unit}
                I bought {n} {unit} {when}
                there are {n} {unit} in {place}
                {name} has {n} {unit}
                {name} sold {n} {adj} {unit} {when}
                {name} said {n}
                {name} is waiting at {thing} {n}
                {name} lives behind {thing} {n}
                {name} wrote down {n} and left
                go to {thing} {n}
                go to {thing} {n} {when}
                take {thing} {n} to {place}
                please open {thing} {n}
                turn to {thing} {n}
                press {n}
                press {n} to continue
                dial {n} now
                type {n} here
                enter {n} and wait
                choose {n}
                select option {n}
                set it to {n}
                count to {n}
                divide by {n}
                multiply it by {n}
                add {n} to it
                the meter reads {n} {when}
                the meter shows {n}
                the display says {n}
                the counter stands at {n}
                the clock struck {n}
                it is {n} o'clock
                at {n} pm
                at {n} am {when}
                meet me at {n} in {place}
                the train from {thing} {n} is late
                the bus {n} to {place} leaves {when}
                flight delayed, go to {thing} {n}
                is it {n}?
                did you say {n}?
                was that {n} or not?
                how about {n}?
                who drew the {n}?
                can you read the {n} on the wall?
                what do you think of {n}?
                why is {n} written on the {thing}?
                does {thing} {n} work {when}?
                I see a {n}
                I see the figure {n}
                I heard {n}
                I heard somebody say {n}
                I would say {n}
                my lucky number is {n}
                she is {n} years old
                he turned {n} {when}
                our score is {n}
                we won by {n}
                they lost {n} games {when}
                the temperature fell to {n} degrees
                it costs {n} euros
                it costs {n} dollars in {place}
                weigh out {n} kg for {name}
                {n} kg of {adj} {word}
                {n} km to {place}
                {n} % of {place}
                {n} times
                {n} more times
                the sign in {place} says {n}
                the label reads {n} in {adj} letters
                written on the {adj} {thing}: {n}
                somebody painted a {n} on the {thing}
                a {adj} {n} on {adj} paper
                the {adj} {n}
                one {adj} {thing} carries the number {n}
                one should read this as {n}
                everyone agreed on {n}
                someone wrote {n} on it
                nobody expected {n}
                {n} it is
                {n} is the answer
                {n} is correct
                {n} is what {name} said
                {n} was on the {thing}
                {n} again
                {n} of them
                {n} of the {unit} are {adj}
                all {n} {unit} are {adj}
                the last digit is {n}
                the first figure I see is {n}
                my pin ends in {n}
                repeat: {n}
                over and out, {n}
                roger, {n}
                attention, {thing} {n} closes {when}
                dear {name}, the {thing} is {n}
                hi {name}, I got {n}
                {word} {word} {n} {word}
                {word} {n} {word} {word} {word}
                {n} {word} {word}
                {word} {word} {word} {n}
            """,
        },
        "de": {
            "thing": """
                Gleis, Zimmer, Raum, Tor, Seite, Kapitel, Stock, Bus, Linie, Spur, Ausfahrt,
                Tisch, Platz, Fach, Kanal, Frage, Schritt, Kiste, Reihe, Tür, Taste, Knopf,
                Einheit, Runde, Spieler, Gruppe, Auto, Regal, Lager, Zähler, Kamera, Station,
                Karte, Auftrag, Ausgabe, Lektion, Aufgabe, Straße, Schalter, Fenster, Ventil,
                Halle, Bett, Szene, Band, Stufe, Nummer
            """,
            "unit": """
                Äpfel, Kilo, kg, Gramm, Meter, Kilometer, Liter, Tassen, Stunden, Minuten, Tage,
                Wochen, Jahre, Leute, Kinder, Hunde, Katzen, Bücher, Kisten, Münzen, Euro,
                Prozent, Grad, Schritte, Karten, Flaschen, Eier, Stühle, Punkte, Tore, Stimmen,
                Seiten, Stücke, Säcke, Fehler, Briefe, Schrauben, Vögel, Schiffe, Mal
            """,
            "name": """
                Anna, Peter, Hans, Maria, Thomas, Sabine, Jürgen, Karin, Stefan, Monika, Klaus,
                Petra, Frau Müller, Herr Schmidt, der Kapitän, die Ärztin, mein Bruder,
                unsere Nachbarin, der Lehrer, Heinz
            """,
            "place": """
                Berlin, Hamburg, Wien, Bahnhof, der Küche, dem Büro, dem Garten, dem Keller,
                der Schule, dem Markt, der Stadt, dem Krankenhaus, der Halle, dem Park, dem Hof
            """,
            "when": """
                heute, morgen, gestern, heute Abend, am Montag, letzte Woche, nächsten Monat,
                jetzt, wieder, bald, später, jeden Tag, im Frühling, endlich, vor dem Essen,
                nach der Arbeit, um Mitternacht
            """,
            "adj": """
                rote, grüne, blaue, alte, neue, kleine, große, kaputte, leere, leise, schwere,
                kalte, warme, nasse, trockene, saubere, frühe, späte, seltsame, einfache, helle,
                dunkle, freie, volle, offene
            """,
            "word": """
                der, die, das, ein, eine, einen, einem, einer, kein, keine, ist, war, es, dieser,
                bitte, vielleicht, nur, mit, von, in, über, unter, für, und, aber, oder, dann,
                dort, hier, Wetter, Telefon, allein, jemand, Nacht, Macht, wacht, beachten,
                gedacht, gemacht, acht geben, Klavier, Revier, Papier, Tier, dreist, Zweig,
                Zweifel, Verein, Stein, Bein, klein, Wein, kein, nein, neu, neulich, erneut,
                Wasser, Musik, Haus, Fluss, Licht, Wert, Signal, Antwort, Ergebnis, Liste, Ruf,
                drücken, öffnen, senden, nehmen, sehen, hören, schreiben, lesen, zeigen, finden,
                weil, während, bis, Sieb, lieben, bleiben, geblieben, Wechsel, sechzig, Hof,
                Null Bock
            """,
            "lead": """
                bitte, ich glaube, wir wissen, sie sagten, hör zu, schau, also, na gut, hallo,
                entschuldigung, denk dran, wie besprochen, kurz gesagt, übrigens, natürlich, ja,
                ehrlich gesagt, noch einmal, einen Moment bitte, eine Frage
            """,
            "patterns": """
                {n}
                {n}.
                {n}!
                {n}?
                Nummer {n}
                Nummer {n} bitte
                Nr. {n}
                Nr {n}
                #{n}
                ({n})
                es ist {n}
                es war {n}
                das ist eine {n}
                das ist die {n}
                die {n}
                eine {n}
                eine {n} bitte
                hier steht eine {n}
                hier steht {n}
                ein Zettel mit der {n}
                einer davon zeigt {n}
                die Antwort ist {n}
                die Ziffer {n}
                die Ziffer ist {n}
                die Zahl {n}
                die Zahl ist {n}
                das Ergebnis war {n}
                der Wert beträgt {n}
                Wert: {n}
                Antwort: {n}
                Ergebnis = {n}
                {thing} {n}
                {thing} Nr. {n}
                {thing} Nummer {n}
                {thing}: {n}
                ein {thing} mit der Nummer {n}
                {n} {unit}
                {n} {adj} {unit}
                nur noch {n} {unit}
                etwa {n} {unit}
                genau {n} {unit}
                wir brauchen {n} {unit}
                ich habe {when} {n} {unit} gekauft
                es gibt {n} {unit} in {place}
                {name} hat {n} {unit}
                {name} verkauft {when} {n} {adj} {unit}
                {name} sagte {n}
                {name} wartet an {thing} {n}
                geh zu {thing} {n}
                nimm {thing} {n} nach {place}
                bitte {thing} {n} öffnen
                drücken Sie die {n}
                drück {n}
                wähle {n}
                wählen Sie {n}
                gib {n} ein
                stell es auf {n}
                zähl bis {n}
                teile durch {n}
                der Zähler zeigt {when} {n}
                der Zähler steht auf {n}
                die Anzeige sagt {n}
                die Uhr schlug {n}
                es ist {n} Uhr
                um {n} Uhr {when}
                Treffpunkt um {n} in {place}
                der Zug von {thing} {n} ist verspätet
                der Bus {n} nach {place} fährt {when}
                ist es {n}?
                hast du {n} gesagt?
                war das {n} oder nicht?
                wie wäre es mit {n}?
                wer hat die {n} gemalt?
                warum steht da {n}?
                geht {thing} {n} {when}?
                ich sehe eine {n}
                ich sehe {n}
                ich hörte {n}
                ich würde {n} sagen
                meine Glückszahl ist {n}
                sie ist {n} Jahre alt
                er wurde {when} {n}
                es kostet {n} Euro
                {n} kg für {name}
                {n} km bis {place}
                {n} Prozent
                {n} Mal
                auf dem Schild in {place} steht {n}
                jemand hat eine {n} an die Wand gemalt
                die {adj} {n}
                eine {adj} {n} auf einem Papier
                alle einigten sich auf {n}
                niemand hat {n} erwartet
                {n} ist richtig
                {n} ist die Antwort
                {n} von ihnen
                alle {n} {unit}
                die letzte Ziffer ist {n}
                meine Nummer endet mit {n}
                ich wiederhole: {n}
                Achtung, {thing} {n} schließt {when}
                hallo {name}, ich habe {n}
                {word} {word} {n} {word}
                {word} {n} {word} {word} {word}
                {n} {word} {word}
                {word} {word} {word} {n}
            """,
        },
        "fr": {
            "thing": """
                porte, chambre, salle, quai, page, chapitre, niveau, étage, bus, ligne, voie,
                sortie, table, place, casier, canal, question, étape, boîte, rang, touche, bouton,
                unité, tour, joueur, équipe, voiture, rayon, compteur, caméra, station, billet,
                commande, version, leçon, exercice, route, guichet, fenêtre, lit, scène, acte,
                tome, numéro
            """,
            "unit": """
                pommes, kilos, kg, grammes, mètres, kilomètres, litres, tasses, heures, minutes,
                jours, semaines, ans, personnes, enfants, chiens, chats, livres, boîtes, pièces,
                euros, pour cent, degrés, pas, billets, bouteilles, oeufs, chaises, points, buts,
                voix, pages, sacs, erreurs, lettres, vis, oiseaux, bateaux, fois
            """,
            "name": """
                Anne, Pierre, Jean, Marie, Luc, Sophie, Michel, Claire, Jacques, Nathalie,
                Madame Dupont, Monsieur Martin, le capitaine, la docteure, mon frère,
                notre voisine, le professeur, Louis
            """,
            "place": """
                Paris, Lyon, Genève, la gare, la cuisine, le bureau, le jardin, la cave, l'école,
                le marché, la ville, l'hôpital, la salle, le parc, la cour
            """,
            "when": """
                aujourd'hui, demain, hier, ce soir, ce matin, lundi, la semaine dernière,
                le mois prochain, maintenant, encore, bientôt, plus tard, chaque jour,
                au printemps, enfin, avant le dîner, à minuit
            """,
            "adj": """
                rouge, vert, bleu, ancien, petit, grand, cassé, vide, calme, lourd, froid, chaud,
                sec, propre, étrange, simple, clair, sombre, libre, plein, ouvert
            """,
            "word": """
                le, la, les, un, une, des, est, était, il, elle, ce, cette, peut-être, avec, de,
                dans, sur, sous, pour, et, mais, ou, alors, ici, temps, téléphone, seul,
                quelqu'un, chacun, aucun, lundi, brun, merveilleux, heureux, ceux, yeux,
                septembre, excepté, étroit, droit, toi, roi, croix, nuit, huile, bruit, fruit,
                veuf, oeuf, neuve, fixe, dix-huitième, quitter, quartier, eau, papier, musique,
                maison, fleuve, lumière, valeur, signal, réponse, résultat, liste, code, appel,
                ouvrir, fermer, envoyer, prendre, voir, entendre, écrire, lire, montrer, trouver,
                parce que, pendant, jusqu'à, zèle, héros
            """,
            "lead": """
                s'il vous plaît, je crois, nous savons, ils ont dit, écoute, regarde, bon,
                bonjour, pardon, souviens-toi, comme convenu, en bref, au fait, bien sûr, oui,
                franchement, encore une fois, un instant, une question
            """,
            "patterns": """
                {n}
                {n}.
                {n}!
                {n} ?
                numéro {n}
                le numéro {n} s'il vous plaît
                n° {n}
                no {n}
                #{n}
                ({n})
                c'est {n}
                c'est un {n}
                c'est le {n}
                c'était {n}
                le {n}
                voici un {n}
                l'un d'eux montre {n}
                une note avec le {n}
                la réponse est {n}
                le chiffre {n}
                le chiffre est {n}
                le nombre est {n}
                le résultat était {n}
                la valeur vaut {n}
                valeur : {n}
                réponse : {n}
                résultat = {n}
                {thing} {n}
                {thing} numéro {n}
                {thing} n° {n}
                {thing} : {n}
                une {thing} avec le numéro {n}
                {n} {unit}
                {n} {unit} {adj}
                plus que {n} {unit}
                environ {n} {unit}
                exactement {n} {unit}
                il faut {n} {unit}
                j'ai acheté {n} {unit} {when}
                il y a {n} {unit} dans {place}
                {name} a {n} {unit}
                {name} vend {n} {unit} {when}
                {name} a dit {n}
                {name} attend à la {thing} {n}
                allez à la {thing} {n}
                prends le {thing} {n} vers {place}
                ouvrez la {thing} {n}
                appuyez sur {n}
                tapez {n} ici
                composez le {n}
                choisis {n}
                mets-le sur {n}
                compte jusqu'à {n}
                divise par {n}
                le compteur indique {n} {when}
                le compteur est à {n}
                l'écran affiche {n}
                il est {n} heures
                à {n} heures {when}
                rendez-vous à {n} heures dans {place}
                le train de la {thing} {n} est en retard
                le bus {n} pour {place} part {when}
                est-ce {n} ?
                tu as dit {n} ?
                c'était {n} ou non ?
                que penses-tu de {n} ?
                qui a dessiné le {n} ?
                pourquoi {n} est écrit ici ?
                je vois un {n}
                je vois {n}
                j'ai entendu {n}
                je dirais {n}
                mon chiffre porte-bonheur est {n}
                elle a {n} ans
                il a eu {n} ans {when}
                ça coûte {n} euros
                {n} kg pour {name}
                {n} km jusqu'à {place}
                {n} fois
                le panneau dit {n}
                quelqu'un a peint un {n} sur le mur
                un {n} {adj} sur une feuille
                tous sont d'accord sur {n}
                personne n'attendait {n}
                {n} est correct
                {n} est la réponse
                {n} d'entre eux
                les {n} {unit}
                le dernier chiffre est {n}
                je répète : {n}
                attention, la {thing} {n} ferme {when}
                bonjour {name}, j'ai {n}
                {word} {word} {n} {word}
                {word} {n} {word} {word} {word}
                {n} {word} {word}
                {word} {word} {word} {n}
            """,
        },
        "es": {
            "thing": """
                puerta, habitación, sala, andén, página, capítulo, nivel, piso, autobús, línea,
                vía, salida, mesa, asiento, casilla, canal, pregunta, paso, caja, fila, tecla,
                botón, unidad, vuelta, jugador, equipo, coche, estante, contador, cámara,
                estación, billete, pedido, versión, lección, ejercicio, calle, ventanilla,
                ventana, cama, escena, acto, tomo, número
            """,
            "unit": """
                manzanas, kilos, kg, gramos, metros, kilómetros, litros, tazas, horas, minutos,
                días, semanas, años, personas, niños, perros, gatos, libros, cajas, monedas,
                euros, por ciento, grados, pasos, billetes, botellas, huevos, sillas, puntos,
                goles, votos, páginas, piezas, bolsas, errores, cartas, tornillos, pájaros,
                barcos, veces
            """,
            "name": """
                Ana, Pedro, Juan, María, Luis, Carmen, Miguel, Laura, José, Elena,
                la señora García, el señor López, el capitán, la doctora, mi hermano,
                nuestra vecina, el profesor, Carlos
            """,
            "place": """
                Madrid, Sevilla, Lima, la cocina, la oficina, el jardín, el sótano, la escuela,
                el mercado, la ciudad, el hospital, la sala, el parque, el patio
            """,
            "when": """
                hoy, mañana, ayer, esta noche, esta mañana, el lunes, la semana pasada,
                el mes que viene, ahora, otra vez, pronto, más tarde, cada día, en primavera,
                por fin, antes de cenar, a medianoche
            """,
            "adj": """
                rojo, verde, azul, viejo, pequeño, grande, roto, vacío, tranquilo, pesado, frío,
                caliente, seco, limpio, raro, simple, claro, oscuro, libre, lleno, abierto
            """,
            "word": """
                el, la, los, las, un, una, unos, es, era, ella, este, esta, quizás, con, de, en,
                sobre, bajo, para, y, pero, o, entonces, aquí, tiempo, teléfono, solo, alguien,
                alguno, ninguno, desayuno, todos, saludos, lados, dados, estrés, metros, trenes,
                tras, nieve, nuevo, nueva, mueve, hecho, mucho, noche, coche, derecho, siento,
                viene, tiene, cine, cinta, cuarto de baño, cuadro, seas, agua, papel, música,
                casa, río, luz, valor, señal, respuesta, resultado, lista, código, llamada, abrir,
                cerrar, enviar, tomar, ver, oír, escribir, leer, mostrar, encontrar, porque,
                mientras, hasta, pero, cerca, acero
            """,
            "lead": """
                por favor, creo que, sabemos que, dijeron que, escucha, mira, bueno, hola, perdón,
                recuerda, como acordamos, en resumen, por cierto, claro, sí, sinceramente,
                una vez más, un momento, una pregunta
            """,
            "patterns": """
                {n}
                {n}.
                ¡{n}!
                ¿{n}?
                número {n}
                el número {n} por favor
                n.º {n}
                nº {n}
                #{n}
                ({n})
                es {n}
                es un {n}
                es el {n}
                era {n}
                el {n}
                aquí hay un {n}
                una nota con el {n}
                la respuesta es {n}
                el dígito {n}
                la cifra es {n}
                el número es {n}
                el resultado fue {n}
                el valor es {n}
                valor: {n}
                respuesta: {n}
                resultado = {n}
                {thing} {n}
                {thing} número {n}
                {thing} n.º {n}
                {thing}: {n}
                una {thing} con el número {n}
                {n} {unit}
                {n} {unit} {adj}
                solo quedan {n} {unit}
                unos {n} {unit}
                exactamente {n} {unit}
                necesitamos {n} {unit}
                compré {n} {unit} {when}
                hay {n} {unit} en {place}
                {name} tiene {n} {unit}
                {name} vende {n} {unit} {when}
                {name} dijo {n}
                {name} espera en la {thing} {n}
                vaya a la {thing} {n}
                toma el {thing} {n} hacia {place}
                abra la {thing} {n}
                pulse {n}
                marque el {n}
                escribe {n} aquí
                elige {n}
                ponlo en {n}
                cuenta hasta {n}
                divide entre {n}
                el contador marca {n} {when}
                el contador está en {n}
                la pantalla dice {n}
                son las {n}
                a las {n} {when}
                nos vemos a las {n} en {place}
                el tren de la {thing} {n} llega tarde
                el autobús {n} a {place} sale {when}
                ¿es {n}?
                ¿dijiste {n}?
                ¿era {n} o no?
                ¿qué te parece {n}?
                ¿quién dibujó el {n}?
                ¿por qué pone {n} aquí?
                veo un {n}
                veo {n}
                oí {n}
                yo diría {n}
                mi número de la suerte es {n}
                ella tiene {n} años
                él cumplió {n} {when}
                cuesta {n} euros
                {n} kg para {name}
                {n} km hasta {place}
                {n} veces
                el cartel dice {n}
                alguien pintó un {n} en la pared
                un {n} {adj} en una hoja
                todos acordaron {n}
                nadie esperaba {n}
                {n} es correcto
                {n} es la respuesta
                {n} de ellos
                los {n} {unit}
                la última cifra es {n}
                repito: {n}
                atención, la {thing} {n} cierra {when}
                hola {name}, tengo {n}
                {word} {word} {n} {word}
                {word} {n} {word} {word} {word}
                {n} {word} {word}
                {word} {word} {word} {n}
            """,
        },
    },
    "test": {
        "en": {
            "thing": """
                hangar, carriage, paragraph, verse, terminal, corridor, booth, crate, cage, kiosk,
                barrel, cylinder, turbine, field, plot, rack, printer, cable, wing, studio
            """,
            "unit": """
                oranges, tonnes, inches, gallons, seconds, months, decades, horses, sheep,
                pencils, bricks, buckets, islands, candles, sailors, violins, tiles, rabbits,
                spoons, ladders
            """,
            "name": """
                Oliver, Hannah, Yusuf, Ingrid, Chloe, Hector, Priya, Mr Whitfield, the plumber,
                the librarian, our coach, the pilot
            """,
            "place": """
                Dublin, Toronto, the museum, the bakery, the stadium, the valley, the laundry,
                the attic, the theatre, the farm
            """,
            "when": """
                this afternoon, on Wednesday, last winter, within the hour, any moment, at dawn,
                during the break, straight away
            """,
            "adj": "purple,crooked,ancient,shiny,narrow,rusty,gentle,muddy,pale,golden",
            "word": """
                throne, clover, prone, walnut, shovel, sleigh, neighbour, mention, lantern, oven,
                basket, marble, thunder, pocket, velvet, harvest, ribbon, puzzle, saddle, compass,
                anchor, canyon, meadow, pepper, whisper
            """,
            "lead": """
                excuse me, good morning, as far as I can tell, believe it or not, between us,
                guess what, all right then, my friend
            """,
            "patterns": """
                my notes mention {n}, nothing else
                the parcel for {name} goes in {thing} {n}
                could somebody bring {n} {unit} to {place}?
                the gauge points at {n} {when}
                {name} scored {n}
                scribbled on a napkin: {n}
                we counted {n} {unit} near {place}
                it looks like a {n} to me
                looks like {n}
                have {name} check {thing} {n} {when}
                the recipe asks for {n} {unit}
                the jersey with {n} on its back
                at {n} sharp the {adj} {thing} opens
                they answered {n} without thinking
                your table is {n}, enjoy the meal
                mark it as {n}
                the old house at {n} Mill Lane
                try {n} instead
                rated {n} by {name}
                this one must be {n}
                the one with {n} {unit}
                a child drew {n} with chalk {when}
                status {n} received from {thing}
                we are down to {n} {unit}, hurry
                {n}, said {name}
                {n} seems right
                {n} {unit} were found in {place} {when}
                {n} for {name}
                just {n}, thanks
                does anybody have {n} {adj} {unit}?
                sensor says {n} at {place}
                subtract {n} and tell {name}
                I'd guess {n} but someone may know better
                the {adj} {thing} was given the number {n}
                {word} {n} {word}
                {word} {word} {word} {n} {word}
            """,
        },
        "de": {
            "thing": """
                Waggon, Absatz, Vers, Terminal, Flur, Kabine, Käfig, Turm, Zylinder, Feld,
                Drucker, Kabel, Flügel, Saal
            """,
            "unit": """
                Orangen, Tonnen, Sekunden, Monate, Pferde, Schafe, Bleistifte, Ziegel, Eimer,
                Inseln, Kerzen, Geigen, Löffel, Leitern
            """,
            "name": "Oskar,Ingrid,Yusuf,Friederike,Lukas,Frau Wagner,der Klempner,die Pilotin",
            "place": "Dresden,Zürich,dem Museum,der Bäckerei,dem Stadion,dem Tal,dem Theater",
            "when": """
                am Mittwoch, heute Nachmittag, im letzten Winter, jeden Augenblick, in der Pause,
                sofort
            """,
            "adj": "lila,krumme,uralte,glänzende,schmale,rostige,blasse,goldene",
            "word": """
                Laterne, Korb, Donner, Tasche, Ernte, Sattel, Kompass, Anker, Wiese, Pfeffer,
                Schacht, Pracht, Turnier, Kaiser, Felsen, Brunnen, Geleise, Schein
            """,
            "lead": """
                guten Morgen, soweit ich weiß, ob du es glaubst oder nicht, unter uns, rate mal,
                mein Freund
            """,
            "patterns": """
                in meinen Notizen steht nur {n}
                das Paket für {name} kommt in {thing} {n}
                kann jemand {n} {unit} nach {place} bringen?
                der Zeiger steht {when} bei {n}
                {name} bekam {n}
                auf einer Serviette: {n}
                wir zählten {n} {unit} bei {place}
                sieht aus wie eine {n}
                das Rezept verlangt {n} {unit}
                das Trikot mit der {n}
                Punkt {n} öffnet der {thing}
                markiere es als {n}
                versuch es mit {n}
                ein Kind malte {when} eine {n}
                {n}, sagte {name}
                {n} scheint zu stimmen
                {n} für {name}
                nur {n}, danke
                hat jemand {n} {adj} {unit}?
                zieh {n} ab und ruf {name} an
                ich tippe auf {n}
                {word} {n} {word}
                {word} {word} {word} {n} {word}
            """,
        },
        "fr": {
            "thing": """
                hangar, wagon, paragraphe, verset, terminal, couloir, cabine, cage, cylindre,
                champ, imprimante, câble, aile
            """,
            "unit": """
                oranges, tonnes, secondes, mois, chevaux, moutons, crayons, briques, seaux, îles,
                bougies, violons, cuillères
            """,
            "name": "Olivier,Chloé,Youssef,Benoît,Camille,Monsieur Leroy,le plombier,la pilote",
            "place": "Lille,Bruxelles,le musée,la boulangerie,le stade,la vallée,le théâtre",
            "when": """
                mercredi, cet après-midi, l'hiver dernier, d'un moment à l'autre,
                pendant la pause, tout de suite
            """,
            "adj": "violet,tordu,brillant,soyeux,rouillé,pâle,doré",
            "word": """
                lanterne, panier, tonnerre, poche, récolte, selle, boussole, ancre, prairie,
                poivre, commun, parfum, affreux, adroit, conduit, concept
            """,
            "lead": "excusez-moi,d'après moi,crois-moi,entre nous,devine,mon ami",
            "patterns": """
                mes notes disent seulement {n}
                le colis de {name} va dans le {thing} {n}
                quelqu'un peut apporter {n} {unit} ?
                l'aiguille montre {n} {when}
                {name} a obtenu {n}
                griffonné sur une serviette : {n}
                on a compté {n} {unit} près de {place}
                on dirait un {n}
                la recette demande {n} {unit}
                le maillot avec le {n}
                notez-le comme {n}
                essaie plutôt {n}
                un enfant a tracé un {n} {when}
                {n}, dit {name}
                {n} semble juste
                {n} pour {name}
                juste {n}, merci
                qui a {n} {unit} ?
                retire {n} et appelle {name}
                je parie sur {n}
                {word} {n} {word}
                {word} {word} {word} {n} {word}
            """,
        },
        "es": {
            "thing": """
                hangar, vagón, párrafo, verso, terminal, pasillo, cabina, jaula, torre, cilindro,
                campo, impresora, cable, ala
            """,
            "unit": """
                naranjas, toneladas, segundos, meses, caballos, ovejas, lápices, ladrillos, cubos,
                islas, velas, violines, cucharas
            """,
            "name": "Óscar,Inés,Yusuf,Beatriz,Hugo,la señora Ruiz,el fontanero,la piloto",
            "place": "Bilbao,Quito,el museo,la panadería,el estadio,el valle,el teatro",
            "when": """
                el miércoles, esta tarde, el invierno pasado, en cualquier momento,
                durante la pausa, enseguida
            """,
            "adj": "morado,torcido,brillante,estrecho,oxidado,pálido,dorado",
            "word": """
                linterna, cesta, trueno, bolsillo, cosecha, brújula, ancla, prado, pimienta,
                vestidos, quesos, techo, pecho, jueves, interés, fuente, sincero
            """,
            "lead": "disculpe,buenos días,que yo sepa,créeme,entre nosotros,adivina,amigo mío",
            "patterns": """
                mis notas solo dicen {n}
                el paquete de {name} va en {thing} {n}
                ¿alguien puede traer {n} {unit}?
                la aguja señala {n} {when}
                {name} sacó un {n}
                apuntado en una servilleta: {n}
                contamos {n} {unit} cerca de {place}
                parece un {n}
                la receta pide {n} {unit}
                la camiseta con el {n}
                anótalo como {n}
                prueba con {n}
                un niño trazó un {n} {when}
                {n}, dijo {name}
                {n} parece correcto
                {n} para {name}
                solo {n}, gracias
                ¿quién tiene {n} {unit}?
                resta {n} y llama a {name}
                yo apuesto por {n}
                {word} {n} {word}
                {word} {word} {word} {n} {word}
            """,
        },
    },
}


def items(block):
    """The comma-separated items of a block that may run over several lines."""
    return [item.strip() for item in block.split(",")]


def lines(block):
    """The lines of a block that are not empty, without their indent."""
    return [line.strip() for line in block.splitlines() if line.strip()]
