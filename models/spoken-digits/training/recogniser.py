"""The network: log-mel frames to a label for every 30 ms, and to an embedding of the whole."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import shared  # noqa: F401
from networks import MaskedConvolution

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
LABELS = ["", *WORDS]
"""The blank comes first; every other label is a whole word."""

STRIDE = 3
"""Frames a step. Connectionist temporal classification needs a step for each word and one between
two like words. The shortest digit of FSDD has 14 frames once it is trimmed; played at 1.25 times
its speed it still gets four steps."""


def steps(frames):
    """How many steps come from so many frames, for whole numbers and tensors."""
    return (frames + STRIDE - 1) // STRIDE


class Recogniser(nn.Module):
    """`input_features` [N, 40, T], `attention_mask` int64 [N, T] -> `embedding` [N, 2 * hidden],
    the mean of the hidden states, and `logits` [N, ceil(T / 3), 11].

    Padding has no influence: convolutions are masked, and the recurrent layer runs over each
    item's own length. Logits past an item's end mean nothing.
    """

    def __init__(self, mels=40, channels=96, hidden=128, dropout=0.25):
        super().__init__()
        self.first = nn.Conv1d(mels, channels, 5, STRIDE, 2, bias=False)
        self.first_norm = nn.BatchNorm1d(channels)
        self.second = MaskedConvolution(channels, channels, 5)
        self.third = MaskedConvolution(channels, channels, 5)
        self.dropout = nn.Dropout(dropout)
        self.recurrent = nn.GRU(channels, hidden, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * hidden, len(LABELS))

    def forward(self, input_features, attention_mask):
        mask = attention_mask.to(torch.float32)
        x = self.first_norm(self.first(input_features * mask.unsqueeze(1)))
        mask = mask[:, ::STRIDE]
        lengths = mask.sum(1).to(torch.int64).cpu()
        x = F.relu(x) * mask.unsqueeze(1)
        x = x + self.second(x, mask)
        x = x + self.third(x, mask)
        # Sorting only serves the packing; ONNX's GRU takes the lengths in any order.
        exporting = torch.onnx.is_in_onnx_export()
        x = self.dropout(x.transpose(1, 2))
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=exporting)
        packed, _ = self.recurrent(packed)
        x, _ = pad_packed_sequence(packed, batch_first=True, total_length=x.shape[1])
        x = x * mask.unsqueeze(2)
        embedding = x.sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return embedding, self.out(self.dropout(x))


def greedy(logits, count):
    """The labels of the best path over the first `count` steps: repeats joined, blanks dropped."""
    best = logits[:count].argmax(1).tolist()
    return [b for i, b in enumerate(best) if b != 0 and (i == 0 or b != best[i - 1])]
