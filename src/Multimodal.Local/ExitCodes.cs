namespace Multimodal.Local;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All well: every job has a verdict, or an embedding where its pipeline has no tasks.</summary>
    public const int Success = 0;

    /// <summary>Some job, some input, or the evaluation, failed.</summary>
    public const int JobFailed = 1;

    /// <summary>Wrong usage: an unknown option, a path that does not exist.</summary>
    public const int Usage = 2;

    /// <summary>The pipeline cannot be used: it does not exist, is malformed, or a file's hash differs; or the folder that was to become one cannot.</summary>
    public const int PipelineUnusable = 3;

    /// <summary>The service cannot start: its address is taken, its storage is not reached or belongs to another kind of host.</summary>
    public const int CannotServe = 4;

    /// <summary>What was to be fetched could not be: it is not there, not open, not what the hub declares, or the connection does not hold.</summary>
    public const int CannotFetch = 5;

    /// <summary>Interrupted, as shells say it of SIGINT.</summary>
    public const int Interrupted = 130;
}
