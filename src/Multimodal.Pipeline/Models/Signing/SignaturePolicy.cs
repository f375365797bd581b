namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What a host does with pipelines that no trusted key signed.</summary>
public enum SignaturePolicy
{
    /// <summary>It takes them, with a warning where it knows keys; only what is revoked is refused.</summary>
    None,

    /// <summary>It refuses them.</summary>
    Require,
}
