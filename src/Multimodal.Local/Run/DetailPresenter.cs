using System.Globalization;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Spectre.Console;

namespace Multimodal.Local.Run;

/// <summary>Shows a job to a person: the verdict, each modality's own, each input, the weights and the times.</summary>
internal sealed class DetailPresenter(IAnsiConsole console) : IJobPresenter
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public void Show(JobRun run)
    {
        console.WriteLine();
        console.Write(new Rule(Title(run)) { Justification = Justify.Left, Style = Style.Parse(run.Failed ? "red" : "grey") });
        if (run.Result is not { } result)
        {
            console.MarkupLineInterpolated($"[red]{run.Failure ?? "no result"}[/]");
            return;
        }

        if (result.Error is { } error)
        {
            console.MarkupLineInterpolated($"[red]{error.Message}[/] {error.Remedy}");
        }

        console.Write(Table(result));
        foreach (var outcome in result.Outcomes)
        {
            Show(outcome, result);
        }

        foreach (var agreement in Verdicts(result).Select(verdict => verdict.Agreement).Where(agreement => agreement?.State == AgreementState.Conflict))
        {
            console.MarkupLineInterpolated($"[yellow]Conflict:[/] {agreement!.Words}");
        }

        foreach (var verdict in Verdicts(result))
        {
            foreach (var (modality, without) in (verdict.Without ?? new Dictionary<Modality, SubsetVerdict>()).Where(pair => pair.Value.Label != verdict.Label))
            {
                console.MarkupLineInterpolated($"[yellow]Without the {modality.ToName()}:[/] {verdict.Task} {without.Label}, {without.Confidence.ToString("P1", Culture)}");
            }
        }

        foreach (var input in result.Inputs.Where(input => input.Error is not null))
        {
            console.MarkupLineInterpolated($"[yellow]Left out:[/] {input.Error!.Message} {input.Error.Remedy}");
        }

        foreach (var modality in result.Modalities.Where(modality => modality.Error is not null))
        {
            console.MarkupLineInterpolated($"[yellow]{modality.Modality.ToName()}:[/] {modality.Error!.Message} {modality.Error.Remedy}");
        }

        foreach (var name in result.Awaited)
        {
            console.MarkupLineInterpolated($"[yellow]Awaited:[/] '{name}' had not come by the deadline.");
        }

        console.MarkupLineInterpolated($"[grey]{Stages(result, run.Elapsed)}[/]");
    }

    // The first verdict stands in the title; it has a line of its own where there is more to say of it.
    private void Show(TaskOutcome outcome, JobResult result)
    {
        switch (outcome)
        {
            case ScoredOutcome scored when scored.Labels is { } labels:
                console.MarkupLineInterpolated($"{scored.Task}: [green]{(labels.Count > 0 ? string.Join(", ", labels) : "no label")}[/] [grey](best: {Verdict(scored)})[/]");
                break;
            case ScoredOutcome scored when !ReferenceEquals(scored, Verdicts(result).First()):
                console.MarkupLineInterpolated($"{scored.Task}: [green]{Verdict(scored)}[/]");
                break;
            case DecisionOutcome decision:
                console.MarkupLine($"{decision.Task.EscapeMarkup()}: [{ColourOf(decision.Decision)}]{WordOf(decision.Decision)}[/] {decision.Reason.EscapeMarkup()}{(decision.Rule is { } rule ? $" [grey](rule {rule})[/]" : "")}");
                break;
            case TranscriptionOutcome transcription:
                foreach (var spoken in transcription.Inputs)
                {
                    console.MarkupLineInterpolated($"[green]{spoken.Name}:[/] {TranscriptText.Of(spoken.Transcript)}");
                }

                break;
            case RetrievalOutcome { Neighbours.Count: > 0 } retrieval:
                console.MarkupLineInterpolated(
                    $"{retrieval.Task}: {string.Join(", ", retrieval.Neighbours.Select(near => string.Create(Culture, $"{near.JobId} {near.Score:0.00}")))}");
                break;
            case FailedOutcome failed:
                console.MarkupLineInterpolated($"[yellow]{failed.Task} failed:[/] {failed.Error.Message} {failed.Error.Remedy}");
                break;
        }
    }

    private static string ColourOf(DecisionKind decision) => decision switch
    {
        DecisionKind.Accept => "green",
        DecisionKind.Review => "yellow",
        _ => "red",
    };

    private static string WordOf(DecisionKind decision) => decision switch
    {
        DecisionKind.Accept => "accept",
        DecisionKind.Review => "review",
        _ => "reject",
    };

    private static string Title(JobRun run)
    {
        var name = $"[bold]{run.Job.Value.EscapeMarkup()}[/]";
        if (run.Failed || run.Result is not { } result)
        {
            return $"{name}  [red]failed[/]";
        }

        var partial = result.Status == JobOutcomeStatus.Partial ? "  [yellow]partial[/]" : "";
        return Verdicts(result).FirstOrDefault() is { } verdict
            ? string.Create(
                Culture, $"{name}  {verdict.Task.EscapeMarkup()} [bold green]{verdict.Label.EscapeMarkup()}[/] [green]{verdict.Confidence:P1}[/]{partial}")
            : result.Outcomes.OfType<TranscriptionOutcome>().FirstOrDefault() is { } transcription
            ? string.Create(Culture, $"{name}  {transcription.Task.EscapeMarkup()} of [bold green]{transcription.Inputs.Count}[/] {(transcription.Inputs.Count == 1 ? "recording" : "recordings")}{partial}")
            : string.Create(Culture, $"{name}  embedding of [bold green]{result.Fusion?.Dimensions}[/] dimensions{partial}");
    }

    private static Table Table(JobResult result)
    {
        var table = new Table { Border = TableBorder.Minimal };

        // A pipeline without tasks gives embeddings alone: nobody has a verdict, or adds to one.
        var judged = result.Modalities.Any(modality => modality.Outcomes.Count > 0);
        table.AddColumns("modality", "input", "read");
        if (judged)
        {
            table.AddColumn("own verdict");
        }

        table.AddColumn(new TableColumn("weight").RightAligned());
        if (judged)
        {
            table.AddColumn(new TableColumn("adds").RightAligned());
        }

        var contributions = Verdicts(result).FirstOrDefault()?.Contributions?.Modalities;
        foreach (var modality in result.Modalities)
        {
            var inputs = result.Inputs.Where(input => input.Modality == modality.Modality).ToList();
            AddRow(
                modality.Modality.ToName(),
                string.Join('\n', inputs.Select(input => input.Name)),
                modality.State == ModalityState.Missing ? "missing" : string.Join('\n', inputs.Select(Read)),
                string.Join('\n', modality.Outcomes.OfType<ScoredOutcome>().Select(own => modality.Outcomes.Count > 1 ? $"{own.Task} {Verdict(own)}" : Verdict(own))),
                modality.Weight is { } weight ? weight.ToString("0.00", Culture) : "–",
                contributions?.TryGetValue(modality.Modality, out var adds) == true ? adds.ToString("+0.0 %;−0.0 %", Culture) : "–");
        }

        foreach (var input in result.Inputs.Where(input => input.Modality is null))
        {
            AddRow("?", input.Name, Read(input), "", "–", "–");
        }

        return table;

        void AddRow(string modality, string input, string read, string verdict, string weight, string adds)
        {
            string[] cells = judged ? [modality, input, read, verdict, weight, adds] : [modality, input, read, weight];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }
    }

    private static IEnumerable<ScoredOutcome> Verdicts(JobResult result) => result.Outcomes.OfType<ScoredOutcome>();

    private static string Verdict(ScoredOutcome outcome) =>
        string.Create(Culture, $"{outcome.Label}  {outcome.Confidence:P1}");

    private static string Read(InputReport input) =>
        input.Facts is { } facts ? FactsText.Of(facts) : input.Error is { } error ? $"left out: {error.Code}" : "";

    private static string Stages(JobResult result, TimeSpan elapsed)
    {
        var stages = result.Stages.Select(stage => string.Create(
            Culture, $"{stage.Stage}{(stage.Modality is { } modality ? " " + modality.ToName() : "")} {stage.Milliseconds:0.0} ms"));
        var fusion = result.Fusion is { } fused ? $"fusion {fused.Method} · " : "";
        return string.Create(Culture, $"{fusion}{string.Join(" · ", stages)} · in all {elapsed.TotalMilliseconds:0} ms");
    }
}
