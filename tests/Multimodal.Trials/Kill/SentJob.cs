namespace Multimodal.Trials.Kill;

/// <summary>A job that was sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">The verdict that it must have.</param>
/// <param name="Accepted">Whether the service, or the storage, took it; else its sending was cut off by a kill.</param>
internal sealed record SentJob(string Id, string Label, bool Accepted);
