using Multimodal.Capacity.Encoding;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Reporting;
using Multimodal.Testing;

namespace Multimodal.Capacity.Tests;

/// <summary>The files of <c>infra/capacity</c>.</summary>
internal static class CapacityFiles
{
    public static string Folder { get; } = Path.Combine(TestPaths.Repository, "infra", "capacity");

    public static Assumptions Assumed { get; } = Assumptions.Read(Path.Combine(Folder, "parameters.json"));

    public static JobProfile Profile { get; } = Inputs.Files.Read(Path.Combine(Folder, "job.json"), CapacityJson.Default.JobProfile, "");

    public static EncoderCalibration Calibration(string name) =>
        Inputs.Files.Read(Path.Combine(Folder, "calibration", $"{name}.json"), CapacityJson.Default.EncoderCalibration, "");

    public static CapacityReport Results() => Inputs.Files.Read(Path.Combine(Folder, "results.json"), CapacityJson.Default.CapacityReport, "");

    public static Study Study(int jobs = 500) => new(Assumed, Profile, Calibration("cpu"), Calibration("h200"), seed: 1, jobs);
}
