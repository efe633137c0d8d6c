"""Right quotes: the same words as another program, printer or keyboard writes them."""

from __future__ import annotations

import random
import re
import unicodedata

from benchmarks.quotes.pieces import replaced

_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
_LONG = re.compile(r"(?<![\w<\-/.])[a-z]{8,}(?![\w\-/])")
_CITATION = re.compile(r" \[[\d,–]+\]")


def ellipsis_signs(quote: str, chance: random.Random) -> list[str]:
    """Return an elided quote with every sign in use for what is left out."""
    if " ... " not in quote:
        return []
    return [
        quote.replace(" ... ", sign)
        for sign in (" … ", "…", " [...] ", " […] ", "...", " (...) ", " .... ", " . . . ")
    ]


def composed(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with its accents as signs of their own, or with none so."""
    return [unicodedata.normalize(form, quote) for form in ("NFD", "NFC")]


def micro_signs(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with the micro sign for mu, and with mu for the micro sign."""
    return [quote.replace("µ", "μ"), quote.replace("μ", "µ")]


def raised(quote: str, chance: random.Random) -> list[str]:
    """Return powers as tags and with a caret; the power of a unit also on the line (cm2, s-1)."""
    tagged = _RAISED.sub(lambda one: f"<sup>{one[0].translate(_POWERS)}</sup>", quote)
    caret = _RAISED.sub(lambda one: "^" + one[0].translate(_POWERS), quote)
    unit = re.sub(r"(?<=\b[cm]m)[²³]|(?<=\bm)²", lambda one: one[0].translate(_POWERS), quote)
    minus = re.sub(r"(?<=[a-zM])⁻¹", "-1", quote)
    low = re.sub(r"\b(IC|log)(50|10)\b", r"\1<sub>\2</sub>", quote)
    lower = re.sub(r"\bIC50\b", "IC₅₀", re.sub(r"\blog10\b", "log₁₀", quote))
    return [tagged, caret, unit, minus, low, lower]


def ligatures(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with printed ligatures, also with the gap that a PDF leaves before one."""
    printed = quote
    for letters, sign in _LIGATURES:
        printed = printed.replace(letters, sign)
    gap = re.search("(?<=[a-z]{2})[ﬁﬂﬀﬃ](?=[a-z]{3})", printed)
    return [printed, replaced(printed, gap, " " + gap[0])] if gap else [printed]


def soft_hyphens(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with invisible hyphens inside long words."""
    one = _some(quote, chance)
    every = _LONG.sub(lambda found: found[0][:3] + "\u00ad" + found[0][3:], quote)
    return [replaced(quote, one, one[0][:4] + "\u00ad" + one[0][4:]), every] if one else []


def line_end_hyphens(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with a long word broken at the end of a line."""
    one = _some(quote, chance)
    made = (
        [replaced(quote, one, one[0][:4] + hyphen + one[0][4:]) for hyphen in ("-\n", "- \n  ", "\u2010\n")]
        if one
        else []
    )
    natural = re.search(r"(?<=[a-z])-(?=[a-z]{3})", quote)
    return made + ([replaced(quote, natural, "-\n")] if natural else [])


def tags(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with a word in a tag, and with the entities of HTML."""
    word = chance.choice(list(re.finditer(r"[^\W\d_]{3,}", quote)))
    pairs = (
        ("<i>", "</i>"),
        ("<b>", "</b>"),
        ("<em>", "</em>"),
        ("<italic>", "</italic>"),
        ('<span class="gene">', "</span>"),
    )
    made = [replaced(quote, word, f"{start}{word[0]}{end}") for start, end in pairs]
    return [
        *made,
        quote.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        quote.replace("±", "&plusmn;"),
    ]


def citations(quote: str, chance: random.Random) -> list[str]:
    """Return the quote without its citation numbers, and with some that the record does not print."""
    without = _CITATION.sub("", quote)
    words = [one for one in re.finditer(r"(?<=[a-z]{4})(?= [a-z]{3}|[.,]?$)", without) if "[" not in without]
    if not words:
        return [without]
    place = chance.choice(words).end()
    signs = (" [12]", " [3,4]", "[5–7]", "<sup>12</sup>", "¹²")
    return [without, *(without[:place] + sign + without[place:] for sign in signs)]


def brackets(quote: str, chance: random.Random) -> list[str]:
    """Return a quote whose record has words in brackets as it stands: they are no comment."""
    inside = re.search(r"\[[^\]\d][^\]]*\]|\[\d[^\]]*[A-Za-z][^\]]*\]", quote)
    return [quote, quote.replace("[", "[ ").replace("]", " ]")] if inside else []


def dashes(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with other dashes and minus signs."""
    number = re.sub(r"(?<=\d)–(?=\d)", "-", quote)
    minus = [re.sub(r"−(?=\d)", sign, quote) for sign in ("-", "–", "\u2010")]
    return [number, *minus, re.sub(r"(?<=[A-Za-z])-(?=\w)", "\u2011", quote)]


def spaces(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with other white space: hard and thin, doubled, lines, none around a comparison."""
    words = quote.split(" ")
    lined = "\n      ".join([" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])])
    thin = re.sub(r"(?<=\d) (?=[a-zµμ°])", "\u2009", quote)
    close = re.sub(r" ([<>≤≥=±×]) (?=\d)", r"\1", quote)
    return [
        quote.replace(" ", "\u00a0"),
        "  ".join(words),
        lined,
        thin,
        close,
        re.sub(r"(?<=\d)%", " %", quote),
    ]


def quotation_marks(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with straight marks for curly ones, curly for straight, and in marks itself."""
    straight = quote.translate(str.maketrans("‘’“”′", "''\"\"'"))
    return [straight, re.sub(r"(?<=\w)'(?=\w)", "’", quote), f"“{quote}”"]


def comparison_signs(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with the comparisons of a keyboard."""
    return [
        quote.replace("≥", ">=").replace("≤", "<="),
        quote.replace("≤", "⩽").replace("≥", "⩾"),
        quote.replace("±", "+/-"),
    ]


def end_of_sentence(quote: str, chance: random.Random) -> list[str]:
    """Return the quote without its full stop, or with blanks around it."""
    return [quote.rstrip("."), f"  {quote} \n"]


def invisible_signs(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with signs that nobody sees, such as zero-width blanks and a byte order mark."""
    word = chance.choice(list(re.finditer(r"(?<= )\w", quote)))
    return [
        quote[: word.start()] + sign + quote[word.start() :]
        for sign in ("\u200b", "\ufeff", "\u2060", "\u200c")
    ]


def points_and_digits(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with raised decimal points, full-width digits, and x for the sign of times."""
    wide = quote.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return [re.sub(r"(?<=\d)\.(?=\d)", "·", quote), wide, quote.replace(" × ", " x ")]


def numeric_entities(quote: str, chance: random.Random) -> list[str]:
    """Return the quote with every sign beyond ASCII as a number of HTML."""
    return ["".join(one if ord(one) < 128 else f"&#{ord(one)};" for one in quote),
            "".join(one if ord(one) < 128 else f"&#x{ord(one):X};" for one in quote)]  # fmt: skip


def _some(quote: str, chance: random.Random) -> re.Match[str] | None:
    words = list(_LONG.finditer(quote))
    return chance.choice(words) if words else None
