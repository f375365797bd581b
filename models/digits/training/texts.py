"""Sentences that mention one digit, in English, German, French and Spanish, with misspellings.

The words and patterns are in phrases.py. Training and test share no pattern, no filler, and no
misspelled form of a digit word.
"""

import functools
import zlib

import numpy as np
import torch

import preprocessing
from degrade import degrade_text
from phrases import CLAUSES, DIGITS, ORDINALS, OTHER_FORMS, PHONETIC, PHRASES, items, lines
from words import dictionary, digit_words, fillers

LANGUAGES = ["en", "de", "fr", "es"]
LANGUAGE_SHARES = [0.4, 0.2, 0.2, 0.2]

NUMERAL_SHARE = 0.35
"""Share of sentences whose digit is a numeral; the others write it as a word."""

MISSPELLED_SHARE = 0.45
"""Share of digit words that are misspelled."""

HELD_OUT_FORMS = 5
"""One in so many misspelled forms is kept for the test set."""

_ROWS = {
    "en": ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
    "de": ["qwertzuiop", "asdfghjkl", "yxcvbnm"],
    "fr": ["azertyuiop", "qsdfghjklm", "wxcvbn"],
    "es": ["qwertyuiop", "asdfghjklñ", "zxcvbnm"],
}
_VOWELS = "aeiou"


@functools.lru_cache(maxsize=None)
def _neighbours(language):
    """Keys beside each key of the language's keyboard."""
    rows = _ROWS[language]
    near = {}
    for r, row in enumerate(rows):
        for c, key in enumerate(row):
            beside = row[max(0, c - 1) : c] + row[c + 1 : c + 2]
            if r + 1 < len(rows):
                beside += rows[r + 1][max(0, c - 1) : c + 1]
            near[key] = near.get(key, "") + beside
            for other in beside:
                near[other] = near.get(other, "") + key
    return near


def _edits(word, language):
    """All words one slip away: a letter dropped, doubled, swapped, hit beside, or another vowel.

    The first letter of a word is rarely mistyped, so it is only doubled or swapped. Words of up
    to three letters lose none, and words of up to four keep their vowels.
    """
    near = _neighbours(language)
    found = set()
    for i, letter in enumerate(word):
        head, tail = word[:i], word[i + 1 :]
        found.add(head + letter * 2 + tail)
        if tail:
            found.add(head + tail[0] + letter + tail[1:])
        if i == 0:
            continue
        if len(word) > 3:
            found.add(head + tail)
        found.update(head + key + tail for key in near.get(letter, ""))
        if letter in _VOWELS and len(word) > 4:
            found.update(head + vowel + tail for vowel in _VOWELS)
    found.discard(word)
    return found


