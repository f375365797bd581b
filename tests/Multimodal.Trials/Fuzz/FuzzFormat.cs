using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Trials.Fuzz;

/// <summary>Samples of one format, and what reads them.</summary>
/// <param name="Name">The format.</param>
/// <param name="Kind">The kind of preprocessing.</param>
/// <param name="Preprocessor">What is tried.</param>
/// <param name="Samples">Files of the format.</param>
internal sealed record FuzzFormat(string Name, string Kind, IPreprocessor Preprocessor, IReadOnlyList<InputContent> Samples)
{
    /// <summary>Its share of the mutations, in proportion to the other formats' weights.</summary>
    public required int Weight { get; init; }

    /// <summary>What one file may take.</summary>
    public required TimeSpan Limit { get; init; }
}
