namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What a statement says of its subject.</summary>
internal sealed record StatementPredicate
{
    /// <summary>When it was signed, by the signer's own clock.</summary>
    public required DateTimeOffset SignedAt { get; init; }
}
