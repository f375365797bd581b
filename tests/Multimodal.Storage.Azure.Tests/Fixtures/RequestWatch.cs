using Azure.Core;
using Azure.Core.Pipeline;

namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>Counts the requests of a kind that were answered, each time that one is sent.</summary>
/// <param name="isWatched">Whether a request is of the kind; it may throw in place of sending it.</param>
/// <param name="answered">Released once for each.</param>
internal sealed class RequestWatch(Func<Request, bool> isWatched, SemaphoreSlim answered) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var watched = isWatched(message.Request);
        await ProcessNextAsync(message, pipeline);
        if (watched && !message.Response.IsError)
        {
            answered.Release();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
