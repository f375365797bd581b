namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>A piece of a SentencePiece model.</summary>
/// <param name="Text">What it is written as, <c>▁</c> for a space.</param>
/// <param name="Score">The logarithm of its probability, or its rank below 0.</param>
/// <param name="Kind">One of sentencepiece_model.proto's types: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte.</param>
internal readonly record struct SentencePiece(string Text, float Score, int Kind)
{
    public const int Normal = 1;
    public const int Unknown = 2;
    public const int Control = 3;
    public const int Byte = 6;
}
