namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>A function of the whole text.</summary>
internal sealed class SimpleNormalizer(Func<string, string> normalize) : ITextNormalizer
{
    public string Normalize(string text) => normalize(text);
}
