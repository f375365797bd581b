namespace Multimodal.Pipeline.Storage;

/// <summary>What became of a copy.</summary>
public enum CopyOutcome
{
    /// <summary>It was made.</summary>
    Copied,

    /// <summary>Something was there already, and was left as it is.</summary>
    Exists,

    /// <summary>There is nothing to copy.</summary>
    SourceMissing,
}