def distance(a, b):
    """Edits between two words: insert, delete, substitute, swap neighbours (Damerau 1964)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


@functools.lru_cache(maxsize=None)
def _forms(language):
    """Misspelled forms of the ten digit words: a list of pairs (slips, spellings by ear).

    Kept are slips that are closer to their own word than to any other digit word of the four
    languages and that are in no dictionary. Slips on top of slips are added for long words.
    """
    labelled = [
        (preprocessing.normalise_text(word), digit)
        for words in DIGITS.values()
        for digit, word in enumerate(words)
    ]
    forbidden = digit_words().union(*(dictionary(other) for other in LANGUAGES))
    forms = []
    for digit, written in enumerate(DIGITS[language]):
        word = preprocessing.normalise_text(written)
        once = sorted(_edits(word, language))
        twice = [form for slip in once[::3] for form in sorted(_edits(slip, language))[::5]]
        by_ear = [preprocessing.normalise_text(w) for w in PHONETIC[language][digit].split()]
        slips = []
        candidates = {*once, *(twice if len(word) >= 5 else [])} - forbidden - {*by_ear}
        for form in sorted(candidates):
            own = min(distance(form, w) for w, d in labelled if d == digit)
            others = min(distance(form, w) for w, d in labelled if d != digit)
            if own < others:
                slips.append(form)
        forms.append((slips, by_ear))
    return forms


@functools.lru_cache(maxsize=None)
def _test_forms():
    """The forms kept for the test: of every list about one in HELD_OUT_FORMS, at least one."""
    kept = set()
    for language in LANGUAGES:
        for lists in _forms(language):
            for forms in lists:
                ordered = sorted(forms, key=lambda form: zlib.crc32(form.encode()))
                kept.update(ordered[: -(-len(ordered) // HELD_OUT_FORMS)])
    return kept


@functools.lru_cache(maxsize=None)
def misspellings(language, split):
    """Misspelled forms of the digit words, "training" or "test": ten lists.

    A form that the test uses in any language is trained in none. Spellings by ear count thrice.
    """
    aside = _test_forms()
    return [
        [form for form in slips + 3 * by_ear if (form in aside) == (split == "test")]
        for slips, by_ear in _forms(language)
    ]


def _slip(word, language, rng):
    """A word with one random slip."""
    options = sorted(_edits(word, language))
    return options[rng.integers(len(options))] if options else word


@functools.lru_cache(maxsize=None)
def _material(language, split):
    """Patterns and fillers of one language and split, as lists.

    "fitting" and "validation" part the training material 7 to 1, for choices without the test.
    """
    raw = PHRASES["test" if split == "test" else "training"][language]
    material = {slot: items(raw[slot]) for slot in raw if slot != "patterns"}
    material["patterns"] = lines(raw["patterns"])
    if split in ("fitting", "validation"):
        for slot, everything in material.items():
            aside = everything[3::8]
            kept = [item for item in everything if item not in aside]
            material[slot] = aside if split == "validation" else kept
    return material


class SentenceMaker:
    """Makes labelled sentences of one split: training, test, or fitting and validation."""

    def __init__(self, split, seed):
        self.split = split
        self.forms = "test" if split == "test" else "training"
        self.rng = np.random.default_rng(seed)

    def _pick(self, options):
        return options[self.rng.integers(len(options))]

    def _digit(self, digit, language):
        """One way to write the digit."""
        if self.rng.random() < NUMERAL_SHARE:
            if digit >= 4 and self.rng.random() < 0.06:
                return ORDINALS[language].format(n=digit)
            return str(digit)
        word = DIGITS[language][digit]
        others = OTHER_FORMS[language].get(digit)
        chance = self.rng.random()
        if chance < MISSPELLED_SHARE:
            word = self._pick(misspellings(language, self.forms)[digit])
        elif others and chance < MISSPELLED_SHARE + 0.05:
            word = self._pick(others)
        elif chance > 0.985:
            word = self._pick([" ", "-", "."]).join(word)
        elif chance > 0.97:
            place = self.rng.integers(len(word))
            word = word[:place] + word[place] * int(self.rng.integers(2, 5)) + word[place:]
        if self.rng.random() < 0.06:
            word = word.upper()
        elif self.rng.random() < 0.06:
            word = word.capitalize()
        if self.rng.random() < 0.04:
            dress = self._pick(['"{}"', "'{}'", "({})", "*{}*", "#{}", "{} ({})"])
            word = dress.format(word, digit)
        return word

    def _filled(self, pattern, material):
        """The pattern with random fillers in every slot but {n}."""
        for slot in ("thing", "unit", "name", "place", "when", "adj", "word"):
            mark = "{" + slot + "}"
            while mark in pattern:
                pattern = pattern.replace(mark, self._pick(material[slot]), 1)
        return pattern

    def _filler(self, material, language):
        """A word that is no digit."""
        chance = self.rng.random()
        if self.split == "test" or chance < 0.4:
            return self._pick(material[self._pick(["word", "word", "adj", "unit", "name"])])
        free, alike = fillers(language)
        return self._pick(alike if chance < 0.55 else free)

    def _frame(self, material, language):
        """A sentence whose digit is still the slot {n}."""
        if self.rng.random() < 0.2:
            count = int(self.rng.integers(1, 10))
            words = [self._filler(material, language) for _ in range(count)]
            words.insert(int(self.rng.integers(count + 1)), "{n}")
            return " ".join(words)
        frame = self._filled(self._pick(material["patterns"]), material)
        if self.split != "test" and self.rng.random() < 0.25:
            words = frame.split(" ")
            for place, word in enumerate(words):
                if "{" not in word and len(word) > 3 and self.rng.random() < 0.4:
                    words[place] = self._filler(material, language)
            frame = " ".join(words)
        return frame

    def sentence(self):
        """A sentence, its label 0..9 and its language."""
        language = LANGUAGES[self.rng.choice(4, p=LANGUAGE_SHARES)]
        material = _material(language, self.split)
        digit = int(self.rng.integers(10))
        text = self._frame(material, language)
        if self.rng.random() < 0.2:
            text = self._pick(material["lead"]) + self._pick([", ", ": ", " ", "; "]) + text
        if self.rng.random() < 0.12:
            slots = ["word", "when"][: self.rng.integers(1, 3)]
            tail = " ".join(self._pick(material[slot]) for slot in slots)
            text += self._pick([", ", " ", ". ", " - "]) + tail
        if self.split != "test" and self.rng.random() < 0.12:
            parts = [text, self._pick(items(CLAUSES[language]))]
            text = self._pick([", ", ". ", " "]).join(parts[:: self._pick([1, -1])])
        words = text.split(" ")
        places = [i for i, word in enumerate(words) if "{" not in word and len(word) > 3]
        if places and self.rng.random() < 0.25:
            place = self._pick(places)
            words[place] = _slip(words[place], language, self.rng)
        text = " ".join(words).replace("{n}", self._digit(digit, language))
        style = self.rng.random()
        if style < 0.06:
            text = text.upper()
        elif style < 0.3:
            text = text[0].upper() + text[1:]
        if self.rng.random() < 0.2:
            text += self._pick([".", "!", "...", " :)", "!!", "?"])
        return text, digit, language

    def unique(self, count):
        """`count` different sentences: texts, labels int64, languages."""
        found = {}
        while len(found) < count:
            text, digit, language = self.sentence()
            found.setdefault(text, (digit, language))
        labels, languages = zip(*found.values())
        return list(found), np.array(labels, np.int64), list(languages)

    def sentences(self, count):
        """`count` sentences: texts, labels int64, languages."""
        texts, labels, languages = zip(*(self.sentence() for _ in range(count)))
        return list(texts), np.array(labels, np.int64), list(languages)


def pad(rows):
    """Id arrays of differing lengths -> ids int64 [count, longest] and mask of the same shape."""
    longest = max(len(row) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.int64)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.from_numpy(row)
        mask[i, : len(row)] = 1
    return ids, mask


def corrupted(text, rng):
    """The text with a random share from 15 % to 50 % of its letters and digits replaced."""
    return degrade_text(text, rng, rng.uniform(0.15, 0.5))
