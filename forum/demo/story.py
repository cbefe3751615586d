"""What happens in the demo: who comes, who opens threads, who says what to whom, and what becomes of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from random import Random
from textwrap import shorten

from sqlalchemy import select, update

from forum.accounts.actions import roles
from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.markdown import plain
from forum.core.text import skeleton
from forum.demo import hearing, numbers, rewording
from forum.demo.arranging import settings
from forum.demo.beginnings import beginnings
from forum.demo.citing import CITED, citings
from forum.demo.days import Days
from forum.demo.flagging import flags
from forum.demo.heated import ANSWERS
from forum.demo.mending import mends
from forum.demo.moves import moves
from forum.demo.readers import choices, first_visits, last_visits
from forum.demo.words import Words
from forum.essays import queries as essays
from forum.essays.actions import publish
from forum.essays.importing import EssayText
from forum.essays.models import Edition, Essay, PassageText
from forum.themes import queries as themes
from forum.themes.models import Theme
from forum.threads.actions import changing, erasing, keeping, opening, replying, revising
from forum.threads.models import KINDS, STANDING, Anchor, Reply, Revision, Thread

NAMES = (
    *("ada", "bruno", "carla", "dario", "elena", "farid", "greta", "hanna", "ivo", "jonas"),
    *("katia", "livia", "marek", "nadia", "oskar", "paola", "quentin", "rosa", "samir", "teresa"),
    *("ugo", "vera", "wanda", "xenia", "yusuf", "zita", "anselmo", "birgit", "celeste", "dimitri"),
    *("ester", "fosco", "gwen", "hugo", "irene", "jamal", "kirsten", "luca", "miriam", "noor"),
)
FIRST = 5  # are there from the first day, the staff among them
THREADS = 12
REPLIES = 400 + ANSWERS
LONG = 25  # answers under one reply
# By acts of their own: alone, asked, by staff, merged, citing, told to ada, in heat.
MADE = 4 + CITED + hearing.MADE + ANSWERS
LISTENS = 9  # of so many people, one only reads
CALLS = 7  # of so many answers, one calls whom it answers by name
HOW_OFTEN = (30, 35, 15, 20)  # each of KINDS
ESSAY_DRAWS = 30
OF_WORDS = 0.4  # of the replies to a passage, so many are about some words of it
THREADS_DRAW = (9, 7, 6, 5, 4, 4, 3, 3, 3, 2, 2, 0)  # the last one stays without a reply


class Story:
    def __init__(self, rng: Random, words: Words, secret: str) -> None:
        self.rng, self.words, self.secret = rng, words, secret
        self.keys = (f"demo{number}" for number in count(1))
        essay, edition = essays.all_current()[0]
        self.edition = edition.number
        self.talk = session().execute(select(Thread).where(Thread.essay_id == essay.id)).scalar_one()
        self._part_passages(edition.content)
        # Ids rather than rows: each act ends a transaction, and what it held would be read again one by one.
        self.themes = {theme.key: theme.id for theme in themes.everything()}
        self.third = list(self.themes.values())[:3][-1]
        self.members: dict[str, int] = {}
        self.eagerness: dict[int, float] = {}
        self.threads: list[Thread] = []
        self.standing: list[Reply] = []
        self.hidden: list[Reply] = []

    def _part_passages(self, content: Sequence[PassageText]) -> None:
        """Choose passages that nobody speaks about, one that a single voice does, and those that many do."""
        mixed = self.rng.sample(list(content), len(content))
        silent = max(1, len(mixed) // 6)
        self.quiet = mixed[silent : silent + 1] or mixed
        self.loud = mixed[silent + 1 :] or mixed

    def tell(self) -> None:
        plan = self._plan()
        with Days(self.rng, len(plan)).lived() as moments:
            for _moment, act in zip(moments, plan, strict=True):
                act()
                hearing.tell()
        self.take_back()
        for _told in erasing.erase():
            pass

    def _plan(self) -> list[Callable[[], None]]:
        half = (REPLIES - LONG - MADE) // 2
        early = [self.arrive] * 20 + [self.open] * THREADS + [self.speak] * half
        late = [self.arrive] * (len(NAMES) - FIRST - 20) + [self.speak] * (REPLIES - LONG - MADE - half)
        late += [self.mend] * 18 + [self.withdraw] * 10 + [self.hide] * 8
        self.rng.shuffle(early)
        self.rng.shuffle(late)
        end = [self.speak_alone, self.ask, *[self.answer_at_length] * LONG, self.reword]
        kept = [self.pin_for_all, self.pin_in_theme, self.lock, self.lock_in_heat, self.speak_as_staff]
        undone = [self.lock_for_a_rest, self.unlock, self.restore, self.hide_thread, self.veil]
        first = [self.date_back, *[self.arrive] * FIRST, self.give_roles, lambda: hearing.follow(self)]
        spoken = [*early, *first_visits(self), *late, *last_visits(self), *end, *citings(self)]
        told = [*settings(self), *hearing.tidings(self), *choices(self), *flags(self), *mends(self)]
        return [*first, *numbers.among(self, spoken), *beginnings(self), *moves(self), *kept, *undone, *told]

    def date_back(self) -> None:
        """Let the essay have been there before those who talk about it."""
        at = clock.now()
        with transaction():
            for table in (Essay, Edition):
                session().execute(update(table).values(created_at=at))
            session().execute(update(Thread).values(created_at=at, latest_at=at))
            session().execute(update(Thread).where(Thread.pinned_at.is_not(None)).values(pinned_at=at))

    # People.

    def arrive(self) -> None:
        number = len(self.members)
        name, email = NAMES[number], f"{NAMES[number]}@example.org"
        with transaction():
            member = Member(
                name=name,
                name_key=skeleton(name),
                email=email,
                email_key=email,
                password_hash=self.secret,
                about=self.words.draw("abouts") if number % 4 == 1 else "",
                created_at=clock.now(),
            )
            session().add(member)
        self.members[name] = member.id
        reads_only = number % LISTENS == LISTENS - 1
        self.eagerness[member.id] = 0 if reads_only else min(self.rng.paretovariate(1.2), 8)

    def give_roles(self) -> None:
        roles.give_role(self.named("dario"), "admin", by=None)
        roles.give_role(self.named("carla"), "moderator", by=self.named("dario"))
        roles.appoint(self.named("elena"), self.third, by=self.named("dario"))

    def named(self, name: str) -> Member:
        return session().get_one(Member, self.members[name])

    def someone(self, besides: int = 0) -> Member:
        """Return one of those who write, but not the member with the id `besides`."""
        eager = {**self.eagerness, besides: 0}
        return session().get_one(Member, self.rng.choices(list(eager), list(eager.values()))[0])

    # What they say.

    def open(self) -> None:
        number = len(self.threads)
        title, _, text = self.words.sections["threads"][number].partition("\n\n")
        theme_id = list(self.themes.values())[number % len(self.themes)]
        theme, by = session().get_one(Theme, theme_id), self.someone()
        thread = opening.open_thread(theme, title=title, source=text, by=by, form_key=next(self.keys))
        self.threads.append(thread)

    def speak(self) -> None:
        if self.standing and self.rng.random() < 0.45:  # noqa: PLR2004 (nearly every second one answers somebody)
            self.standing.append(self._answer(self.rng.choice(self.standing[-30:])))
            return
        draw = [ESSAY_DRAWS, *THREADS_DRAW[: len(self.threads)]]
        thread = self.rng.choices([self.talk, *self.threads], draw)[0]
        self.standing.append(self._reply_to_essay() if thread is self.talk else self._reply_to_thread(thread))

    def _reply_to_essay(self) -> Reply:
        if self.rng.random() < 0.25:  # noqa: PLR2004 (one in four speaks of the text as a whole)
            return self._reply(self.talk, self.rng.choice(list(self.themes.values())))
        draw = [1 / place for place in range(1, len(self.loud) + 1)]
        return self._reply_to_passage(self.rng.choices(self.loud, draw)[0])

    def _reply_to_thread(self, thread: Thread) -> Reply:
        return self._reply(thread, thread.theme_id or self.third)

    def _reply_to_passage(self, passage: PassageText) -> Reply:
        carried = [self.themes[key] for key in passage["themes"] if key in self.themes]
        return self._reply(self.talk, self.rng.choice(carried or list(self.themes.values())), passage)

    def _reply(self, thread: Thread, theme_id: int, passage: PassageText | None = None) -> Reply:
        kind = self.rng.choices(KINDS, HOW_OFTEN)[0]
        quote = rewording.part_of(passage["text"], self.rng) if passage and self.rng.random() < OF_WORDS else None
        source = self._quoting(passage["text"] if passage and not quote else "") + self.words.draw(kind)
        edition = self.edition if thread is self.talk else 0
        said = replying.Words(theme_id, kind, source, passage["id"] if passage else None, edition, quote)
        return replying.reply(thread, said, by=self.someone(), form_key=next(self.keys))

    def _answer(self, answered: Reply) -> Reply:
        section = self.rng.choice(("answers", *KINDS))
        source = self.words.draw(section)
        short = "asking" if source.endswith("?") else "thinking"
        kind = short if section == "answers" else section
        # What it quotes itself is not quoted once more.
        own = "" if answered.source.startswith(">") else plain(answered.html)
        source = self._quoting(own) + self._calling(answered.author) + source
        said = replying.Words(answered.theme_id, kind, source, answered.passage_id, answered.edition)
        by = self.someone(besides=answered.author_id)
        return replying.answer(answered, said, by=by, form_key=next(self.keys))

    def _quoting(self, text: str) -> str:
        """Return, now and then, the first words of a text as a quotation."""
        quotes = text and self.rng.random() < 0.3  # noqa: PLR2004 (not quite every third)
        return f"> {shorten(text, 110, placeholder='…')}\n\n" if quotes else ""

    def _calling(self, whom: Member) -> str:
        return "" if len(self.standing) % CALLS else f"@{whom.name} "

    def speak_alone(self) -> None:
        self._reply_to_passage(self.quiet[0])

    def ask(self) -> None:
        self.asked = self._reply_to_thread(self.threads[0])
        self.answers = [self.asked]

    def answer_at_length(self) -> None:
        answered = self.asked if self.rng.random() < 0.6 else self.rng.choice(self.answers)  # noqa: PLR2004
        self.answers.append(self._answer(answered))

    # What becomes of it.

    def mend(self) -> None:
        reply = self.rng.choice(self.standing)
        source = f"{reply.source}\n\n{self.words.draw('afterthoughts')}"
        changing.edit(reply, kind=reply.kind, source=source, by=reply.author, reason=self.words.draw("edits"))

    def _taken(self) -> Reply:
        return self.standing.pop(self.rng.randrange(len(self.standing)))

    def withdraw(self) -> None:
        reply = self._taken()
        changing.withdraw(reply, by=reply.author)

    def take_back(self) -> None:
        """Withdraw a reply of ada's just now, so that she can bring it back."""
        mine = select(Reply).where(Reply.author_id == self.members["ada"], Reply.state == STANDING)
        seen = mine.join(Reply.thread).where(Thread.state == STANDING).order_by(Reply.id.desc())
        changing.withdraw(session().scalars(seen.limit(1)).one(), by=self.named("ada"))

    def hide(self) -> None:
        # The first one is restored by the other of the two.
        by = self.named(self.rng.choice(("carla", "dario")) if self.hidden else "carla")
        while (reply := self._taken()).author.moderates:  # nobody looks after their own words
            self.standing.append(reply)
        self.hidden.append(reply)
        keeping.hide_reply(reply, reason=self.words.draw("hide"), by=by)

    def restore(self) -> None:
        keeping.restore_reply(self.hidden[0], reason=self.words.draw("restore"), by=self.named("dario"))

    def reword(self) -> None:
        """Publish a second edition of the essay."""
        anchors = session().scalars(select(Anchor).order_by(Anchor.reply_id)).all()
        essay, edition = essays.all_current()[0]
        passages = rewording.reworded(edition.content, anchors, self.words.sections["insertion"][0])
        head = {name: getattr(essay, name) for name in ("title", "author", "published", "updated", "language", "note")}
        publish(EssayText(**head, passages=tuple(passages)), by=self.named("dario"), into=essay)

    # How threads are kept: each in a state of its own.

    @property
    def in_third(self) -> Thread:
        return [thread for thread in self.threads if thread.theme_id == self.third][:2][-1]

    @property
    def others(self) -> list[Thread]:
        return [thread for thread in self.threads[1:] if thread is not self.in_third]

    def pin_for_all(self) -> None:
        reason = self.words.sections["pin"][0]
        keeping.pin(self.threads[0], scope="forum", reason=reason, until=None, by=self.named("carla"))

    def pin_in_theme(self) -> None:
        reason, until = self.words.sections["pin"][1], clock.now() + timedelta(days=14)
        keeping.pin(self.in_third, scope="theme", reason=reason, until=until, by=self.named("elena"))

    def lock(self) -> None:
        keeping.lock(self.others[6], reason=self.words.sections["lock"][1], by=self.named("carla"))

    def lock_in_heat(self) -> None:
        keeping.lock(self.others[4], reason=self.words.sections["lock"][0], by=self.named("carla"))

    def speak_as_staff(self) -> None:
        said = replying.Words(self.others[4].theme_id or self.third, "thinking", self.words.draw("staff"))
        replying.reply(self.others[4], said, by=self.named("carla"), form_key=next(self.keys))

    def lock_for_a_rest(self) -> None:
        keeping.lock(self.others[0], reason=self.words.sections["lock"][0], by=self.named("dario"))

    def unlock(self) -> None:
        keeping.unlock(self.others[0], reason=self.words.draw("unlock"), by=self.named("dario"))

    def veil(self) -> None:
        """Hide what a reply said before."""
        of = Reply.state == STANDING, Reply.revision > 0
        found = select(Revision).join(Revision.reply).where(*of).order_by(Revision.reply_id)
        earlier = session().scalars(found).first()
        if earlier:
            revising.hide_revision(earlier, reason=self.words.draw("veil"), by=self.named("carla"))

    def hide_thread(self) -> None:
        keeping.hide_thread(self.others[7], reason=self.words.draw("conceal"), by=self.named("carla"))
