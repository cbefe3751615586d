from blinker import Signal

flagged = Signal("Something was flagged: sender Flag; `first`, whether this opened its case.")
asked = Signal("The author of a reply is asked to mend it: sender Mend.")
answered = Signal("An author has answered who was asked to mend something, or is asked no more: sender Mend.")
closed = Signal("A case was closed: sender Case.")
decided = Signal("A decision was made: sender Decision.")
appealed = Signal("Somebody appeals against a decision: sender Appeal.")
judged = Signal("An appeal was decided: sender Appeal.")
undone = Signal("A decision was taken back: sender Decision.")
