using Multimodal.Http.Health;

namespace Multimodal.Http.Problems;

/// <summary>What went wrong, as RFC 9457 has it.</summary>
/// <param name="Type">Identifies the kind of problem: <c>urn:multimodal:problem:{code}</c>.</param>
/// <param name="Title">The kind of problem for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong this time.</param>
/// <param name="Code">The stable code of the kind, one of <see cref="ProblemCodes"/> or of an input's error.</param>
/// <param name="Remedy">What the sender can do, where that is known.</param>
/// <param name="Checks">The checks of a host that is not ready.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string? Remedy = null, IReadOnlyList<HealthCheck>? Checks = null);
