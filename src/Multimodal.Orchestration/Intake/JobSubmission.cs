using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>
/// Submits a job whose inputs are all at hand: stores them as uploads, takes them in at once, and leaves the job ready to be started.
/// </summary>
public sealed class JobSubmission(
    InputStore inputs, JobRecords records, JobStarter starter, UploadIntake intake, InputLimits limits)
{
    private const int SideBySide = 4;
    private const long SideBySideBytes = 4 << 20;

    /// <summary>
    /// Submits a job. Where it exists and is closed this is its next revision; where it is still open, as after a crash,
    /// it goes on. A file that cannot be an input is refused; the others go on.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself; the files are added to the inputs that it names.</param>
    /// <param name="files">The inputs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open record; the files all have receipts.</returns>
    /// <exception cref="JobOptionsException">An option cannot be used.</exception>
    /// <exception cref="JobErasedException">The job was erased, and its tombstone still stands.</exception>
    public Task<JobRecord> SubmitAsync(
        JobId job, JobOptions options, IReadOnlyList<JobFile> files, CancellationToken cancellationToken) =>
        SubmitAsync(job, options, manifest: null, files, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(JobId, JobOptions, IReadOnlyList{JobFile}, CancellationToken)"/>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself; the files are added to the inputs that it names.</param>
    /// <param name="manifest">The options as they were sent, to be stored as the job's <c>job.json</c>; null where there were none.</param>
    /// <param name="files">The inputs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<JobRecord> SubmitAsync(
        JobId job, JobOptions options, ReadOnlyMemory<byte>? manifest, IReadOnlyList<JobFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        var named = files.Select(file => (Name: InputName.Clean(file.Name), File: file)).OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        options = options with { Inputs = [.. named.Select(pair => pair.Name).Union(options.Inputs ?? [], StringComparer.Ordinal)] };
        var record = await OpenAsync(job, options, cancellationToken);
        if (manifest is { } json)
        {
            record = await StoreManifestAsync(record, options, json, cancellationToken);
        }

        // Storage answers slowly, and large files take memory: small ones are taken in side by side.
        foreach (var (name, file) in named.Where(pair => pair.File.Length > SideBySideBytes))
        {
            await TakeInAsync(record, name, file, cancellationToken);
        }

        await Parallel.ForEachAsync(
            named.Where(pair => pair.File.Length <= SideBySideBytes),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (pair, token) => await TakeInAsync(record, pair.Name, pair.File, token));
        return record;
    }

    private async Task TakeInAsync(JobRecord record, string name, JobFile file, CancellationToken cancellationToken)
    {
        if (FindFault(file) is { } fault)
        {
            await intake.RefuseAsync(record, name, fault, cancellationToken);
            return;
        }

        var content = await file.ReadAsync(cancellationToken);
        var input = await inputs.UploadAsync(record.JobId, name, content, cancellationToken);
        await intake.TakeInAsync(record, input, content, cancellationToken);
    }

    // The record comes before the files, so that whoever is told of a file finds a job that waits for all of them.
    private async Task<JobRecord> OpenAsync(JobId job, JobOptions options, CancellationToken cancellationToken) =>
        await records.FindAsync(job, cancellationToken) is null
            ? await starter.EnsureRecordAsync(job, options, cancellationToken)
            : await starter.ReopenAsync(job, options, cancellationToken);

    private async Task<JobRecord> StoreManifestAsync(
        JobRecord record, JobOptions options, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var stored = await inputs.UploadAsync(record.JobId, InputName.Manifest, json, cancellationToken);
        return record.ManifestETag == stored.ETag ? record
            : record.Options == options
                ? await records.UpdateAsync(record.JobId, current => current with { ManifestETag = stored.ETag }, cancellationToken)
                : await starter.AmendAsync(record.JobId, options, stored.ETag, cancellationToken);
    }

    // What is known before a file is read is judged before it is read.
    private InputError? FindFault(JobFile file) =>
        InputName.FindFault(file.Name) is { } fault ? InputErrors.BadName(InputName.Clean(file.Name), fault)
        : file.Length > limits.MaximumBytes ? InputErrors.TooLarge(file.Name, file.Length, limits)
        : null;
}
