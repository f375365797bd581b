using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Leases;

namespace Multimodal.Storage.Azure.Composition;

/// <summary>
/// Creates what the adapters need in the account. The adapters themselves create nothing, so that a container that is
/// missing, or an account that is not the right one, is an error and no job that seems to be unknown.
/// </summary>
public sealed class AzureStorageProvisioner
{
    private readonly AzureStorageClients _clients;

    internal AzureStorageProvisioner(AzureStorageClients clients) => _clients = clients;

    /// <summary>
    /// Creates the containers of <see cref="Containers.All"/>, the container <c>leases</c> and the queue
    /// <see cref="Containers.ResultQueue"/>, all private, where they are absent. A host calls it at its start, as often as it likes.
    /// </summary>
    /// <exception cref="global::Azure.RequestFailedException">The account refused, or was not reached.</exception>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken = default) => EnsureCreatedAsync([], cancellationToken);

    /// <inheritdoc cref="EnsureCreatedAsync(CancellationToken)"/>
    /// <param name="further">Further containers that the host reads.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task EnsureCreatedAsync(IEnumerable<string> further, CancellationToken cancellationToken = default)
    {
        var containers = Containers.All.Append(AzureJobLeases.Container).Union(further).Select(name =>
            _clients.Blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        await Task.WhenAll([.. containers, _clients.Results.CreateIfNotExistsAsync(cancellationToken: cancellationToken)]);
    }
}
