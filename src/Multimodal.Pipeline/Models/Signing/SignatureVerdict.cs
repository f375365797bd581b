namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What was found of a pipeline's signature.</summary>
/// <param name="State">What it is worth.</param>
/// <param name="Finding">For people, a sentence with the path, the key and the remedy where one is needed.</param>
public sealed record SignatureVerdict(SignatureState State, string Finding)
{
    /// <summary>The trusted key that signed it; null where none did.</summary>
    public TrustedKey? Key { get; init; }

    /// <summary>When that was, as the signer states it; null where no trusted key signed it.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}
