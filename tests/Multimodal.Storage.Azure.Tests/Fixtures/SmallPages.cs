using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>Asks for listings in small pages, whatever the caller asks for.</summary>
internal sealed class SmallPages(int size) : HttpPipelinePolicy
{
    private int _requested;

    /// <summary>How many pages were asked for.</summary>
    public int Requested => _requested;

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (message.Request.Uri.Query.Contains("comp=list", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _requested);
            message.Request.Uri.AppendQuery("maxresults", size.ToString(CultureInfo.InvariantCulture));
        }

        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
