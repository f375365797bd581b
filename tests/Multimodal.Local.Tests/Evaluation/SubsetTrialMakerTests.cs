using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class SubsetTrialMakerTests : IDisposable
{
    private static readonly string[] Items = [.. Enumerable.Range(0, 1000).Select(i => PlantedPipeline.Labels[i % 10])];
    private readonly LoadedPipeline _pipeline = PlantedPipeline.Create();

    [Fact]
    public void Make_PlantedEmbeddings_IsRightOnPairsAndFallsToChanceOnShuffledOnes()
    {
        var trials = Make(label => PlantedPipeline.Embedding(label), Find("audio + text"));

        Assert.Equal(1, trials.Pairs[Condition.Clean].Accuracy);

        // Five standard deviations of a binomial of 1,000 and 0.1 are 0.047. Texts and recordings that agree by chance count once.
        Assert.InRange(trials.Control![Condition.Clean].Accuracy, 0.053, 0.147);
        Assert.Equal([Modality.Audio, Modality.Text, Modality.Image], trials.Control[Condition.Clean].Sources);
    }

    [Fact]
    public void Make_SingleModality_IsScoredOnItsItemsAndHasNoControl()
    {
        var trials = Make(label => PlantedPipeline.Embedding(label), Find("audio"));

        Assert.Equal(Items.Length, trials.Items![Condition.Clean].Count);
        Assert.Same(trials.Items, trials.Headline);
        Assert.Null(trials.Control);
    }

    [Fact]
    public void Make_RefusedItems_AreErrorsAloneAndLeftOutTogether()
    {
        var alone = Make(label => label == "3" ? null : PlantedPipeline.Embedding(label), Find("text"), onlyTexts: true);
        var together = Make(label => label == "3" ? null : PlantedPipeline.Embedding(label), Find("audio + text"), onlyTexts: true);

        Assert.Equal(0.9, alone.Items![Condition.Clean].Accuracy);
        Assert.Null(alone.Items[Condition.Clean].Verdicts[3]);
        Assert.Equal(1, together.Pairs[Condition.Clean].Accuracy);
    }

    [Fact]
    public void MakeRivals_FullSubset_JudgesEachModalityOnTheSamePairs()
    {
        var maker = Maker(label => PlantedPipeline.Embedding(label), onlyTexts: false);
        var full = maker.Make(Find("image + audio + text"));

        var rivals = maker.MakeRivals(full);

        Assert.Equal(3, rivals.Count);
        Assert.All(rivals.Values, rival => Assert.Same(full.Pairs[Condition.Degraded].Pairs, rival.Pairs));
        Assert.All(rivals.Values, rival => Assert.Equal(3, rival.Sources.Count));
    }

    public void Dispose() => _pipeline.Dispose();

    private static ModalitySubset Find(string name) => ModalitySubset.All.Single(subset => subset.Name == name);

    private SubsetTrials Make(Func<string, float[]?> embed, ModalitySubset subset, bool onlyTexts = false) => Maker(embed, onlyTexts).Make(subset);

    private SubsetTrialMaker Maker(Func<string, float[]?> embed, bool onlyTexts)
    {
        var planted = Enum.GetValues<Modality>().ToDictionary(
            modality => modality,
            modality => new EncodedItems(
                [.. Items.Select(label => onlyTexts && modality != Modality.Text ? PlantedPipeline.Embedding(label) : embed(label))], []));
        var pairs = PairSampler.ByLabel(Items, Items, Items, 1);
        return new SubsetTrialMaker(
            new Judge(_pipeline, planted, planted),
            planted.Keys.ToDictionary(modality => modality, IReadOnlyList<string> (_) => Items),
            pairs,
            PairSampler.Shuffle(pairs, 1));
    }
}
