using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>What all methods say to the same pairs, and the control of the pipeline's own.</summary>
internal sealed class MethodComparison
{
    private readonly Dictionary<Condition, Trial> _best;

    /// <summary>Takes what was judged.</summary>
    public MethodComparison(
        ComparedPairs pairs, double prior, IReadOnlyList<MethodTrials> methods, IReadOnlyList<ShuffledControl> controls)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Pairs = pairs;
        Prior = prior;
        Methods = methods;
        Controls = controls;
        _best = Enum.GetValues<Condition>().ToDictionary(condition => condition, FindBest);
    }

    /// <summary>The pairs.</summary>
    public ComparedPairs Pairs { get; }

    /// <summary>The probability of a label before anything is known.</summary>
    public double Prior { get; }

    /// <summary>The methods, plain equal weights first.</summary>
    public IReadOnlyList<MethodTrials> Methods { get; }

    /// <summary>The control, for each modality.</summary>
    public IReadOnlyList<ShuffledControl> Controls { get; }

    /// <summary>Plain equal weights.</summary>
    public MethodTrials Equal => Methods.Single(method => method.Method.Name == ComparedMethod.Equal);

    /// <summary>What the pipeline fuses by.</summary>
    public MethodTrials Default => Methods.Single(method => method.Method.IsDefault);

    /// <summary>The modality that alone is most often right on degraded pairs.</summary>
    public Modality BestSingle => ComparedPairs.Whole.MaxBy(modality => Equal[Condition.Degraded, ModalitySet.Of(modality)].Accuracy);

    /// <summary>Every trial.</summary>
    public IEnumerable<Trial> All => [.. Methods.SelectMany(method => method.All), .. Controls.SelectMany(control => control.All), .. _best.Values];

    /// <summary>Half of all inputs missing, and each pair judged by the method that is best for what is left of it.</summary>
    public Trial BestForEachSubset(Condition condition) => _best[condition];

    private Trial FindBest(Condition condition)
    {
        var best = ComparedPairs.Subsets.ToDictionary(subset => subset, subset => Methods.MaxBy(method => method[condition, subset].Accuracy)!);
        return Pairs.TrialWithMissing(
            Pairs.Missing.SetsAt(MissingInputs.Half), (pair, present) => best[present].Of(condition, present)[pair]?.Label);
    }
}
