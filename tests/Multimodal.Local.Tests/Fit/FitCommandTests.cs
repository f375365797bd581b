using System.Globalization;
using System.Text.Json;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Fit;

/// <summary>The command on recordings of digits, for tasks that the pipeline was not trained for.</summary>
public sealed class FitCommandTests : IDisposable
{
    private const int Recordings = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder, "models");

    [Fact]
    public async Task Fit_OddOrEven_IsLearnedByWhoWasNeverHeardAndRuns()
    {
        var data = Labels(name => int.Parse(name[0], CultureInfo.InvariantCulture) % 2 == 0 ? "even" : "odd", name => name[1]);

        var report = await FitAsync(data, "parity", "--risk", "0.02");

        Assert.InRange(report.GetProperty("accuracy").GetProperty("value").GetDouble(), 0.9, 1);
        Assert.True(report.GetProperty("accuracy").GetProperty("low").GetDouble() > report.GetProperty("chance").GetDouble() + 0.2);
        Assert.InRange(report.GetProperty("calibrationError").GetDouble(), 0, 0.1);
        Assert.Equal(6, report.GetProperty("groups").GetInt32());
        var definition = new ModelRepository(Models).Load("digits-parity").Definition;
        Assert.Equal("1.1.0", definition.Version);
        Assert.Equal(["parity", "parity-decision"], definition.Tasks.Select(task => task.Name));
        Assert.DoesNotContain("digit-head.onnx", definition.Files.Keys);

        // A recording that it was not fitted on.
        var run = await MultimodalCommand.RunAsync("run", Path.Combine(Data, "7_theo_40.wav"), "--pipeline", "digits-parity", "--models", Models, "--json");
        var result = JsonSerializer.Deserialize(run.Results, PipelineJson.Default.JobResult)!;
        Assert.Equal("odd", Assert.IsType<ClassificationOutcome>(result.Outcomes[0]).Label);
        Assert.IsType<DecisionOutcome>(result.Outcomes[1]);
    }

    [Fact]
    public async Task Fit_Speaker_IsTold()
    {
        var data = Labels(name => name[1], _ => null);

        var report = await FitAsync(data, "speaker");

        Assert.Equal(6, report.GetProperty("labels").GetArrayLength());
        Assert.InRange(report.GetProperty("accuracy").GetProperty("low").GetDouble(), report.GetProperty("chance").GetDouble() + 0.1, 1);
        Assert.Equal(10 * 6 * Recordings, report.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetInt32())));
    }

    [Fact]
    public async Task Fit_NextVersionOfItself_KeepsItsTasksSamplesAndVerdicts()
    {
        var data = Labels(name => name[0], _ => null);
        CopyDigits();

        var output = await MultimodalCommand.RunAsync(
            "fit", "digits", Data, "--labels", data, "--task", "again", "--name", "digits", "--replace", "--keep-tasks", "--models", Models, "--out", Path.Combine(_folder, "out"));

        Assert.Equal(ExitCodes.Success, output.ExitCode);
        var definition = new ModelRepository(Models).Load("digits").Definition;
        Assert.Equal(["digit", "again"], definition.Tasks.Select(task => task.Name).Where(name => name is "digit" or "again"));
        Assert.Equal(Version.Parse(new ModelRepository(TestPaths.Models).Load("digits").Definition.Version).Minor + 1, Version.Parse(definition.Version).Minor);
        Assert.True(Directory.Exists(Path.Combine(Models, "digits", "samples")));
        var run = await MultimodalCommand.RunAsync("run", Path.Combine(Data, "3_george_30.wav"), "--models", Models, "--json");
        var result = JsonSerializer.Deserialize(run.Results, PipelineJson.Default.JobResult)!;
        Assert.All(result.Outcomes.OfType<ScoredOutcome>(), outcome => Assert.Equal("3", outcome.Label));
    }

    [Fact]
    public async Task Fit_OneLabel_IsRefused()
    {
        var data = Labels(_ => "same", _ => null);
        CopyDigits();

        var output = await MultimodalCommand.RunAsync("fit", "digits", Data, "--labels", data, "--task", "t", "--models", Models);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.Contains("at least two", output.Notes, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Data => Path.Combine(TestPaths.Data(), "fsdd");

    private async Task<JsonElement> FitAsync(string labels, string task, params string[] options)
    {
        CopyDigits();
        var output = await MultimodalCommand.RunAsync(
            ["fit", "digits", Data, "--labels", labels, "--task", task, "--models", Models, "--out", Path.Combine(_folder, "out"), "--json", .. options]);
        Assert.Equal((ExitCodes.Success, ""), (output.ExitCode, output.Notes.Split('\n').FirstOrDefault(line => line.StartsWith("multimodal:", StringComparison.Ordinal)) ?? ""));
        Assert.Contains("accuracy", await File.ReadAllTextAsync(Path.Combine(_folder, "out", "fit.md"), Token), StringComparison.Ordinal);
        return JsonDocument.Parse(output.Results).RootElement;
    }

    // The first recordings of each speaker and digit; a file's name says digit, speaker and number.
    private string Labels(Func<string[], string> label, Func<string[], string?> group)
    {
        var lines =
            from file in Directory.EnumerateFiles(Data, "*.wav").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            let parts = Path.GetFileNameWithoutExtension(file).Split('_')
            where int.Parse(parts[2], CultureInfo.InvariantCulture) < Recordings
            select $"{file},{label(parts)},{group(parts)}";
        var path = Path.Combine(_folder, "labels.csv");
        File.WriteAllLines(path, lines.Prepend("job,label,group"));
        return path;
    }

    private void CopyDigits()
    {
        var source = Path.Combine(TestPaths.Models, "digits");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !file.Contains("training", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(Models, "digits", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
