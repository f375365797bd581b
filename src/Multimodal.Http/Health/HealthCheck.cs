namespace Multimodal.Http.Health;

/// <summary>One thing that a host needs.</summary>
/// <param name="Name"><c>storage</c>, <c>pipeline</c> or <c>runtime</c>.</param>
/// <param name="Ok">Whether it is there.</param>
/// <param name="Detail">What was found.</param>
internal sealed record HealthCheck(string Name, bool Ok, string Detail);
