using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage.Faults;

/// <summary>A queue whose calls go wrong as a plan says.</summary>
public sealed class UnreliablePublisher(IResultPublisher inner, FaultPlan plan) : IResultPublisher
{
    public async ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default) =>
        await plan.RunAsync(async () =>
        {
            await inner.PublishAsync(message, cancellationToken);
            return true;
        });
}
