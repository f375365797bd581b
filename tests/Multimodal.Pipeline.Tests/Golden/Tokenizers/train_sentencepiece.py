"""Trains the two SentencePiece models of generate.mjs: train_sentencepiece.py CORPUS FOLDER."""
import base64
import json
import pathlib
import sys

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as format

corpus, folder = sys.argv[1], pathlib.Path(sys.argv[2])

# A few rules in place of NFKC's thousands: ligatures, fractions, wide forms, white space, compositions, case-less signs.
RULES = {
    "ﬁ": "fi", "½": "1⁄2", "²": "2", "～": "~", "！": "!", "？": "?", "Ⅷ": "VIII", "Å": "Å", "Ω": "Ω", "ß": "ss", "\u00a0": " ",
    "\u3000": " ", "\u2003": " ", "\t": " ", "\n": " ", "\r": " ", "e\u0301": "é", "a\u0308": "ä", "\u200b": "", "\ufeff": "", "\u00ad": "", "𝐀": "A", "𝐁": "B",
}
rules = folder / "rules.tsv"
rules.write_text("".join(
    " ".join(f"{ord(c):X}" for c in source) + "\t" + " ".join(f"{ord(c):X}" for c in target) + "\n" for source, target in RULES.items()))

for kind in ("unigram", "bpe"):
    normalization = {"normalization_rule_tsv": str(rules)} if kind == "unigram" else {"normalization_rule_name": "identity"}
    sentencepiece.SentencePieceTrainer.train(
        input=corpus, model_prefix=str(folder / kind), model_type=kind, vocab_size=700, character_coverage=1.0, byte_fallback=kind == "bpe",
        remove_extra_whitespaces=kind == "unigram", hard_vocab_limit=False, minloglevel=2, num_threads=1, **normalization)
    model = format.ModelProto()
    model.ParseFromString((folder / f"{kind}.model").read_bytes())
    pieces = [(piece.piece, piece.score) for piece in model.pieces]
    ids = {piece: i for i, (piece, _) in enumerate(pieces)}
    # As conversions to tokenizer.json do: a merge for each way to make a piece of two, the most probable piece first.
    merges = [
        (ids[piece], ids[piece[:cut]], ids[piece[cut:]])
        for piece, _ in pieces for cut in range(1, len(piece)) if piece[:cut] in ids and piece[cut:] in ids
    ]
    merges.sort()
    (folder / f"{kind}.json").write_text(json.dumps({
        "pieces": pieces,
        "charsmap": base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode(),
        "merges": [[pieces[left][0], pieces[right][0]] for _, left, right in merges],
    }))
