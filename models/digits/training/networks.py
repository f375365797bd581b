"""The four networks: three encoders into one space of 128 dimensions, and the head on it."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

DIMENSIONS = 128
CLASSES = 10


def class_directions():
    """Fixed orthonormal directions float32 [CLASSES, DIMENSIONS], the same for every encoder.

    Each encoder is trained so that `embedding @ directions.T` are class logits. That puts the
    three encoders, trained apart, into one space, and lets an embedding's length carry certainty.
    """
    generator = torch.Generator().manual_seed(7)
    square = torch.linalg.qr(torch.randn(DIMENSIONS, CLASSES, generator=generator))[0]
    return square.T.contiguous()


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions with a shortcut; [N, inputs, H, W] -> [N, outputs, H/s, W/s]."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut = None
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        y = self.second_norm(self.second(y))
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class ImageEncoder(nn.Module):
    """Residual network; `pixel_values` [N, 1, 28, 28] -> `embedding` [N, 128]."""

    def __init__(self, channels=(16, 32, 64), dropout=0.2):
        super().__init__()
        narrow, middle, wide = channels
        self.stem = nn.Sequential(
            nn.Conv2d(1, narrow, 3, 1, 1, bias=False), nn.BatchNorm2d(narrow), nn.ReLU()
        )
        self.blocks = nn.Sequential(
            ResidualBlock(narrow, middle, 2),
            ResidualBlock(middle, middle, 1),
            ResidualBlock(middle, wide, 2),
            ResidualBlock(wide, wide, 1),
        )
        self.dropout = nn.Dropout(dropout)
        self.project = nn.Linear(2 * wide, DIMENSIONS)

    def forward(self, pixel_values):
        x = self.blocks(self.stem(pixel_values))
        x = torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)
        return self.project(self.dropout(x))


class SequencePooling(nn.Module):
    """Recurrent layer in both directions, then masked attention and maximum over the steps.

    [N, T, inputs] and mask [N, T] -> [N, 4 * hidden]. Steps where the mask is 0 have no
    influence: the recurrent layer runs over each sequence's own length.
    """

    def __init__(self, inputs, hidden):
        super().__init__()
        self.recurrent = nn.GRU(inputs, hidden, batch_first=True, bidirectional=True)
        self.score = nn.Linear(2 * hidden, 1)

    def forward(self, x, mask):
        lengths = mask.sum(1).to(torch.int64).cpu()
        # Sorting only serves the packing; ONNX's GRU takes the lengths in any order.
        exporting = torch.onnx.is_in_onnx_export()
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=exporting)
        packed, _ = self.recurrent(packed)
        states, _ = pad_packed_sequence(packed, batch_first=True, total_length=x.shape[1])
        absent = (1.0 - mask).unsqueeze(2) * -1e4
        attention = torch.softmax(self.score(states) + absent, 1)
        return torch.cat([(attention * states).sum(1), (states + absent).amax(1)], 1)


class MaskedConvolution(nn.Module):
    """Convolution over time whose padding stays zero; [N, inputs, T] -> [N, outputs, T]."""

    def __init__(self, inputs, outputs, width):
        super().__init__()
        self.convolution = nn.Conv1d(inputs, outputs, width, padding=width // 2, bias=False)
        self.norm = nn.BatchNorm1d(outputs)

    def forward(self, x, mask):
        return F.relu(self.norm(self.convolution(x))) * mask.unsqueeze(1)


class AudioEncoder(nn.Module):
    """`input_features` [N, 40, T], `attention_mask` int64 [N, T] -> `embedding` [N, 128]."""

    def __init__(self, mels=40, channels=96, hidden=64, dropout=0.2):
        super().__init__()
        self.first = MaskedConvolution(mels, channels, 5)
        self.second = MaskedConvolution(channels, channels, 5)
        self.dropout = nn.Dropout(dropout)
        self.pooling = SequencePooling(channels, hidden)
        self.project = nn.Linear(4 * hidden, DIMENSIONS)

    def forward(self, input_features, attention_mask):
        mask = attention_mask.to(torch.float32)
        x = self.first(input_features * mask.unsqueeze(1), mask)
        x = x + self.second(x, mask)
        x = self.pooling(self.dropout(x.transpose(1, 2)), mask)
        return self.project(self.dropout(x))


class TextEncoder(nn.Module):
    """`input_ids` int64 [N, T], `attention_mask` int64 [N, T] -> `embedding` [N, 128]."""

    def __init__(self, characters, embedding=48, channels=96, hidden=80, dropout=0.15):
        super().__init__()
        self.embed = nn.Embedding(characters, embedding)
        self.first = MaskedConvolution(embedding, channels, 5)
        self.second = MaskedConvolution(channels, channels, 5)
        self.dropout = nn.Dropout(dropout)
        self.pooling = SequencePooling(channels, hidden)
        self.project = nn.Linear(4 * hidden, DIMENSIONS)

    def forward(self, input_ids, attention_mask):
        mask = attention_mask.to(torch.float32)
        x = self.embed(input_ids).transpose(1, 2) * mask.unsqueeze(1)
        x = self.first(x, mask)
        x = x + self.second(x, mask)
        x = self.pooling(self.dropout(x.transpose(1, 2)), mask)
        return self.project(self.dropout(x))


class DigitHead(nn.Module):
    """`embedding` [N, 128], of one input or the mean of several -> `logits` [N, 10].

    Starts as the class directions; the hidden layer learns how far to trust the mean of several
    modalities, which is shorter when they disagree.
    """

    def __init__(self, hidden=64):
        super().__init__()
        self.direct = nn.Linear(DIMENSIONS, CLASSES)
        self.hidden = nn.Linear(DIMENSIONS, hidden)
        self.out = nn.Linear(hidden, CLASSES, bias=False)
        with torch.no_grad():
            self.direct.weight.copy_(class_directions())
            self.direct.bias.zero_()
            self.out.weight.zero_()

    def forward(self, embedding):
        return self.direct(embedding) + self.out(F.relu(self.hidden(embedding)))
