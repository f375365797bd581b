using System.Collections.Concurrent;
using Spectre.Console;

namespace Multimodal.Local.Evaluation;

/// <summary>Shows each stage as a progress bar. Safe for concurrent use.</summary>
internal sealed class EvaluationProgressBars(ProgressContext context) : IProgress<StageProgress>
{
    private readonly ConcurrentDictionary<string, Lazy<ProgressTask>> _bars = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        // Lazy, because a stage must not get two bars.
        var bar = _bars.GetOrAdd(value.Stage, stage => new Lazy<ProgressTask>(() => context.AddTask(stage.EscapeMarkup(), maxValue: value.Total))).Value;
        bar.Value = value.Done;
    }
}
