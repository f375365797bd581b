namespace Multimodal.Pipeline.Models;

/// <summary>A pipeline that cannot be used: absent, malformed, or with a file that is not the declared one.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>Refuses a pipeline; the message names the path and the remedy.</summary>
    public PipelineException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
