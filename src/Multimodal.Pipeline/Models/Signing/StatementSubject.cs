namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What a statement is about.</summary>
internal sealed record StatementSubject
{
    public required string Name { get; init; }

    /// <summary>Its digests in hexadecimal, by algorithm.</summary>
    public required IReadOnlyDictionary<string, string> Digest { get; init; }
}
