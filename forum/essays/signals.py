from blinker import Signal

published = Signal("An edition was published: sender Essay; edition, themes (of ThemeText), first (bool), by (Member or None).")
