using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Hosting;

/// <summary>
/// Keeps hosts of different kinds out of one another's storage: their engines do not know of each other's runs, so that both would run
/// every job. The first host marks the storage with its kind, for good: a Functions app that is scaled to zero still has its jobs.
/// Hosts of one kind share it.
/// </summary>
public sealed class HostClaim(IBlobStore store, TimeProvider time)
{
    /// <summary>Where the mark lies; its name is no job's.</summary>
    public static BlobPath Path { get; } = new(Containers.Jobs, "_host.json");

    /// <summary>Marks the storage, or finds it marked. A host calls it at its start, before it takes anything in.</summary>
    /// <param name="kind">One of <see cref="HostKinds"/>.</param>
    /// <param name="takeOver">Whether to mark it anew where it is another kind's; its owner has stopped that one for good.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="HostConflictException">It is another kind's.</exception>
    public async Task MakeAsync(string kind, bool takeOver, CancellationToken cancellationToken)
    {
        var mark = new HostMark(kind, time.GetUtcNow());
        while (true)
        {
            if (await store.ReadJsonAsync(Path, OrchestrationJson.Default.HostMark, cancellationToken) is not { } stored)
            {
                if (await store.WriteJsonAsync(Path, mark, OrchestrationJson.Default.HostMark, WriteCondition.IfAbsent, cancellationToken) is not null)
                {
                    return;
                }
            }
            else if (stored.Value.Kind == kind)
            {
                return;
            }
            else if (!takeOver)
            {
                throw new HostConflictException(kind, stored.Value);
            }
            else if (await store.WriteJsonAsync(
                Path, mark, OrchestrationJson.Default.HostMark, WriteCondition.IfMatch(stored.ETag), cancellationToken) is not null)
            {
                return;
            }
        }
    }
}
