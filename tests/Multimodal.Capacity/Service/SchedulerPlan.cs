using System.Globalization;
using Multimodal.Capacity.Inputs;

namespace Multimodal.Capacity.Service;

/// <summary>How the Durable Task Scheduler is bought.</summary>
/// <param name="Units">Capacity units of the Dedicated plan; 0: the Consumption plan.</param>
internal sealed record SchedulerPlan(int Units)
{
    public static SchedulerPlan Consumption { get; } = new(0);

    public string Name => Units == 0 ? "Consumption" : string.Create(CultureInfo.InvariantCulture, $"Dedicated {Units}");

    /// <summary>Actions a second.</summary>
    public double Rate(Assumptions assumed) => Units == 0 ? assumed["scheduler.consumption.rate"] : Units * assumed["scheduler.unit.rate"];
}
