using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Submission;

/// <summary>What a submission says, wholly read.</summary>
internal sealed class SubmittedJob : IAsyncDisposable
{
    /// <summary>The id that the sender chose, or null.</summary>
    public JobId? JobId { get; set; }

    /// <summary>The options as they were sent, or null.</summary>
    public ReadOnlyMemory<byte>? Manifest { get; set; }

    /// <summary>What they say.</summary>
    public JobOptions Options { get; set; } = new();

    public List<SpooledFile> Files { get; } = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var file in Files)
        {
            await file.DisposeAsync();
        }
    }
}
