"""Sentences to train the small tokenizers on: made of word lists of our own, the same at each run."""
import random

SUBJECTS = "the old fisherman|a red bicycle|my younger sister|the night train|an orange cat|two quiet children|the lighthouse keeper|a wooden boat|the village baker|her violin".split("|")
VERBS = "crosses|remembers|paints|follows|is waiting beside|photographs|repairs|doesn't notice|was sleeping under|carries".split("|")
OBJECTS = "the harbour wall|a broken umbrella|twelve small lanterns|the railway bridge|an unfinished letter|some fresh bread|the snowy garden|a photograph of the sea|its own shadow|the station clock".split("|")
ENDS = "in the morning.|at 7:45!|before the rain came;|for $3.50, they said.|and nobody knows why…|once again?|on the 21st of March.|(or so it seems).".split("|")
OTHERS = [
    "Der alte Leuchtturm steht am Rand der Stadt, grün und müde.", "Le café était déjà fermé quand l'orage est arrivé.",
    "El niño pequeño corre hacia la estación mañana.", "Старый рыбак чинит сети у самого моря.", "Ο μικρός φάρος φωτίζει τη θάλασσα.",
    "古い灯台は港の端に立っています。", "老渔夫在海边修补他的网。", "작은 기차가 다리를 건넌다.", "القطار القديم يعبر الجسر.", "पुराना पुल नदी के ऊपर है।",
]


def lines(count: int = 2000):
    pick = random.Random(5)
    for i in range(count):
        sentence = " ".join(pick.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, ENDS))
        yield sentence[0].upper() + sentence[1:] if i % 3 else sentence
        if i % 10 == 0:
            yield OTHERS[i // 10 % len(OTHERS)]


if __name__ == "__main__":
    print("\n".join(lines()))
