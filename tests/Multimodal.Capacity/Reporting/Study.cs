using Multimodal.Capacity.Encoding;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Service;
using Multimodal.Local.Bench;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Reporting;

/// <summary>Everything that is simulated for the page: which loads, on which deployments.</summary>
internal sealed class Study
{
    /// <summary>Jobs a second.</summary>
    public static readonly IReadOnlyList<double> Loads = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];


    // On the way to a limit and beyond it, as shares of what the cell can do.
    private static readonly double[] Shares = [0.02, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.1, 1.5];
    private static readonly (string Name, double Factor)[] Changes =
    [
        ("price.action", 2), ("price.schedulerUnit", 2), ("price.gpu.t4", 2), ("price.writes", 2), ("host.actionProcessor", 2), ("host.processorFactor", 2),
        ("storage.rate", 0.5), ("storage.blob.rate", 2), ("queue.rate", 0.5), ("storage.latency.median", 2), ("t4.speed", 0.5), ("jobs.blobTriggersAtOnce", 4),
        ("jobs.cores", 0.5),
    ];

    private readonly Assumptions _assumed;
    private readonly IReadOnlyList<SchedulerPlan> _plans;
    private readonly JobProfile _profile;
    private readonly IReadOnlyList<Hardware> _hardware;
    private readonly int _seed;
    private readonly int _jobs;

    /// <param name="assumed">Limits, times, prices.</param>
    /// <param name="profile">The job.</param>
    /// <param name="cpu">The networks on processors.</param>
    /// <param name="gpu">The networks on a GPU.</param>
    /// <param name="seed">Chooses the times.</param>
    /// <param name="jobs">About how many jobs each run measures.</param>
    public Study(Assumptions assumed, JobProfile profile, EncoderCalibration cpu, EncoderCalibration gpu, int seed, int jobs)
    {
        (_assumed, _profile, _seed, _jobs) = (assumed, profile, seed, jobs);
        _plans = [SchedulerPlan.Consumption, .. Enumerable.Range(1, (int)assumed["scheduler.unit.most"]).Select(units => new SchedulerPlan(units))];
        _hardware = [Cpu(assumed, cpu), Gpu(assumed, gpu, "t4"), Gpu(assumed, gpu, "a100")];
    }

    public static Hardware Cpu(Assumptions assumed, EncoderCalibration calibration) => new(
        "cpu",
        HasGpu: false,
        (int)assumed["cpu.cores"],
        (int)assumed["cpu.memory"],
        (int)assumed["cpu.batch"],
        (int)assumed["cpu.runs"],
        calibration.Curves());

    /// <param name="assumed">Limits and speeds.</param>
    /// <param name="calibration">The networks on the GPU that was measured.</param>
    /// <param name="name">The GPU that is meant; <c>{name}.speed</c> says how fast it is beside the measured one.</param>
    public static Hardware Gpu(Assumptions assumed, EncoderCalibration calibration, string name) => new(
        name,
        HasGpu: true,
        (int)assumed[$"{name}.cores"],
        (int)assumed[$"{name}.memory"],
        (int)assumed["gpu.batch"],
        (int)assumed["gpu.runs"],
        calibration.Curves().ToDictionary(pair => pair.Key, pair => pair.Value.Faster(assumed[$"{name}.speed"])));

    /// <summary>A job of so many pictures, texts and recordings each.</summary>
    public Work Job(int sets, bool posted = true) => new(_profile, Enum.GetValues<Modality>().ToDictionary(modality => modality, _ => sets), posted);

    /// <summary>Runs everything.</summary>
    public CapacityReport Run(IReadOnlyList<CheckRow> checks) => new(
        _seed, Cells(), Services(), Bundles(), Sensitivity(), Bursts(), Idle.Of(_assumed), checks);

    /// <summary>One cell with each kind of scheduler under ever more load; and one with uploads in place of posts.</summary>
    public IReadOnlyList<CellRow> Cells()
    {
        var t4 = _hardware.Single(hardware => hardware.Name == "t4");
        var cases = from plan in _plans.Select(plan => (Plan: plan, Posted: true)).Append((Plan: _plans[^1], Posted: false))
                    from share in Shares
                    select (plan.Plan, plan.Posted, share);
        return [.. cases.AsParallel().AsOrdered().Select(one => Cell(t4, one.Plan, Job(1, one.Posted), one.share))];
    }

    /// <summary>As many cells as a load needs, for each hardware and kind of scheduler.</summary>
    public IReadOnlyList<ServiceRow> Services() =>
    [
        .. (from hardware in _hardware
            from plan in (SchedulerPlan[])[_plans[0], _plans[1], _plans[^1]]
            from load in Loads
            select (hardware, plan, load)).AsParallel().AsOrdered().Select(one => Service(one.hardware, one.plan, one.load)),
    ];

    /// <summary>Jobs of ever more sets.</summary>
    public IReadOnlyList<BundleRow> Bundles() =>
        [.. ((int[])[1, 4, 16, 64]).AsParallel().AsOrdered().Select(Bundle)];

    /// <summary>What hangs on single assumptions, most of which double or halve here.</summary>
    public IReadOnlyList<SensitivityRow> Sensitivity() =>
        [Changed(null, 1), .. Changes.Select(change => Changed(change.Name, change.Factor))];

    /// <summary>A burst after idleness, with nothing kept and with one replica of each app.</summary>
    public IReadOnlyList<BurstResult> Bursts() =>
    [
        .. (from hardware in _hardware
            from kept in (int[])[0, 1]
            select (hardware, kept)).AsParallel().AsOrdered().Select(one =>
                BurstRun.Run(_assumed, Job(1), one.hardware, _plans[1], jobs: 2_000, overSeconds: 20, one.kept, _seed)),
    ];

    /// <summary>The engine's bench as it was measured and as it is simulated, and the local server.</summary>
    public static IReadOnlyList<CheckRow> Check(Assumptions assumed, JobProfile profile, BenchReport? bench)
    {
        var rows = bench is null ? [] : CallerLoop.Compare(bench).Select(point => new CheckRow(
            $"bench {point.Encoder}, {point.Callers} callers", point.Measured, point.Simulated, "a second"));
        return
        [
            new CheckRow(
                "multimodal serve on files, 50 clients",
                assumed["reality.local.jobsPerSecond"],
                LocalServer.PerSecond(profile, (int)assumed["reality.local.cores"]),
                "jobs a second"),
            .. rows,
        ];
    }

    private CellRow Cell(Hardware hardware, SchedulerPlan plan, Work work, double share)
    {
        var load = share * CellLimit.All(_assumed, work, hardware, plan)[0].PerSecond;
        var cell = Sizing.For(_assumed, work, hardware, plan, load);
        return new CellRow(
            work.Posted ? "posted" : "uploaded",
            hardware.Name,
            plan.Name,
            load,
            cell.JobsReplicas,
            cell.EncoderReplicas,
            LoadRun.Run(_assumed, work, cell, load, _seed, _jobs));
    }

    private ServiceRow Service(Hardware hardware, SchedulerPlan plan, double load)
    {
        var work = Job(1);
        var limit = CellLimit.All(_assumed, work, hardware, plan)[0].PerSecond * _assumed["cell.load"];
        var cells = (int)Math.Ceiling(load / limit);
        var cell = Sizing.For(_assumed, work, hardware, plan, load / cells);
        var result = LoadRun.Run(_assumed, work, cell, load / cells, _seed, _jobs);
        return new ServiceRow(
            hardware.Name,
            plan.Name,
            load,
            cells,
            cells * cell.JobsReplicas,
            cells * cell.EncoderReplicas,
            result.P50,
            result.P99,
            result.MeanBatch,
            result.First.Name,
            result.First.Load,
            Costs.Of(_assumed, work, cell, load / cells));
    }

    private SensitivityRow Changed(string? name, double factor)
    {
        const double Load = 100;
        var value = name is null ? (double?)null : _assumed[name] * factor;
        var assumed = name is null ? _assumed : _assumed.With(name, value!.Value);

        // A GPU's speed is in its curves already.
        var t4 = _hardware.Single(one => one.Name == "t4");
        var hardware = name == "t4.speed" ? t4 with { Curves = t4.Curves.ToDictionary(pair => pair.Key, pair => pair.Value.Faster(factor)) } : t4;
        var work = Job(1);
        var limit = CellLimit.All(assumed, work, hardware, _plans[^1])[0];
        var cell = Sizing.For(assumed, work, hardware, _plans[^1], Load);
        return new SensitivityRow(
            name, value, limit.PerSecond, limit.Name, cell.JobsReplicas, cell.EncoderReplicas, Costs.Of(assumed, work, cell, Load).Total);
    }

    private BundleRow Bundle(int sets)
    {
        var (work, hardware, plan) = (Job(sets), _hardware.Single(one => one.Name == "t4"), _plans[^1]);
        var limit = CellLimit.All(_assumed, work, hardware, plan)[0];
        var load = 0.7 * limit.PerSecond;
        var cell = Sizing.For(_assumed, work, hardware, plan, load);
        var result = LoadRun.Run(_assumed, work, cell, load, _seed, Math.Max(500, _jobs / sets));
        return new BundleRow(
            sets,
            (double)work.History.Actions / sets,
            CellLimit.Requests(work) / sets,
            limit.PerSecond * sets,
            limit.Name,
            result.P99,
            Costs.Of(_assumed, work, cell, load).Total / sets);
    }
}
