using Multimodal.Local.Lighter.Networks;
using Multimodal.Onnx.Optimization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter;

/// <summary>
/// Finds how light a network can be: each part is made lighter alone, and what that does to the embeddings is measured; then all are made
/// lighter, and the most harmful ones step by step less so, until the least cosine is what is asked.
/// </summary>
/// <param name="basis">The pipeline.</param>
/// <param name="probe">The network.</param>
/// <param name="graph">Its graph.</param>
/// <param name="trials">Where networks are tried.</param>
/// <param name="minimum">The least cosine of an item.</param>
/// <param name="isQuick">Whether parts are measured alone only where all of them together are not like enough.</param>
/// <param name="progress">Told of each trial: how many were made, and how many there are to be at the least.</param>
internal sealed class LighterSearch(ModelFolder basis, INetworkProbe probe, LighterGraph graph, TrialFolder trials, double minimum, bool isQuick, Action<int, int> progress)
{
    // How much of the network is spared in the points that show the trade.
    private static readonly double[] Shares = [0.25, 0.5, 0.75];

    private readonly Dictionary<(string Part, LighterTreatment Treatment), double> _losses = [];
    private IReadOnlyList<float[]> _known = [];
    private int _made;

    /// <summary>Searches.</summary>
    /// <exception cref="PipelineException">The network cannot be used.</exception>
    public async Task<LighterNetwork> RunAsync(CancellationToken cancellationToken)
    {
        _known = await probe.RunAsync(basis, cancellationToken);
        var treatments = graph.Parts.ToDictionary(part => part.Id, part => part.Treatments[0], StringComparer.Ordinal);
        if (!isQuick)
        {
            await MeasurePartsAsync(cancellationToken);
        }

        var steps = new List<LighterStep>();
        while (true)
        {
            var (step, written, vectors) = await TryAsync(treatments, keep: true, cancellationToken);
            steps.Add(step);
            if (step.Likeness.Least >= minimum || await DemoteAsync(treatments, cancellationToken) is false)
            {
                var curve = await CurveAsync(cancellationToken);
                return new LighterNetwork(probe, graph, treatments, Losses(), steps, curve, written, _known, vectors);
            }

            TrialFolder.Delete(written);
        }
    }

    private async Task MeasurePartsAsync(CancellationToken cancellationToken)
    {
        foreach (var part in graph.Parts)
        {
            await LossAsync(part, part.Treatments[0], cancellationToken);
        }
    }

    // The part that does most harm as it is now is made lighter by less.
    private async Task<bool> DemoteAsync(Dictionary<string, LighterTreatment> treatments, CancellationToken cancellationToken)
    {
        var light = graph.Parts.Where(part => treatments[part.Id] != LighterTreatment.Keep).ToList();
        if (light.Count == 0)
        {
            return false;
        }

        await MeasurePartsAsync(cancellationToken);
        var worst = light.MaxBy(part => _losses[(part.Id, treatments[part.Id])])!;
        treatments[worst.Id] = worst.Heavier(treatments[worst.Id])!.Value;
        await LossAsync(worst, treatments[worst.Id], cancellationToken);
        return true;
    }

    private async Task<List<LighterStep>> CurveAsync(CancellationToken cancellationToken)
    {
        if (_losses.Count == 0)
        {
            return [];
        }

        var ranked = graph.Parts.OrderByDescending(part => _losses[(part.Id, part.Treatments[0])]).ToList();
        var curve = new List<LighterStep>();
        foreach (var spared in Shares.Select(share => (int)Math.Round(share * ranked.Count)).Distinct().Where(spared => spared > 0 && spared < ranked.Count))
        {
            var treatments = ranked.Index().ToDictionary(
                part => part.Item.Id, part => part.Index < spared ? LighterTreatment.Keep : part.Item.Treatments[0], StringComparer.Ordinal);
            var (step, written, _) = await TryAsync(treatments, keep: true, cancellationToken);
            TrialFolder.Delete(written);
            curve.Add(step);
        }

        return curve;
    }

    private async Task LossAsync(LighterPart part, LighterTreatment treatment, CancellationToken cancellationToken)
    {
        if (treatment == LighterTreatment.Keep || _losses.ContainsKey((part.Id, treatment)))
        {
            _losses.TryAdd((part.Id, treatment), 0);
            return;
        }

        var (step, written, _) = await TryAsync(new Dictionary<string, LighterTreatment> { [part.Id] = treatment }, keep: false, cancellationToken);
        TrialFolder.Delete(written);
        _losses[(part.Id, treatment)] = 1 - step.Likeness.Least;
    }

    private async Task<(LighterStep Step, IReadOnlyList<string> Written, IReadOnlyList<float[]> Vectors)> TryAsync(
        IReadOnlyDictionary<string, LighterTreatment> treatments, bool keep, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = await Task.Run(() => graph.Write(trials.Make(probe.File), treatments), cancellationToken);
        var vectors = await probe.RunAsync(TrialFolder.Open(basis, probe.File, written), cancellationToken);
        progress(++_made, Math.Max(_made, graph.Parts.Count + 1));
        var spared = graph.Parts.Count(part => treatments.GetValueOrDefault(part.Id) == LighterTreatment.Keep);
        return (new LighterStep(spared, written.Sum(path => new FileInfo(path).Length), Likeness.Of(vectors, _known)), written, keep ? vectors : []);
    }

    private Dictionary<string, double> Losses() => _losses.Count == 0
        ? []
        : graph.Parts.ToDictionary(part => part.Id, part => _losses[(part.Id, part.Treatments[0])], StringComparer.Ordinal);
}
