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
    /// <summary>
    /// Submits a job. Where it exists and is closed this is its next revision; where it is still open, as after a crash,
    /// it goes on. A file that cannot be an input is refused; the others go on.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="options">What the job says for itself; its inputs are set to the files.</param>
    /// <param name="files">The inputs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open record, whose inputs all have receipts.</returns>
    /// <exception cref="JobOptionsException">An option cannot be used.</exception>
    public async Task<JobRecord> SubmitAsync(
        JobId job, JobOptions options, IReadOnlyList<JobFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        var named = files.Select(file => (Name: InputName.Clean(file.Name), File: file)).OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        options = options with { Inputs = [.. named.Select(pair => pair.Name)] };
        var exists = await records.FindAsync(job, cancellationToken) is not null;
        var record = exists
            ? await starter.ReopenAsync(job, options, cancellationToken)
            : await starter.EnsureRecordAsync(job, options, cancellationToken);
        foreach (var (name, file) in named)
        {
            if (FindFault(file) is { } fault)
            {
                await intake.RefuseAsync(record, name, fault, cancellationToken);
                continue;
            }

            await inputs.UploadAsync(job, name, await file.ReadAsync(cancellationToken), cancellationToken);
            await intake.TakeInAsync(record, name, cancellationToken);
        }

        return record;
    }

    // What is known before a file is read is judged before it is read.
    private InputError? FindFault(JobFile file) =>
        InputName.FindFault(file.Name) is { } fault
            ? new InputError(InputErrorCodes.BadName, $"'{InputName.Clean(file.Name)}' cannot be an input: {fault}.", "Rename the file.")
            : file.Length > limits.MaximumBytes ? InputErrors.TooLarge(file.Name, file.Length, limits) : null;
}
