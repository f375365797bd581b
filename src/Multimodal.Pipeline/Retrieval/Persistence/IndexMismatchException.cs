using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>An index is there already, but for vectors of another kind.</summary>
public sealed class IndexMismatchException : Exception
{
    internal IndexMismatchException(BlobPath manifest, IndexDefinition stored, IndexDefinition asked)
        : base(
            $"The index of '{manifest}' holds vectors of {stored.Dimension} numbers for {stored.Distance}, and was asked for "
            + $"{asked.Dimension} and {asked.Distance}. Use another name, or delete it first.")
    {
    }
}
