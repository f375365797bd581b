using System.Text;
using Google.Protobuf;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>
/// A SentencePiece model as its file holds it (sentencepiece_model.proto, ModelProto): read for its pieces, and made for vocabularies
/// that come as JSON, so that the library's model can take them.
/// </summary>
internal sealed record SentencePieceFile
{
    /// <summary>The most pieces: more than any vocabulary in use.</summary>
    private const int MaximumPieces = 2_000_000;

    private readonly byte[]? _bytes;

    private SentencePieceFile(byte[]? bytes) => _bytes = bytes;

    /// <summary>A unigram model to be made, whose pieces come normalised.</summary>
    public SentencePieceFile(IReadOnlyList<SentencePiece> pieces, int unknownId, bool hasByteFallback)
    {
        Pieces = pieces;
        UnknownId = unknownId;
        HasByteFallback = hasByteFallback;
    }

    /// <summary>Pieces; the index is the id.</summary>
    public IReadOnlyList<SentencePiece> Pieces { get; private init; } = [];

    public int UnknownId { get; private init; }

    public bool HasByteFallback { get; private init; }

    /// <summary>The compiled rules of normalisation; empty where there are none.</summary>
    public byte[] Rules { get; private init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="PipelineException">It is malformed.</exception>
    public static SentencePieceFile Read(byte[] bytes, string place)
    {
        try
        {
            return Parse(bytes, place);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IOException or DecoderFallbackException or ArgumentException)
        {
            throw new PipelineException($"{place} is not a SentencePiece model: {e.Message}", e);
        }
    }

    /// <summary>
    /// The bytes of a file for the library, without the rules: the library passes over those that replace something by nothing. Of a message
    /// that comes twice the later members count, so an empty one at the end clears them.
    /// </summary>
    public byte[] ToBytes() => _bytes is null ? Write() : [.. _bytes, 0x1A, 2, 0x12, 0];

    private static SentencePieceFile Parse(byte[] bytes, string place)
    {
        var pieces = new List<SentencePiece>();
        var rules = Array.Empty<byte>();
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == Tag(1, WireFormat.WireType.LengthDelimited))
            {
                pieces.Add(ReadPiece(input.ReadBytes()));
                if (pieces.Count > MaximumPieces)
                {
                    throw new PipelineException($"{place} has more than {MaximumPieces} pieces.");
                }
            }
            else if (tag == Tag(3, WireFormat.WireType.LengthDelimited))
            {
                rules = ReadRules(input.ReadBytes()) ?? rules;
            }
            else
            {
                input.SkipLastField();
            }
        }

        var unknown = pieces.FindIndex(piece => piece.Kind == SentencePiece.Unknown);
        return unknown >= 0
            ? new SentencePieceFile(bytes)
            {
                Pieces = pieces,
                UnknownId = unknown,
                HasByteFallback = pieces.Exists(piece => piece.Kind == SentencePiece.Byte),
                Rules = rules,
            }
            : throw new PipelineException($"{place} is not a SentencePiece model: it has no piece for what is unknown.");
    }

    private static SentencePiece ReadPiece(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        var (text, score, kind) = ("", 0f, SentencePiece.Normal);
        while (input.ReadTag() is var tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.LengthDelimited):
                    text = input.ReadString();
                    break;
                case (2, WireFormat.WireType.Fixed32):
                    score = input.ReadFloat();
                    break;
                case (3, WireFormat.WireType.Varint):
                    kind = input.ReadEnum();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new SentencePiece(text, score, kind);
    }

    // NormalizerSpec: precompiled_charsmap.
    private static byte[]? ReadRules(ByteString bytes)
    {
        byte[]? rules = null;
        var input = bytes.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == Tag(2, WireFormat.WireType.LengthDelimited))
            {
                rules = input.ReadBytes().ToByteArray();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return rules;
    }

    private byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            foreach (var piece in Pieces)
            {
                output.WriteTag(1, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(WritePiece(piece));
            }

            // TrainerSpec: a unigram model, byte fallback, the unknown piece; the start and the end are ordinary here.
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(WriteMessage(trainer =>
            {
                trainer.WriteTag(3, WireFormat.WireType.Varint);
                trainer.WriteEnum(1);
                trainer.WriteTag(35, WireFormat.WireType.Varint);
                trainer.WriteBool(HasByteFallback);
                trainer.WriteTag(40, WireFormat.WireType.Varint);
                trainer.WriteInt32(UnknownId);
                trainer.WriteTag(45, WireFormat.WireType.LengthDelimited);
                trainer.WriteString(Pieces[UnknownId].Text);
            }));

            // NormalizerSpec: nothing is added, folded or escaped.
            output.WriteTag(3, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(WriteMessage(normalizer =>
            {
                foreach (var field in (int[])[3, 4, 5])
                {
                    normalizer.WriteTag(field, WireFormat.WireType.Varint);
                    normalizer.WriteBool(false);
                }
            }));
        }

        return buffer.ToArray();
    }

    private static ByteString WritePiece(SentencePiece piece) => WriteMessage(output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(piece.Text);
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat(piece.Score);
        output.WriteTag(3, WireFormat.WireType.Varint);
        output.WriteEnum(piece.Kind);
    });

    private static ByteString WriteMessage(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }

        return ByteString.CopyFrom(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static uint Tag(int field, WireFormat.WireType type) => WireFormat.MakeTag(field, type);
}
