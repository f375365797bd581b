using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration;

/// <summary>What is logged. Files are called by <see cref="Pipeline.Privacy.LoggedName"/>, faults are <see cref="Pipeline.Privacy.LoggedException"/>.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Job {JobId}, revision {Revision}, closed: {Status}.")]
    public static partial void JobClosed(ILogger logger, JobId jobId, int revision, JobOutcomeStatus status);

    [LoggerMessage(2, LogLevel.Warning, "Job {JobId}: the input {Input} could not be encoded ({Code}).")]
    public static partial void InputNotEncoded(ILogger logger, JobId jobId, string input, string code);

    [LoggerMessage(3, LogLevel.Warning, "Job {JobId}: the input {Input} was refused ({Code}).")]
    public static partial void InputRefused(ILogger logger, JobId jobId, string input, string code);

    [LoggerMessage(4, LogLevel.Information, "Job {JobId}: the input {Input} is late; the job is closed.")]
    public static partial void InputLate(ILogger logger, JobId jobId, string input);

    [LoggerMessage(5, LogLevel.Warning, "The upload {Name} was refused: {Fault}.")]
    public static partial void NameRefused(ILogger logger, string name, string fault);

    [LoggerMessage(6, LogLevel.Warning, "Job {JobId}: job.json was refused; what is wrong with it lies in quarantine.")]
    public static partial void ManifestRefused(ILogger logger, JobId jobId);

    [LoggerMessage(7, LogLevel.Error, "Job {JobId}: the input {Input} failed at every attempt; its receipt says why.")]
    public static partial void InputFailed(ILogger logger, JobId jobId, string input);

    [LoggerMessage(8, LogLevel.Warning, "Something was uploaded to the erased job {JobId}; it was deleted.")]
    public static partial void UploadOfErasedJob(ILogger logger, JobId jobId);

    [LoggerMessage(9, LogLevel.Information, "A job was erased.")]
    public static partial void JobErased(ILogger logger);

    [LoggerMessage(10, LogLevel.Information, "Retention: {Report}.")]
    public static partial void Swept(ILogger logger, SweepReport report);

    [LoggerMessage(11, LogLevel.Warning, "Job {JobId}: no event told of the input {Input} in time; the job takes it in itself.")]
    public static partial void EventMissed(ILogger logger, JobId jobId, string input);

    [LoggerMessage(12, LogLevel.Warning, "Job {JobId}: the input {Input} could not be taken in and is left for later.")]
    public static partial void StragglerFailed(ILogger logger, Exception exception, JobId jobId, string input);

    [LoggerMessage(13, LogLevel.Warning, "Job {JobId}, revision {Revision}, was open for long; it is resumed if nothing runs it.")]
    public static partial void JobResumed(ILogger logger, JobId jobId, int revision);

    [LoggerMessage(14, LogLevel.Error, "Job {JobId} could not be resumed.")]
    public static partial void ResumeFailed(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(15, LogLevel.Warning, "No event told of the upload {Name} in time; it was found by the sweep.")]
    public static partial void UploadFound(ILogger logger, string name);

    [LoggerMessage(16, LogLevel.Error, "The upload {Name} could not be taken in; it is tried again at the next sweep.")]
    public static partial void UploadNotTakenIn(ILogger logger, Exception exception, string name);

    [LoggerMessage(17, LogLevel.Error, "Job {JobId} could not be kept in an index.")]
    public static partial void NotIndexed(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(31, LogLevel.Information, "Batch {Batch} takes in the container '{Container}'.")]
    public static partial void BatchStarted(ILogger logger, string batch, string container);

    [LoggerMessage(32, LogLevel.Information, "Batch {Batch} was stopped.")]
    public static partial void BatchStopped(ILogger logger, string batch);

    [LoggerMessage(33, LogLevel.Information, "Batch {Batch} is completed: {Started} jobs started, {Refused} refusals.")]
    public static partial void BatchCompleted(ILogger logger, string batch, long started, long refused);

    [LoggerMessage(34, LogLevel.Debug, "Batch {Batch}: a page of {Started} jobs was taken in, {Skipped} were there already, {Refused} refusals.")]
    public static partial void PageTakenIn(ILogger logger, string batch, int started, int skipped, int refused);

    [LoggerMessage(35, LogLevel.Warning, "Batch {Batch}: {Name} could not be taken in; it is tried again.")]
    public static partial void GroupFailed(ILogger logger, Exception exception, string batch, string name);
}
