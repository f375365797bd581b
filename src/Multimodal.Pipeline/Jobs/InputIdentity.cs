namespace Multimodal.Pipeline.Jobs;

/// <summary>One version of one input: its file name and the store's ETag of its content.</summary>
public sealed record InputIdentity(string Name, string ETag);
