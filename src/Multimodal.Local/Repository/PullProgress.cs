using System.Globalization;
using Multimodal.Local.Hub;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>Shows what is fetched: a bar for each file where a person watches, else a line.</summary>
internal sealed class PullProgress
{
    private readonly IAnsiConsole _console;
    private readonly ProgressContext? _bars;

    private PullProgress(IAnsiConsole console, ProgressContext? bars) => (_console, _bars) = (console, bars);

    public static Task RunAsync(IAnsiConsole console, Func<PullProgress, Task> work) => console.Profile.Capabilities.Interactive
        ? console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new DownloadedColumn { Base = FileSizeBase.Decimal, Culture = CultureInfo.InvariantCulture },
                new TransferSpeedColumn { Base = FileSizeBase.Decimal, Culture = CultureInfo.InvariantCulture },
                new RemainingTimeColumn())
            .StartAsync(context => work(new PullProgress(console, context)))
        : work(new PullProgress(console, null));

    /// <summary>Begins a file; it ends when its progress is disposed of.</summary>
    public FileProgress Begin(HubFile file)
    {
        if (_bars is null)
        {
            _console.MarkupLineInterpolated($"{file.Path}  {ByteText.Of(file.Size)}");
        }

        // A bar of no length would never be full.
        return new FileProgress(_bars?.AddTask(file.Path.EscapeMarkup(), maxValue: Math.Max(1, file.Size)));
    }

    /// <summary>How far a file is.</summary>
    internal sealed class FileProgress(ProgressTask? bar) : IProgress<long>, IDisposable
    {
        public void Report(long value)
        {
            if (bar is not null)
            {
                bar.Value = value;
            }
        }

        public void Dispose() => bar?.StopTask();
    }
}
