using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.Search;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Tests.Retrieval.Persistence;

/// <summary>An index for tests: keys with one number each, that are found again by it.</summary>
internal sealed class StoredIndex : IDisposable
{
    public const string Name = "numbers";

    public StoredIndex(IBlobStore store, int largestLog = 3, long largestSegment = 1_000, TimeProvider? time = null)
    {
        Index = new VectorIndex(
            store,
            Name,
            new IndexDefinition(2, DistanceFunction.DotProductSimilarity),
            new IndexOptions { Freshness = TimeSpan.Zero, LargestLog = largestLog, LargestSegment = largestSegment, Threads = 1 },
            time ?? TimeProvider.System,
            NullLogger.Instance);
    }

    public VectorIndex Index { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task PutAsync(params (string Key, int Value)[] entries) => Index.UpsertAsync(
        [.. entries.Select(entry => (
            entry.Key, (ReadOnlyMemory<float>)new float[] { entry.Value, 1 }, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"data {entry.Value}")))],
        Token);

    public Task EraseAsync(params string[] keys) => Index.EraseAsync(keys, Token);

    /// <summary>All that stands, by a search.</summary>
    public async Task<Dictionary<string, int>> ReadAllAsync()
    {
        var view = await Index.GetViewAsync(Token);
        var found = ExactSearch.Find(view.Parts, new float[] { 1, 0 }, 1_000, null, 1, Token);
        return found.ToDictionary(
            hit => hit.Key,
            hit =>
            {
                Assert.Equal($"data {hit.Score}", Encoding.UTF8.GetString(view.Segments[hit.Part].Data[hit.Row].Span));
                return (int)hit.Score;
            });
    }

    public void Dispose() => Index.Dispose();
}
