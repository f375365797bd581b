namespace Multimodal.Capacity.Reporting;

/// <summary>What hangs on one assumption: one cell with all capacity units and T4s at 100 jobs a second.</summary>
/// <param name="Name">The assumption; null for all as they are.</param>
/// <param name="Value">What it is changed to.</param>
/// <param name="Limit">Jobs a second that a cell can do at the most.</param>
/// <param name="By">What limits it.</param>
/// <param name="JobsReplicas">Replicas of <c>jobs</c>.</param>
/// <param name="EncoderReplicas">Replicas of <c>encoders</c>.</param>
/// <param name="Cost">What a million jobs cost, in US dollars.</param>
internal sealed record SensitivityRow(string? Name, double? Value, double Limit, string By, int JobsReplicas, int EncoderReplicas, double Cost);
