namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>What an index consists of besides its log.</summary>
internal sealed record IndexManifest
{
    /// <summary>The version of the format that this code reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>Numbers in a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>What scores are: a name of <see cref="Microsoft.Extensions.VectorData.DistanceFunction"/>.</summary>
    public required string Distance { get; init; }

    /// <summary>One more with every change.</summary>
    public required long Generation { get; init; }

    /// <summary>The names of the segments.</summary>
    public required IReadOnlyList<string> Segments { get; init; }
}
