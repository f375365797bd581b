namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>The figures that are promised of detection, on a corpus that is made anew from its seeds.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const int Texts = 6000;

    [Fact]
    public void Find_MadeCorpus_ReachesRecallAndPrecisionOfEachKind()
    {
        var scoring = new Scoring();
        for (var seed = 1; seed <= Texts; seed++)
        {
            scoring.Add(CorpusMaker.Make(seed));
        }

        output.WriteLine(scoring.ToTable());
        foreach (var fault in scoring.Faults.Take(400))
        {
            output.WriteLine(fault);
        }

        Assert.Equal(PersonalDataKinds.All.Order(), scoring.Scores.Keys.Order());
        Assert.All(scoring.Scores, pair => Assert.InRange(pair.Value.Recall, 0.98, 1));
        Assert.All(scoring.Scores, pair => Assert.InRange(pair.Value.Precision, 0.95, 1));
        Assert.All(scoring.Scores, pair => Assert.InRange(pair.Value.Planted, 1000, int.MaxValue));
    }
}
