namespace Multimodal.Pipeline.Storage;

/// <summary>What must hold for a write to happen.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(bool mustBeAbsent, string? eTag)
    {
        MustBeAbsent = mustBeAbsent;
        ETag = eTag;
    }

    /// <summary>Write whatever is there.</summary>
    public static WriteCondition None => default;

    /// <summary>Write only where nothing is there (<c>If-None-Match: *</c>).</summary>
    public static WriteCondition IfAbsent => new(true, null);

    /// <summary>Whether nothing may be there yet.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The version that must be there, or null.</summary>
    public string? ETag { get; }

    /// <summary>Write only over this very version (<c>If-Match</c>).</summary>
    public static WriteCondition IfMatch(string eTag)
    {
        ArgumentException.ThrowIfNullOrEmpty(eTag);
        return new WriteCondition(false, eTag);
    }
}
