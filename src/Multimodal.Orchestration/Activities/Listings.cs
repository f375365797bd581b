using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Reads stored listings.</summary>
internal static class Listings
{
    /// <summary>The listing of a reference.</summary>
    /// <exception cref="InvalidOperationException">There is none; the job was erased meanwhile.</exception>
    public static async Task<StoredListing> ReadListingAsync(
        this IBlobStore store, JobId job, string reference, CancellationToken cancellationToken) =>
        (await store.ReadJsonAsync(JobPaths.Listing(job, reference), OrchestrationJson.Default.StoredListing, cancellationToken))?.Value
        ?? throw new InvalidOperationException($"The listing {reference} of the job '{job}' is gone.");
}
