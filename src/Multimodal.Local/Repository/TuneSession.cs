using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Onnx;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models tune</c>: measures a pipeline's encoders on this machine, and keeps what was found.</summary>
internal sealed class TuneSession(string models, string name)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var services = RepositoryServices.Compose();
        var factory = services.GetRequiredService<OnnxModelFactory>();
        var folder = ModelTrustVariables.Open(models).Load(name);
        var screen = RepositoryScreen.Create();
        foreach (var modality in folder.Definition.Encoders.Keys.Order())
        {
            var tuning = await MeasureAsync(screen, factory, folder, modality, cancellationToken);
            screen.Results.Write(TableOf(modality, tuning));
        }

        return ExitCodes.Success;
    }

    private static async Task<EncoderTuning> MeasureAsync(
        RepositoryScreen screen, OnnxModelFactory factory, ModelFolder folder, Modality modality, CancellationToken cancellationToken)
    {
        EncoderTuning Measure(IProgress<BatchPoint>? progress) => factory.Tune(folder, modality, progress, cancellationToken);
        if (!screen.Notes.Profile.Capabilities.Interactive)
        {
            return Measure(null);
        }

        return await screen.Notes.Status().StartAsync($"measuring {modality.ToName()} …", context => Task.Run(
            () => Measure(new Progress<BatchPoint>(point => context.Status(Text(
                $"measuring {modality.ToName()}: batch {point.Batch}, {point.Runs} at once, {point.Threads} threads: {point.ItemsPerSecond:0} a second")))),
            cancellationToken));
    }

    private static Table TableOf(Modality modality, EncoderTuning tuning)
    {
        var batches = tuning.Points.Select(point => point.Batch).Distinct().Order().ToList();
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{modality.ToName()}, items a second")) };
        table.AddColumn("at once × threads");
        foreach (var batch in batches)
        {
            table.AddColumn(new TableColumn(Text($"batch {batch}")).RightAligned());
        }

        foreach (var series in tuning.Points.GroupBy(point => (point.Runs, point.Threads)))
        {
            table.AddRow([Text($"{series.Key.Runs} × {series.Key.Threads}"), .. batches.Select(batch => CellOf(series.FirstOrDefault(point => point.Batch == batch), tuning.Knee))]);
        }

        table.Caption = new TableTitle(Markup.Escape(Text(
            $"taken: batch {tuning.Knee.Batch}, {tuning.Knee.Runs} at once, {tuning.Knee.Threads} threads, {tuning.Knee.RunMilliseconds:0.00} ms a run; for {tuning.Machine}")));
        return table;
    }

    private static string CellOf(BatchPoint? point, BatchPoint knee) =>
        point is null ? "" : point == knee ? Text($"[bold green]{point.ItemsPerSecond:0}[/]") : Text($"{point.ItemsPerSecond:0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
