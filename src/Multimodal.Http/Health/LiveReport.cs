namespace Multimodal.Http.Health;

/// <summary>The process answers.</summary>
internal sealed record LiveReport(string Status);
