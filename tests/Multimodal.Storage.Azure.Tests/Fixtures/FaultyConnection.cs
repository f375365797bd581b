using Azure.Core;
using Azure.Core.Pipeline;

namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>A connection that breaks after the service has done what the first request of a kind asked for.</summary>
/// <param name="method">The kind of request.</param>
/// <param name="breakAsync">What happens at the break; it throws, or changes the answer.</param>
internal sealed class FaultyConnection(RequestMethod method, Func<HttpMessage, ValueTask> breakAsync) : HttpPipelinePolicy
{
    private int _seen;

    /// <summary>How many requests of the kind were sent.</summary>
    public int Seen => _seen;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == method && Interlocked.Increment(ref _seen) == 1)
        {
            await breakAsync(message);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
