def fill() -> str:
    return ""
