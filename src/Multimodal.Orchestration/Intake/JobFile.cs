namespace Multimodal.Orchestration.Intake;

/// <summary>A file that is submitted with a job.</summary>
/// <param name="Name">Its name within the job.</param>
/// <param name="Length">Its size in bytes, known before it is read.</param>
/// <param name="ReadAsync">Reads it whole.</param>
public sealed record JobFile(string Name, long Length, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync);
