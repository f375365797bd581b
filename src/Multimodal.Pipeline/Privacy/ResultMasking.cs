using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Privacy;

/// <summary>
/// Masks what a result says: the labels that the job brought, transcripts, reasons, errors. Names of files stay, since everything of a job is
/// found by them; verdicts over a pipeline's own labels stay as well.
/// </summary>
public sealed class ResultMasking
{
    private readonly ITextMask _mask;
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <param name="mask">What is masked.</param>
    /// <param name="labels">The labels that the job brought, if any: of those that would look alike the later ones are numbered, in this order.</param>
    public ResultMasking(ITextMask mask, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(mask);
        _mask = mask;
        foreach (var label in labels ?? [])
        {
            MaskLabel(label);
        }
    }

    /// <summary>Masks a result.</summary>
    public JobResult Apply(JobResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ReferenceEquals(_mask, NoMask.Instance) ? result : result with
        {
            Outcomes = [.. result.Outcomes.Select(Apply)],
            Modalities = [.. result.Modalities.Select(modality => modality with
            {
                Outcomes = [.. modality.Outcomes.Select(Apply)],
                Error = modality.Error is { } error ? _mask.Apply(error) : null,
            })],
            Inputs = [.. result.Inputs.Select(input => input.Error is { } error ? input with { Error = _mask.Apply(error) } : input)],
            Error = result.Error is { } fault ? _mask.Apply(fault) : null,
        };
    }

    private TaskOutcome Apply(TaskOutcome outcome) => outcome switch
    {
        ZeroShotOutcome verdict => verdict with
        {
            Label = MaskLabel(verdict.Label),
            Scores = [.. verdict.Scores.Select(score => score with { Label = MaskLabel(score.Label) })],
            Labels = verdict.Labels is { } labels ? [.. labels.Select(MaskLabel)] : null,
            Agreement = verdict.Agreement is { } agreement ? agreement with { Words = _mask.Apply(agreement.Words) } : null,
            Without = verdict.Without?.ToDictionary(pair => pair.Key, pair => new SubsetVerdict(MaskLabel(pair.Value.Label), pair.Value.Confidence)),
        },
        TranscriptionOutcome transcription => transcription with
        {
            Text = _mask.Apply(transcription.Text),
            Inputs = [.. transcription.Inputs.Select(input => input with { Transcript = _mask.Apply(input.Transcript) })],
        },
        DecisionOutcome decision => decision with { Reason = _mask.Apply(decision.Reason) },
        FailedOutcome failed => failed with { Error = _mask.Apply(failed.Error) },
        _ => outcome,
    };

    // Labels are told apart by what they say, also where that is masked.
    private string MaskLabel(string label)
    {
        if (!_labels.TryGetValue(label, out var masked))
        {
            masked = _mask.Apply(label);
            for (var number = 2; !_taken.Add(masked); number++)
            {
                masked = $"{_mask.Apply(label)} ({number})";
            }

            _labels.Add(label, masked);
        }

        return masked;
    }
}
