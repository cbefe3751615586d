"""Telling a form that was sent twice from a second text that was sent from the same form."""

from hashlib import sha256


def once(form_key: str, words: str) -> str:
    """Return the key under which these words, sent from this form, are kept once.

    Whoever goes back to a form that went through, writes on and sends it has said something new: it must not be lost.
    """
    return sha256(f"{form_key}\n{words}".encode()).hexdigest()[:32]
