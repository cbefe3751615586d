from blinker import Signal

flagged = Signal("Something was flagged: sender Flag; `first`, whether this opened its case.")
closed = Signal("A case was closed: sender Case.")
