using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>A blob of an index cannot be read: it is damaged, gone, or of a format that is not known.</summary>
public sealed class IndexDamagedException : Exception
{
    /// <summary>Names the blob, what is wrong with it, and what to do.</summary>
    public IndexDamagedException(BlobPath blob, string fault, string remedy, Exception? innerException = null)
        : base($"The index blob '{blob}' cannot be used: {fault} {remedy}", innerException)
    {
        Blob = blob;
    }

    /// <summary>The blob.</summary>
    public BlobPath Blob { get; }

    /// <summary>A damaged segment.</summary>
    internal static IndexDamagedException OfSegment(BlobPath blob, string fault, Exception? innerException = null) => new(
        blob,
        fault,
        "Put it back from a copy; or delete it and run the jobs again whose entries it held. What other blobs hold is still found.",
        innerException);
}
