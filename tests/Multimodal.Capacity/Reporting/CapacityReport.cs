using Multimodal.Capacity.Service;

namespace Multimodal.Capacity.Reporting;

/// <summary>What came of the simulation: <c>infra/capacity/results.json</c>.</summary>
/// <param name="Seed">What chose the times.</param>
/// <param name="Cells">One cell under ever more load.</param>
/// <param name="Services">As many cells as a load needs.</param>
/// <param name="Bundles">Jobs of more inputs.</param>
/// <param name="Sensitivity">What hangs on single assumptions.</param>
/// <param name="Bursts">After idleness.</param>
/// <param name="Idle">Without a job.</param>
/// <param name="Checks">Against what was measured.</param>
internal sealed record CapacityReport(
    int Seed,
    IReadOnlyList<CellRow> Cells,
    IReadOnlyList<ServiceRow> Services,
    IReadOnlyList<BundleRow> Bundles,
    IReadOnlyList<SensitivityRow> Sensitivity,
    IReadOnlyList<BurstResult> Bursts,
    Idle Idle,
    IReadOnlyList<CheckRow> Checks);
