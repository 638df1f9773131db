"""An invented language whose words are spread like those of real documentation.

Measured on real pages: 7.4 % of all words are the most frequent one, 0.16 % the hundredth, 0.012 %
the thousandth; 200 pages of 1,160 words have 7,700 different words, one page has 300. The most
frequent words are the function words of English, because a search index leaves these out.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final

FUNCTION_WORDS: Final = (
    "the to and a of in you for is or can with on that this your as by an from are be it when if "
    "not use at all which more will have each new then after into no other these such only one "
    "select any using their has see also was its they there but"
).split()

SIZE: Final = 60_000
"""How many words there are: 10,000 pages use most of them."""

EXPONENT: Final = 1.42
SHIFT: Final = 5.0
REUSE: Final = 0.42
"""How often a page repeats one of its own words."""

_STARTS: Final = "b c d f g h l m n p r s t v b d l m n p r t br ch cl dr gr pl pr sh st tr".split()
_VOWELS: Final = "a e i o u a e i o u a e i o ea io".split()
_ENDS: Final = " n r s t l m d nt ct rt st ck ng x".split(" ")
_SUFFIXES: Final = ("s", "ed", "ing", "er", "tion", "able", "ment", "ly", "al")


class Language:
    """The words, from the most frequent to the rarest."""

    def __init__(self, seed: int) -> None:
        random = Random(f"{seed}:words")
        self.words = [*FUNCTION_WORDS, *_invent(random, SIZE - len(FUNCTION_WORDS))]
        self.weights = list(
            accumulate((rank + SHIFT) ** -EXPONENT for rank in range(1, len(self.words) + 1))
        )
        self.content_words = self.words[len(FUNCTION_WORDS) :]
        base = self.weights[len(FUNCTION_WORDS) - 1]
        self.content_weights = [each - base for each in self.weights[len(FUNCTION_WORDS) :]]

    def content(self, random: Random, count: int) -> list[str]:
        """Return words that are no function words.

        :param random: The source of chance.
        :param count: How many.
        :returns: The words.
        """
        return random.choices(self.content_words, cum_weights=self.content_weights, k=count)

    def name(self, random: Random, low: int = 1, high: int = 2) -> str:
        """Return a name in capitals.

        :param random: The source of chance.
        :param low: How many words it has at least.
        :param high: How many it has at most.
        :returns: The name.
        """
        return " ".join(map(str.capitalize, self.content(random, random.randint(low, high))))


class Vocabulary:
    """The words of one page: it goes on about what it has begun with."""

    def __init__(self, language: Language, random: Random) -> None:
        self.language = language
        self.random = random
        self._used: list[str] = []

    def draw(self, count: int) -> list[str]:
        """Return words.

        :param count: How many.
        :returns: The words.
        """
        language, random = self.language, self.random
        words = random.choices(language.words, cum_weights=language.weights, k=count)
        used = self._used
        for index, word in enumerate(words):
            if used and random.random() < REUSE:
                words[index] = used[int(random.random() * len(used))]
            else:
                used.append(word)
        return words


def _invent(random: Random, count: int) -> list[str]:
    found: dict[str, None] = dict.fromkeys(FUNCTION_WORDS)
    # what Markdown or Python could take for something else is no word
    found |= dict.fromkeys(("toc", "index", "metadata", "assets", "help"))
    skip = len(found)
    stems: list[str] = []
    while len(found) < count + skip:
        if stems and random.random() < 0.4:
            word = random.choice(stems) + random.choice(_SUFFIXES)
        else:
            syllables = 1 if len(found) < 150 else random.choice((2, 2, 3))
            word = "".join(
                random.choice(_STARTS) + random.choice(_VOWELS) for _ in range(syllables)
            )
            word += random.choice(_ENDS)
            stems.append(word)
        if len(word) > 2:
            found[word] = None
    return list(found)[skip:]
