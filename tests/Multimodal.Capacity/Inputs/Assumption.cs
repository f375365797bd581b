namespace Multimodal.Capacity.Inputs;

/// <summary>One number that the simulation takes from elsewhere.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Source">Where it was read; null where it was not found.</param>
/// <param name="Read">When it was read, as yyyy-MM-dd.</param>
/// <param name="Assumed">Why it is taken although it was not found; null where it was.</param>
internal sealed record Assumption(double Value, string Unit, string? Source = null, DateOnly? Read = null, string? Assumed = null)
{
    /// <summary>What is wrong with it, or null.</summary>
    public string? FindFault() =>
        !double.IsFinite(Value) || Value < 0 ? "its value is not a number of 0 or more"
        : string.IsNullOrWhiteSpace(Unit) ? "it has no unit"
        : string.IsNullOrWhiteSpace(Source) && string.IsNullOrWhiteSpace(Assumed) ? "it has neither a source nor a reason to assume it"
        : !string.IsNullOrWhiteSpace(Source) && Read is null ? "it does not say when its source was read"
        : null;
}
