namespace Multimodal.Orchestration.Batches;

/// <summary>Where in the listing a batch goes on.</summary>
/// <param name="Continuation">The part of the listing; null for the first.</param>
/// <param name="After">What of that part is taken in already: a blob's name, or what the names of a folder begin with; null for nothing.</param>
public sealed record BatchCursor(string? Continuation, string? After)
{
    /// <summary>The beginning.</summary>
    public static BatchCursor Start { get; } = new(null, null);
}
