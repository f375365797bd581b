namespace Multimodal.Pipeline.Storage;

/// <summary>Where a blob lies: a container and a name within it, whose parts are divided by <c>/</c>.</summary>
public readonly record struct BlobPath(string Container, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Name}";
}
