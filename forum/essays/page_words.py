"""The words that stand around a text on a page, in the languages in which pages come."""

import re


def listed(text: str) -> frozenset[str]:
    """Return the words or phrases between the commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


MONTHS = listed("""
    jan, january, feb, february, mar, march, apr, april, may, jun, june, jul, july, aug, august, sep,
    sept, september, oct, october, nov, november, dec, december,
    gen, gennaio, febbraio, marzo, aprile, mag, maggio, giu, giugno, lug, luglio, ago, agosto, set,
    settembre, ott, ottobre, novembre, dic, dicembre,
    janv, janvier, févr, février, mars, avr, avril, mai, juin, juil, juillet, août, septembre, octobre,
    déc, décembre,
    januar, februar, märz, mär, juni, juli, okt, oktober, dez, dezember,
    ene, enero, febrero, abr, abril, mayo, junio, julio, septiembre, octubre, noviembre, diciembre
""")
AROUND_MONTHS = listed("""
    mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun,
    monday, tuesday, wednesday, thursday, friday, saturday, sunday,
    lun, mar, mer, gio, ven, sab, dom, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica,
    st, nd, rd, th, of, the, on, at, il, lo, alle, ore, h, am, pm, le, à, de, del, el, um, uhr, utc, gmt,
    cet, cest
""")
# They may begin with a small letter in a name.
PARTICLES = listed("""
    and, e, et, und, y, &, de, di, da, del, della, dei, degli, du, des, van, von, der, den, la, le, al, bin,
    ibn, ter
""")
# Links and buttons that stand between the author's name and the text.
HEAD_BUTTONS = listed("""
    follow, following, share, listen, save, like, print, email, admin, writer, author, editor, subscribe,
    segui, condividi, ascolta, salva, stampa, suivre, partager, folgen, teilen
""")
# Said alone above a title, these are the page's menu.
MENU = listed("""
    skip to content, skip to main content, skip to top of page, all posts, log in, log in / sign up, sign
    up, menu, search, vai al contenuto, tutti i post, accedi, accedi / registrati, cerca
""")
# Said alone on a line below a text, each of these belongs to the page.
FOOT_BUTTONS = listed("""
    comments, comment, write a comment, add a comment, leave a comment, post a comment, leave a reply,
    join the conversation, no comments, no comments yet, be the first to comment, log in to leave a
    comment, share, share this, share this post, like, like this, likes, views, reply, save, print,
    follow, subscribe, newsletter, tags, post not marked as liked, log in, login, log in / sign up, sign
    up, sign in, sort by, newest, oldest, loading, see all, show more, load more, read more, recent posts,
    related posts, all posts, more posts, you may also like, previous post, next post, older posts, newer
    posts, back to top, all rights reserved, privacy policy, cookie policy, terms of use, terms of
    service, no ratings yet, add a rating, about the author, commenti, commento, scrivi un commento,
    lascia un commento, aggiungi un commento, nessun commento, condividi, mi piace, visualizzazioni,
    rispondi, accedi, registrati, iscriviti, accedi / registrati, ordina per, più recenti, mostra tutti,
    vedi tutti, mostra altro, post recenti, articoli recenti, post correlati, articoli correlati, tutti i
    post, post precedente, post successivo, articolo precedente, articolo successivo, torna su, tutti i
    diritti riservati, informativa sulla privacy, post non contrassegnato con mi piace, il post non è
    contrassegnato con mi piace, informazioni sull'autore, etichette, tag, commentaires, laisser un
    commentaire, rédiger un commentaire, partager, j'aime, se connecter, posts récents, voir tout,
    kommentare, kommentar verfassen, schreibe einen kommentar, teilen, gefällt mir, anmelden, aktuelle
    beiträge, alle ansehen
""")
# Below these stand titles of other posts, which nothing but their place gives away.
LISTS = listed("""
    recent posts, related posts, more posts, see all, you may also like, post recenti, articoli recenti,
    post correlati, articoli correlati, vedi tutti, mostra tutti, posts récents, voir tout, aktuelle
    beiträge, alle ansehen
