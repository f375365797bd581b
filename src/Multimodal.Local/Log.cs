using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "Job {JobId}: {Activity} failed at attempt {Attempt}; the next one begins in {Delay}.")]
    public static partial void ActivityRetried(ILogger logger, Exception exception, string jobId, string activity, int attempt, TimeSpan delay);

    [LoggerMessage(102, LogLevel.Error, "Job {JobId} stopped; it stays open and is taken up again at the next start.")]
    public static partial void JobStopped(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(103, LogLevel.Warning, "The upload {Name} could not be taken in, {Failures} times by now; the next attempt begins in {Pause}.")]
    public static partial void UploadPutOff(ILogger logger, Exception exception, string name, int failures, TimeSpan pause);

    [LoggerMessage(104, LogLevel.Error, "The uploads could not be listed; this is tried again until it works.")]
    public static partial void ListingFailed(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "The system does not tell of all files ({Reason}); they are found by listing alone.")]
    public static partial void WatchingByListingAlone(ILogger logger, string reason);

    [LoggerMessage(106, LogLevel.Information, "Jobs lie in {Storage}; uploads are {Uploads}.")]
    public static partial void StorageChosen(ILogger logger, string storage, string uploads);

    [LoggerMessage(107, LogLevel.Information, "Jobs that name no pipeline get '{Pipeline}' {Version}; {Runtime} runs the networks on {ExecutionProviders}.")]
    public static partial void PipelineChosen(ILogger logger, string pipeline, string version, string runtime, string executionProviders);

    [LoggerMessage(108, LogLevel.Information, "Stopping; what is at work ends first, for {Limit} at the most. Once more ends at once.")]
    public static partial void Stopping(ILogger logger, TimeSpan limit);

    [LoggerMessage(109, LogLevel.Error, "{Task} failed; it is tried again.")]
    public static partial void UpkeepFailed(ILogger logger, Exception exception, string task);

    [LoggerMessage(110, LogLevel.Information, "{Count} jobs that were open are resumed.")]
    public static partial void JobsResumed(ILogger logger, int count);

    [LoggerMessage(111, LogLevel.Information, "Measuring the {Modality} encoder of '{Pipeline}' on this machine.")]
    public static partial void Measuring(ILogger logger, string modality, string pipeline);

    [LoggerMessage(112, LogLevel.Warning, "Job {JobId}: the right to run it could not be asked for; the next attempt begins in {Pause}.")]
    public static partial void LeaseOutOfReach(ILogger logger, Exception exception, JobId jobId, TimeSpan pause);

    [LoggerMessage(131, LogLevel.Error, "Batch {Batch} stopped; it is taken up again in a minute.")]
    public static partial void BatchFailed(ILogger logger, Exception exception, string batch);
}
