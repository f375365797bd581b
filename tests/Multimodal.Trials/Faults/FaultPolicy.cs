using Azure.Core;
using Azure.Core.Pipeline;
using Multimodal.Testing.Storage.Faults;

namespace Multimodal.Trials.Faults;

/// <summary>A connection to a storage account on which requests go wrong as a plan says, each time that they are sent.</summary>
internal sealed class FaultPolicy(FaultPlan plan) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        switch (plan.Next())
        {
            case StorageFault.None:
                await ProcessNextAsync(message, pipeline);
                break;
            case StorageFault.TimesOut:
                // As the client itself gives up on an answer.
                throw new TaskCanceledException("The storage did not answer in time.");
            case StorageFault.Throttles:
                message.Response = new BusyResponse(503, "ServerBusy", message.Request.ClientRequestId);
                break;
            case StorageFault.Refuses:
                message.Response = new BusyResponse(429, "TooManyRequests", message.Request.ClientRequestId);
                break;
            case StorageFault.LosesAnswer:
                await ProcessNextAsync(message, pipeline);
                message.Response.Dispose();
                throw new IOException("The connection broke after the request.");
            default:
                throw new IOException("The connection broke before the request.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
