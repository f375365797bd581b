namespace Multimodal.Trials.Audit;

/// <summary>A vulnerability that is known and taken for a time.</summary>
/// <param name="Advisory">The advisory's address.</param>
/// <param name="Package">The package.</param>
/// <param name="Reason">Why it cannot be met here.</param>
/// <param name="Expires">The last day on which it is taken.</param>
internal sealed record AuditException(string Advisory, string Package, string Reason, DateOnly Expires);
