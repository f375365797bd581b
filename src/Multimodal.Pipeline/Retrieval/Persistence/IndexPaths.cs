using System.Globalization;
using System.Security.Cryptography;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>Where the blobs of one index lie.</summary>
internal sealed class IndexPaths(string index)
{
    private const string ManifestName = "manifest.json";

    /// <summary>What is compacted and what is erased agree on by conditional writes.</summary>
    public BlobPath Manifest { get; } = new(Containers.Indexes, $"{index}/{ManifestName}");

    /// <summary>The prefix of compacted entries.</summary>
    public string Segments { get; } = $"{index}/segments/";

    /// <summary>The prefix of entries as they were written.</summary>
    public string Log { get; } = $"{index}/log/";

    /// <summary>The prefix of erasures that are not done with.</summary>
    public string Erasures { get; } = $"{index}/erased/";

    /// <summary>The index that a manifest belongs to; null where the blob is none.</summary>
    public static string? FindIndex(BlobPath blob) =>
        blob.Name.EndsWith($"/{ManifestName}", StringComparison.Ordinal) ? blob.Name[..^(ManifestName.Length + 1)] : null;

    /// <summary>A segment that is to follow a manifest of this generation.</summary>
    public BlobPath NewSegment(long generation) =>
        new(Containers.Indexes, $"{Segments}{generation:x16}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");

    /// <summary>The generation of the manifest that a segment was made after.</summary>
    public long GenerationOf(string segment) =>
        long.TryParse(segment.AsSpan(Segments.Length).Slice(0, Math.Min(16, segment.Length - Segments.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : long.MaxValue;

    /// <summary>Entries that are written now.</summary>
    public BlobPath NewLog(EntryVersion version) => new(Containers.Indexes, $"{Log}{version}");

    /// <summary>An erasure that begins now.</summary>
    public BlobPath NewErasure(EntryVersion version) => new(Containers.Indexes, $"{Erasures}{version}.json");
}
