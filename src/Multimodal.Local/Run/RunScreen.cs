using Spectre.Console;

namespace Multimodal.Local.Run;

/// <summary>Where a run is shown: results on standard output; notes and progress where a person sees them.</summary>
internal sealed class RunScreen
{
    private readonly IAnsiConsole _notes;
    private readonly IJobPresenter _presenter;
    private readonly int _jobs;

    private RunScreen(IAnsiConsole notes, IJobPresenter presenter, int jobs)
    {
        _notes = notes;
        _presenter = presenter;
        _jobs = jobs;
    }

    public static RunScreen Create(bool json, int jobs)
    {
        var results = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // Spectre takes 80 columns for a pipe, which would break words; a reader of a file has room.
            results.Profile.Width = 160;
        }

        // Two live displays on one terminal would tear each other: notes share the console of the results where that is a terminal.
        var notes = Console.IsOutputRedirected || json
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            : results;
        return new RunScreen(notes, json ? new JsonPresenter() : new DetailPresenter(results), jobs);
    }

    public void Warn(string text) => _notes.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Note(string text) => _notes.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <summary>Shows each run as it comes, under a progress bar where there are several and a person watches.</summary>
    public async Task ShowAsync(IAsyncEnumerable<JobRun> runs, Action<JobRun> observe)
    {
        if (_jobs < 2 || !_notes.Profile.Capabilities.Interactive)
        {
            await foreach (var run in runs)
            {
                Show(run, observe);
            }

            return;
        }

        await _notes.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("jobs", maxValue: _jobs);
                await foreach (var run in runs)
                {
                    Show(run, observe);
                    bar.Increment(1);
                    bar.Description = $"{bar.Value:0} of {_jobs} jobs";
                }
            });
    }

    private void Show(JobRun run, Action<JobRun> observe)
    {
        observe(run);
        _presenter.Show(run);
    }
}
