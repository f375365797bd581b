namespace Multimodal.Local.Bench.Resources;

/// <summary>What the process takes of the machine's memory, in bytes (resident), and what sessions count for.</summary>
/// <param name="Before">Before any network of the pipeline is open; the runtime has been used, and networks of another pipeline are open.</param>
/// <param name="Open">When all encoders are open.</param>
/// <param name="OpenSessions">What their sessions then count for in budgets.</param>
/// <param name="Used">After many runs.</param>
/// <param name="Idle">When nobody has used them for the idle time.</param>
/// <param name="FirstMilliseconds">How long the first request afterwards took: its session is opened anew.</param>
/// <param name="NextMilliseconds">How long the one after it took.</param>
internal sealed record MemoryReport(
    long Before, long Open, long OpenSessions, long Used, long Idle, double FirstMilliseconds, double NextMilliseconds);
