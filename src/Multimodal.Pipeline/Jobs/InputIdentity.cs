namespace Multimodal.Pipeline.Jobs;

/// <summary>One version of one input: its file name and the store's ETag of its content.</summary>
public sealed record InputIdentity(string Name, string ETag)
{
    /// <summary>Stands for the ETag of an input that was refused before it was stored.</summary>
    public const string NotStored = "";
}
