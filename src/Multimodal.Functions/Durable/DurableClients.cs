using Microsoft.DurableTask.Client;

namespace Multimodal.Functions.Durable;

/// <summary>
/// The Durable client of the function that is running. The worker hands clients out by binding only, while those who start and wake jobs
/// are the container's; so a function with such a binding says here which one is meant.
/// </summary>
public sealed class DurableClients
{
    private readonly AsyncLocal<DurableTaskClient?> _current = new();

    /// <exception cref="InvalidOperationException">The running function has no Durable client.</exception>
    public DurableTaskClient Current => _current.Value
        ?? throw new InvalidOperationException("This function starts or wakes jobs without a [DurableClient] of its own.");

    /// <summary>Sets the client for what the calling function awaits from here on.</summary>
    public void Use(DurableTaskClient client) => _current.Value = client;
}
