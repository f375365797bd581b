namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What a pipeline's signature is worth.</summary>
public enum SignatureState
{
    /// <summary>There is none.</summary>
    Unsigned,

    /// <summary>A trusted key signed what is there.</summary>
    Trusted,

    /// <summary>None of its keys is known.</summary>
    Untrusted,

    /// <summary>It is malformed, of another definition, or not of the key that it names.</summary>
    Wrong,

    /// <summary>Its key, the definition or a file is revoked.</summary>
    Revoked,
}
