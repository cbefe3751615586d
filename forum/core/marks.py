"""Sentences written where no reader's language is known yet."""


def N_(sentence: str) -> str:  # noqa: N802 (the name every gettext tool knows)
    """Return `sentence` unchanged; the extractor finds it, whoever shows it translates it."""
    return sentence
