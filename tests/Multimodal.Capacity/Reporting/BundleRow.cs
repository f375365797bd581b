namespace Multimodal.Capacity.Reporting;

/// <summary>Jobs of several sets: a set is a picture, a text and a recording.</summary>
/// <param name="Sets">Sets of one job.</param>
/// <param name="Actions">Actions of the scheduler for each set.</param>
/// <param name="Requests">Requests to the storage account for each set.</param>
/// <param name="Sustained">Sets a second that one cell (Dedicated, three units) can do.</param>
/// <param name="Limit">What limits it there.</param>
/// <param name="P99">99 of 100 jobs were done within so many seconds at 70 % of that.</param>
/// <param name="Cost">What a million sets cost there, in US dollars.</param>
internal sealed record BundleRow(int Sets, double Actions, double Requests, double Sustained, string Limit, double? P99, double Cost);
