namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Where a mark is set before a text that begins without one.</summary>
internal enum MetaspacePrefix
{
    /// <summary>Before every piece.</summary>
    Always,

    /// <summary>Before a piece that the whole text begins with.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
