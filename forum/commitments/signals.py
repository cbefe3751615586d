from blinker import Signal

due = Signal("The day has come on which someone wanted to be asked: sender None; `member_id`.")
settled = Signal("Someone has answered all that they were asked: sender None; `member_id`.")
note_withdrawn = Signal("Its author has taken a field note, or a question about one, back: sender FieldNote.")
