using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class PairSamplerTests
{
    private static readonly string[] Pictures = [.. Enumerable.Range(0, 200).Select(i => $"{i % 10}")];
    private static readonly string[] Recordings = [.. Enumerable.Range(0, 30).Select(i => $"{i / 3}")];
    private static readonly string[] Texts = [.. Enumerable.Range(0, 50).Select(i => $"{i % 9}")];

    [Fact]
    public void ByLabel_EachPicture_GetsPartnersOfItsLabelWhereThereAreSome()
    {
        var pairs = PairSampler.ByLabel(Pictures, Recordings, Texts, 1);

        Assert.Equal(Enumerable.Range(0, Pictures.Length), pairs.Select(pair => pair.Image));
        Assert.All(pairs, pair => Assert.Equal(Pictures[pair.Image], Recordings[pair.Audio]));
        Assert.All(pairs.Where(pair => Pictures[pair.Image] != "9"), pair => Assert.Equal(Pictures[pair.Image], Texts[pair.Text]));
        Assert.All(pairs.Where(pair => Pictures[pair.Image] == "9"), pair => Assert.Equal(Pair.None, pair.Text));
        Assert.Equal(Recordings.Length, pairs.Select(pair => pair.Audio).Distinct().Count());
    }

    [Fact]
    public void ByLabel_AnotherSeed_DrawsOtherPartners()
    {
        Assert.Equal(PairSampler.ByLabel(Pictures, Recordings, Texts, 1), PairSampler.ByLabel(Pictures, Recordings, Texts, 1));
        Assert.NotEqual(PairSampler.ByLabel(Pictures, Recordings, Texts, 1), PairSampler.ByLabel(Pictures, Recordings, Texts, 2));
    }

    [Fact]
    public void Shuffle_Pairs_KeepsTheItemsAndLosesTheLabels()
    {
        var pairs = PairSampler.ByLabel(Pictures, Recordings, Texts, 1);

        var shuffled = PairSampler.Shuffle(pairs, 1);

        Assert.Equal(pairs.Select(pair => pair.Image), shuffled.Select(pair => pair.Image));
        Assert.Equal(pairs.Select(pair => pair.Audio).Order(), shuffled.Select(pair => pair.Audio).Order());
        Assert.Equal(pairs.Select(pair => pair.Text).Order(), shuffled.Select(pair => pair.Text).Order());

        // A tenth is of the picture's label by chance; five standard deviations more would be four in ten of 200.
        Assert.InRange(shuffled.Count(pair => Recordings[pair.Audio] == Pictures[pair.Image]), 1, 42);
    }
}
