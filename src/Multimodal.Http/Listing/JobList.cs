namespace Multimodal.Http.Listing;

/// <summary>A page of jobs, the newest first.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Total">How many jobs match, on this page and all others.</param>
/// <param name="Continuation">Asks for the next page; absent on the last.</param>
internal sealed record JobList(IReadOnlyList<JobListEntry> Jobs, int Total, string? Continuation);