""")

NUMERIC_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?:[T ,]+\d{1,2}:\d{2}\S{0,20})?")
RELATIVE_DATE = re.compile(
    r"""(?:\d{1,3}|an?|un[oa]?)[ ]?
        (?:[dhm]|sec|min|hours?|days?|weeks?|months?|years?|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi])
        [ ](?:ago|fa)
      | \d{1,3}[ ]?[dhw] | il[ ]y[ ]a[ ]\d{1,3}[ ]\w{1,10} | today | yesterday | oggi | ieri""",
    re.IGNORECASE | re.VERBOSE,
)
READING_TIME = re.compile(
    r"""(?:reading[ ]time|read[ ]time|tempo[ ]di[ ]lettura|temps[ ]de[ ]lecture|lesezeit
          |tiempo[ ]de[ ]lectura)
        \W{1,3}(?:circa[ ]|about[ ]|ca\.?[ ]|~)?\d{1,3}[ ]?(?:m|min|mins|minut\w{0,3})\.?
      | [<~]?\d{1,3}[ -]?(?:m|min|mins|minut\w{0,3})\.?
        (?:[ ](?:read|reading[ ]time|di[ ]lettura|de[ ]lecture|lesezeit|de[ ]lectura))?""",
    re.IGNORECASE | re.VERBOSE,
)
UPDATED = re.compile(
    r"""(?:last[ ]|ultimo[ ])?
        (?:updated|edited|modified|aggiornat[oa]|aggiornamento|modificat[oa]|mis[ ]à[ ]jour|aktualisiert
          |actualizado)
        (?:[ ](?:on|il|le|am|el))?[ ]?:?[ ]?""",
    re.IGNORECASE | re.VERBOSE,
)
PUBLISHED = re.compile(
    r"""(?:(?:first[ ])?published|posted|date|pubblicat[oa]|data|publié|veröffentlicht|publicado)
        (?:[ ](?:on|il|le|am|el))?[ ]?:?[ ]?""",
    re.IGNORECASE | re.VERBOSE,
)
BY = re.compile(
    r"""(?:(?:written|posted|published|words|text|story|scritto|pubblicato|testo|écrit|geschrieben)[ ])?
        (?:by|di|par|von|por)(?:[ ]?:[ ]?|[ ])
      | (?:scritto|pubblicato|testo)[ ]da[ ] | (?:author|autore|autrice|auteur|autor(?:in)?)[ ]?:[ ]?""",
    re.IGNORECASE | re.VERBOSE,
)
WRITTEN_BY = re.compile(
    r"(?:written by|scritto da|écrit par|geschrieben von):? .{1,80}",
    re.IGNORECASE,
)
COUNT = re.compile(r"\d[\d.,]{0,9} ?[km]?", re.IGNORECASE)
COUNTED = r"""
    (?:views?|likes?|comments?|shares?|reads?|claps?|responses?|repl(?:y|ies)|visualizzazion[ei]|comment[oi]
      |mi[ ]piace|condivision[ei]|vues?|commentaires?|j['\u2019]aime|aufrufe|kommentare?)
"""
FOOT_SAYINGS = re.compile(
    rf"""(?:\d[\d.,]{{0,9}}[ ]?[km]?|no|one|nessun[oa]?|un[oa]?)[ ]{COUNTED}
      | {COUNTED}[ ]?[:(]?[ ]?\d[\d.,]{{0,9}}\)?
      | ©.{{0,150}} | copyright\b.{{0,20}}\d{{4}}.{{0,100}}
      | (?:post[ ]not[ ]marked[ ]as[ ]liked|il[ ]post[ ]non[ ]è[ ]contrassegnato[ ]con[ ]mi[ ]piace)
        [ ]?\d{{0,7}}
      | rated[ ]\d(?:\.\d)?[ ]out[ ]of[ ]\d[ ]stars?\.? | (?:rating|valutazione):[ ]\d.{{0,30}}
      | (?:powered[ ]by|proudly[ ]created[ ]with|filed[ ]under|share[ ]on|condividi[ ]su)[ ].{{1,60}}
      | (?:sort[ ]by|ordina[ ]per|tags?|etichette|filed[ ]under):.{{1,80}}
      | (?:\#\w{{1,40}}[ ]?){{1,20}}""",
    re.IGNORECASE | re.VERBOSE,
)
