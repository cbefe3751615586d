from blinker import Signal

posted = Signal(
    "A form was sent: sender Member; `draft`, the sequence number of the draft that it was written in, or 0."
)
answering = Signal(
    "Someone is about to answer, and may: sender Reply, or Thread; `by`, the Member; "
    "`waited`, whether it has waited already. A listener may raise Refused or TooOften."
)
opened = Signal("A thread was opened: sender Thread.")
replied = Signal("A reply was written: sender Reply.")
mentioned = Signal(
    "A text mentions people whom it did not mention before: sender Reply or Thread (its opening text); `members`, their ids."
)
edited = Signal("A reply's text was changed: sender Reply.")
withdrawn = Signal("A reply was withdrawn by its author: sender Reply.")
returned = Signal("A withdrawn reply was brought back by its author, and stands or is hidden as before: sender Reply.")
erased = Signal("The words of withdrawn replies were erased: `replies`, ids.")
unnamed = Signal("Someone who left is not named any more in texts, or over them: `replies` and `threads`, ids.")
hidden = Signal("A reply, thread or earlier wording was hidden: sender Reply, Thread or Revision.")
restored = Signal("What was hidden was restored: sender Reply, Thread or Revision.")
folded = Signal("A reply was folded: sender Reply.")
unfolded = Signal("What was folded stands open again: sender Reply.")
requoted = Signal("What became of the words that a reply cites was told in it: sender Reply.")
moved = Signal(
    "Replies were moved: sender Thread (where they stand now); `replies`, ids; `source`, the Thread they left."
)
merged = Signal("A thread was merged into another: sender Thread (the other); `source`, the Thread that is no more.")
reworded = Signal("A thread's title or opening text was changed: sender Thread.")
arranged = Signal("A thread's arrangement was changed, and with it perhaps who may read it: sender Thread.")
locked = Signal("A thread was locked: sender Thread.")
unlocked = Signal("A thread was unlocked: sender Thread.")
pinned = Signal("A thread was pinned: sender Thread.")
unpinned = Signal("A thread's pin was taken off: sender Thread.")
recorded = Signal("What those who keep a thread did was written into the log: sender LogEntry.")
