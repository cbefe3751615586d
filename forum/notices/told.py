"""What a notice can tell, and of which place: what comes from one place becomes one notice while it is unread."""

from dataclasses import dataclass

ANSWERED, REPLIED, MENTIONED, FOLLOWED, THEMED = "answered", "replied", "mentioned", "followed", "themed"
OPENED, CALLED, DECIDED, ASKED = "opened", "called", "decided", "asked"
REMINDED = "reminded"
OF_REPLIES = (ANSWERED, REPLIED, MENTIONED, FOLLOWED, THEMED)  # each may tell of several
OF_THREADS = (OPENED, CALLED)  # each tells of one thread, or its opening text

# What the place is: its column says which one.
PLACES = {
    ANSWERED: "reply_id",  # a reply of one's own
    REPLIED: "thread_id",  # a thread that one opened
    MENTIONED: "thread_id",
    FOLLOWED: "thread_id",
    THEMED: "theme_id",
    OPENED: "thread_id",
    CALLED: "thread_id",  # whose opening text mentions one
    DECIDED: "entry_id",
    ASKED: "reply_id",  # of one's own, to be mended
    REMINDED: "",  # of what one noted for oneself: which it is stands nowhere but there
}

REPLY, REPLIES, THREAD, MEMBER, NOBODY = "reply", "replies", "thread", "member", ""
ARRIVALS = frozenset({"move_reply", "split_thread", "merge_thread"})  # stand in the log of both threads
OF_A_THREAD = frozenset(
    {"lock", "unlock", "pin", "unpin", "hide_thread", "restore_thread", "retitle_thread", "arrange_thread"}
)
OF_A_MEMBER = frozenset(
    {"pause_member", "unpause_member", "ban_member", "unban_member", "undo_decision", "uphold_appeal", "reverse_appeal"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """What someone is told; `reply_id` is a reply of their own that it is about."""

    kind: str
    thread_id: int | None = None
    theme_id: int | None = None
    reply_id: int | None = None
    entry_id: int | None = None

    @property
    def subject(self) -> str:
        place = PLACES[self.kind]
        return f"{self.kind}-{getattr(self, place)}" if place else self.kind


def concerns(act: str, detail: str, reply_id: int | None) -> str:
    """Return whose author is to know of an entry in the log: that of its REPLY, its THREAD, all REPLIES of that, or a MEMBER."""
    if act in ARRIVALS and not detail.startswith("from "):
        return NOBODY  # they are told by the other entry, which stands where their words stand now
    if act in OF_A_MEMBER:
        return MEMBER
    if reply_id is not None:
        return REPLY
    if act == "split_thread":
        return REPLIES
    return THREAD if act in OF_A_THREAD else NOBODY
