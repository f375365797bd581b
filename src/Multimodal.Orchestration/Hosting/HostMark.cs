namespace Multimodal.Orchestration.Hosting;

/// <summary>Whose a storage is.</summary>
/// <param name="Kind">One of <see cref="HostKinds"/>.</param>
/// <param name="Since">When it was marked.</param>
public sealed record HostMark(string Kind, DateTimeOffset Since);
