namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>Changes a text before it is split. Safe for concurrent use.</summary>
internal interface ITextNormalizer
{
    /// <summary>Normalises well-formed UTF-16.</summary>
    string Normalize(string text);
}
