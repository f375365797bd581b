using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Bench.Resources;

/// <summary>What <c>multimodal bench --beside</c> measured: what budgets do for a pipeline while another floods the machine.</summary>
/// <param name="Pipeline">The pipeline that is watched.</param>
/// <param name="Beside">The one that floods.</param>
/// <param name="Runtime">What ran the networks, and on which execution providers.</param>
/// <param name="Cores">The machine's cores.</param>
/// <param name="Callers">Callers of the pipeline that is watched.</param>
/// <param name="FloodCallers">Callers of each encoder of the other.</param>
/// <param name="Conditions">The settings that took turns.</param>
/// <param name="Memory">What the process took before, during and after the other pipeline was used.</param>
/// <param name="Admission">What became of requests that came faster than they could be answered.</param>
internal sealed record BesideReport(
    PipelineReference Pipeline,
    PipelineReference Beside,
    string Runtime,
    int Cores,
    int Callers,
    int FloodCallers,
    IReadOnlyList<ConditionPoint> Conditions,
    MemoryReport Memory,
    AdmissionReport Admission);
