namespace Multimodal.Capacity.Reporting;

/// <summary>Something that was measured, and what the simulation makes of it.</summary>
/// <param name="What">What it is.</param>
/// <param name="Measured">The measurement.</param>
/// <param name="Simulated">The simulation.</param>
/// <param name="Unit">Their unit.</param>
internal sealed record CheckRow(string What, double Measured, double Simulated, string Unit)
{
    /// <summary>By what share the simulation is above the measurement.</summary>
    public double Error => (Simulated / Measured) - 1;
}
