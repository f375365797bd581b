"""What SentencePiece itself makes of the texts of tokens.json, by the two models beside: run after generate.mjs, writes sentencepiece.json."""
import json
import pathlib

import sentencepiece

here = pathlib.Path(__file__).parent
texts = list(dict.fromkeys(entry["text"] for entry in json.loads((here / "tokens.json").read_text())))
golden = []
for name, file in (("llama", "tokenizer.model"), ("xlm-roberta", "sentencepiece.bpe.model")):
    model = sentencepiece.SentencePieceProcessor(model_file=str(here / name / file))
    for text in texts:
        # Special tokens in a text are found before SentencePiece sees it.
        if "<s>" not in text and "<mask>" not in text:
            golden.append({"tokenizer": name, "text": text, "ids": model.encode(text)})
(here / "sentencepiece.json").write_text("[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in golden) + "\n]\n")
