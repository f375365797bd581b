"""Dictionary words as fillers between which a digit must be found, from Debian's word lists."""

import functools
import re
import string
from pathlib import Path

import preprocessing
from phrases import DIGITS, NUMBER_WORDS, OTHER_FORMS, PHRASES

WORD_LISTS = {
    # language: (file, Debian package, licence)
    "en": ("american-english", "wamerican", "SCOWL, permissive"),
    "de": ("ngerman", "wngerman", "GPL-2 or later"),
    "fr": ("french", "wfrench", "GPL-2 or later"),
    "es": ("spanish", "wspanish", "public domain"),
}

WORD_LIST_FOLDER = Path("/usr/share/dict")


@functools.lru_cache(maxsize=None)
def dictionary(language):
    """Words of 2 to 14 letters in lower case without accents."""
    file, package, _ = WORD_LISTS[language]
    path = WORD_LIST_FOLDER / file
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; install the Debian package {package}")
    lines = path.read_text(encoding="utf-8").split()
    normal = {preprocessing.normalise_text(line) for line in lines}
    return {word for word in normal if re.fullmatch("[a-zßæøœ]{2,14}", word)}


@functools.lru_cache(maxsize=None)
def digit_words():
    """Every usual and less usual digit word of the four languages, normalised."""
    usual = [word for words in DIGITS.values() for word in words]
    unusual = [word for forms in OTHER_FORMS.values() for words in forms.values() for word in words]
    return {preprocessing.normalise_text(word) for word in usual + unusual}


def _one_letter_away(word):
    """All strings that one dropped, added or exchanged letter makes of a word."""
    found = set()
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        found.add(head + tail[1:])
        for letter in string.ascii_lowercase:
            found.add(head + letter + tail)
            found.add(head + letter + tail[1:])
    return found


@functools.lru_cache(maxsize=None)
def fillers(language):
    """Two lists of dictionary words that are no numbers: any, and such as resemble a digit word
    or contain one.

    Words that the test texts use are left out.
    """
    in_tests = {
        word
        for slot, items in PHRASES["test"][language].items()
        for word in re.findall(r"\w+", preprocessing.normalise_text(items))
    }
    numbers = digit_words() | set(NUMBER_WORDS.split())
    stems = tuple(preprocessing.normalise_text(w) for w in DIGITS[language] if len(w) > 2)
    free = sorted(
        word
        for word in dictionary(language) - in_tests - numbers
        if not word.startswith((*stems, "dieci", "veinti"))
        and not word.endswith(("zig", "zehn", "teen", "ieme"))
    )
    close = set().union(*(_one_letter_away(stem) for stem in stems))
    alike = [word for word in free if word in close or any(stem in word for stem in stems)]
    return free, alike
