using System.Text.Json.Serialization;

namespace Multimodal.Local.Fit.Data;

/// <summary>A line of a file of labels.</summary>
/// <param name="Job">The job: a folder or a file, relative to the folder of jobs.</param>
/// <param name="Label">Its label.</param>
/// <param name="Group">Its group, or null.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record JobLabel(string Job, string Label, string? Group = null);
