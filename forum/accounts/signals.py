from blinker import Signal

muted = Signal("A member muted another: sender Member, who did so.")
unmuted = Signal("A member hears another again: sender Member, who had muted them.")
