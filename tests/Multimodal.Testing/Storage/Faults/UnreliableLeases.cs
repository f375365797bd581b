using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage.Faults;

/// <summary>Leases whose calls go wrong as a plan says. One whose answer is lost is held by nobody, and ends after a while.</summary>
public sealed class UnreliableLeases(IJobLeases inner, FaultPlan plan) : IJobLeases
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public ValueTask<IAsyncDisposable?> TryAcquireAsync(JobId jobId, CancellationToken cancellationToken = default) =>
        plan.RunAsync(
            () => inner.TryAcquireAsync(jobId, cancellationToken),
            lease =>
            {
                _ = EndAsync(lease);
                return ValueTask.CompletedTask;
            });

    private static async Task EndAsync(IAsyncDisposable? lease)
    {
        await Task.Delay(Duration);
        if (lease is not null)
        {
            await lease.DisposeAsync();
        }
    }
}
