"""RIFF WAVE files: integer and float PCM, A-law and mu-law (ITU-T G.711)."""

import struct

import numpy as np

_FORMAT_TAGS = {"pcm": 1, "float": 3, "a-law": 6, "mu-law": 7}


def _a_law_table():
    """The 256 values of A-law, int32 on a scale of 16 bits."""
    code = np.arange(256) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, code & 15
    lowest = (mantissa << 4) + 8
    value = np.where(exponent == 0, lowest, (lowest + 256) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, value, -value)


def _mu_law_table():
    """The 256 values of mu-law, int32 on a scale of 16 bits."""
    code = ~np.arange(256) & 0xFF
    value = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
    return np.where(code & 0x80, -value, value)


_TABLES = {"a-law": _a_law_table(), "mu-law": _mu_law_table()}


def _encode(samples, kind, bits):
    """Samples -1..1 [n] -> little-endian bytes."""
    if kind == "float":
        return samples.astype("<f4").tobytes()
    if kind in _TABLES:
        order = np.argsort(_TABLES[kind], kind="stable")
        levels = _TABLES[kind][order]
        wanted = np.clip(samples * 32768, levels[0], levels[-1])
        middles = (levels[1:] + levels[:-1]) / 2
        return order[np.searchsorted(middles, wanted)].astype(np.uint8).tobytes()
    scale = 2 ** (bits - 1)
    whole = np.clip(np.rint(samples * scale), -scale, scale - 1).astype("<i4")
    if bits == 8:
        return (whole + 128).astype(np.uint8).tobytes()
    return whole.view(np.uint8).reshape(-1, 4)[:, : bits // 8].tobytes()


def write_wav(path, samples, rate, kind="pcm", bits=16):
    """Write float samples -1..1 [n, channels] as "pcm" (8, 16, 24 bits), "float", "a-law" or
    "mu-law"."""
    channels = samples.shape[1]
    bits = {"float": 32, "a-law": 8, "mu-law": 8}.get(kind, bits)
    block = channels * bits // 8
    data = _encode(samples.reshape(-1), kind, bits)
    header = struct.pack("<HHIIHH", _FORMAT_TAGS[kind], channels, rate, rate * block, block, bits)
    chunks = b"fmt " + struct.pack("<I", len(header)) + header
    if kind != "pcm":
        chunks += b"fact" + struct.pack("<II", 4, len(samples))
    chunks += b"data" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks)


def read_wav(path):
    """Read what `write_wav` writes: float64 samples [n, channels] and the rate."""
    content = path.read_bytes()
    place, chunks = 12, {}
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        chunks[name] = content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    kind = {number: name for name, number in _FORMAT_TAGS.items()}[tag]
    data = np.frombuffer(chunks[b"data"], np.uint8)
    if kind == "float":
        samples = data.view("<f4").astype(np.float64)
    elif kind in _TABLES:
        samples = _TABLES[kind][data] / 32768.0
    elif bits == 8:
        samples = (data.astype(np.float64) - 128) / 128
    else:
        wide = np.zeros((len(data) * 8 // bits, 4), np.uint8)
        wide[:, 4 - bits // 8 :] = data.reshape(-1, bits // 8)
        samples = wide.view("<i4")[:, 0] / 2.0**31
    return samples.reshape(-1, channels), rate
