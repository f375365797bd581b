using System.CommandLine;
using Multimodal.Capacity;
using Multimodal.Capacity.Encoding;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Measuring;
using Multimodal.Capacity.Reporting;
using Multimodal.Local.Bench;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

var home = Path.Combine(TestPaths.Repository, "infra", "capacity");
var seed = new Option<int>("--seed") { Description = "Chooses the times.", DefaultValueFactory = _ => 1 };
var jobs = new Option<int>("--jobs") { Description = "About how many jobs each run measures.", DefaultValueFactory = _ => 8_000 };
var cpu = new Option<string[]>("--cpu-bench")
{
    Description = "Reports of 'multimodal bench' on processors, in place of calibration/cpu.json.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true,
};
var gpu = new Option<string[]>("--gpu-bench")
{
    Description = "Reports of 'multimodal bench' on a GPU, in place of calibration/h200.json; t4.speed and a100.speed of parameters.json are by it.",
    DefaultValueFactory = _ => [],
    AllowMultipleArgumentsPerToken = true,
};
var output = new Option<string>("--out", "-o") { Description = "The folder for results and charts.", DefaultValueFactory = _ => home };

var simulate = new Command("simulate", "Simulate the service under load: results.json, results.md and the charts.") { seed, jobs, cpu, gpu, output };
simulate.SetAction(parsed => Guard(() =>
{
    var assumed = Assumptions.Read(Path.Combine(home, "parameters.json"));
    var profile = Files.Read(Path.Combine(home, "job.json"), CapacityJson.Default.JobProfile, "Write it by 'measure'.");
    var bench = Path.Combine(home, "calibration", "bench-digits.json");
    var checks = Study.Check(assumed, profile, File.Exists(bench) ? Files.Read(bench, BenchJson.Default.BenchReport, "Give a report of 'multimodal bench digits'.") : null);
    var study = new Study(
        assumed,
        profile,
        Calibration(parsed.GetValue(cpu)!, "cpu.json"),
        Calibration(parsed.GetValue(gpu)!, "h200.json"),
        parsed.GetValue(seed),
        parsed.GetValue(jobs));
    var report = study.Run(checks);
    var folder = Directory.CreateDirectory(parsed.GetRequiredValue(output)).FullName;
    Files.Write(Path.Combine(folder, "results.json"), report, CapacityJson.Default.CapacityReport);
    Console.Write(Show(report, folder));
    return Task.CompletedTask;
}));

var draw = new Command("draw", "Write the tables and the charts anew from results.json.");
draw.SetAction(_ => Guard(() =>
{
    Show(Files.Read(Path.Combine(home, "results.json"), CapacityJson.Default.CapacityReport, "Write it by 'simulate'."), home);
    return Task.CompletedTask;
}));

var measured = new Option<int>("--jobs") { Description = "For how many jobs each step is run.", DefaultValueFactory = _ => 200 };
var measure = new Command("measure", "Measure what a job of the pipeline digits asks of storage, processor and scheduler: job.json.") { measured };
measure.SetAction((parsed, token) => Guard(async () =>
{
    var profile = await new JobMeasurement(TestPaths.Models, parsed.GetValue(measured)).RunAsync(StorageProcessor.MeasureAsync, token);
    Files.Write(Path.Combine(home, "job.json"), profile, CapacityJson.Default.JobProfile);
    Console.WriteLine(File.ReadAllText(Path.Combine(home, "job.json")));
}));

return await new RootCommand("What the service on Azure can do and what it costs, on paper.") { simulate, draw, measure }.Parse(args).InvokeAsync();

EncoderCalibration Calibration(string[] reports, string file) => reports.Length > 0
    ? BenchReader.Read(reports)
    : Files.Read(Path.Combine(home, "calibration", file), CapacityJson.Default.EncoderCalibration, "It holds a device, a source and encoders.");

static string Show(CapacityReport report, string folder)
{
    var tables = Tables.Write(report);
    File.WriteAllText(Path.Combine(folder, "results.md"), tables);
    foreach (var (file, svg) in Charts.Of(report))
    {
        File.WriteAllText(Path.Combine(folder, file), svg);
    }

    return tables;
}

static async Task<int> Guard(Func<Task> runAsync)
{
    try
    {
        await runAsync();
        return 0;
    }
    catch (PipelineException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
}
