from blinker import Signal

themed = Signal("An essay's themes were given, new or as they were: sender Essay; themes (of ThemeText).")
published = Signal(
    "An edition was published: sender Essay; edition, themes (of ThemeText), first (bool), by (Member or None)."
)
