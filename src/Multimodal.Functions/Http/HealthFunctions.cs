using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Multimodal.Http;

namespace Multimodal.Functions.Http;

/// <summary>Health, for probes: these need no key.</summary>
public sealed class HealthFunctions(JobsApi api)
{
    /// <summary>Whether the process runs.</summary>
    [Function(nameof(Live))]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) => api.Live();

    /// <summary>Whether jobs would be done, and on what.</summary>
    [Function(nameof(Ready))]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken) =>
        api.ReadyAsync(cancellationToken);
}
