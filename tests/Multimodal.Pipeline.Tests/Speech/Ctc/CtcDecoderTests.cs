using CsCheck;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Speech.Ctc;

namespace Multimodal.Pipeline.Tests.Speech.Ctc;

/// <summary>Decoding of connectionist temporal classification, against every path there is.</summary>
public sealed class CtcDecoderTests
{
    // No two logits of a step are alike, so that there is one best label.
    private static readonly Gen<double[][]> Small =
        from steps in Gen.Int[1, 6]
        from labels in Gen.Int[2, 4]
        from tenths in Gen.Int[-400, 400].Array[labels].Array[steps]
        select tenths.Select(step => step.Select((value, label) => (value / 100.0) + (label / 1000.0)).ToArray()).ToArray();

    [Fact]
    public void LogProbability_EveryLabelling_IsTheSumOverItsAlignments() =>
        Small.Sample(logits =>
        {
            var blank = logits[0].Length - 1;
            var lattice = Lattice(logits);
            foreach (var (labelling, probability) in BruteForce.Labellings(Softmax(logits), blank))
            {
                Assert.Equal(probability, Math.Exp(CtcAlignment.LogProbability(lattice, Parse(labelling), blank)), 1e-6);
            }
        }, iter: 200);

    [Fact]
    public void BeamSearch_BeamThatDropsNothing_FindsTheLikeliestLabelling() =>
        Small.Sample(logits =>
        {
            var best = BruteForce.Labellings(Softmax(logits), 0).MaxBy(pair => pair.Value);

            var found = CtcBeamSearch.Decode(Lattice(logits), 0, 100_000);

            Assert.Equal(best.Key, string.Join(',', found));
        }, iter: 300);

    [Fact]
    public void BeamSearch_NarrowBeam_LosesOnlyWhatItDrops()
    {
        // The beam may lose the best labelling, but never gives one that has no alignment.
        Small.Sample(logits =>
        {
            foreach (var beam in (int[])[1, 2, 3])
            {
                var found = CtcBeamSearch.Decode(Lattice(logits), 0, beam);

                Assert.True(double.IsFinite(CtcAlignment.LogProbability(Lattice(logits), found, 0)));
            }
        }, iter: 200);
    }

    [Fact]
    public void BeamSearch_PathsThatShareALabelling_WinAgainstTheSingleBestPath()
    {
        // The textbook's case (A. Graves, 2006): blanks make the best path, though the label is likelier.
        double[][] probabilities = [[0.6, 0.4], [0.6, 0.4]];
        var lattice = Lattice([.. probabilities.Select(step => step.Select(value => Math.Log(value)).ToArray())]);

        Assert.Empty(CtcBestPath.Decode(lattice, 0));
        Assert.Equal([1], CtcBeamSearch.Decode(lattice, 0, 4));
        Assert.Equal(0.64, Math.Exp(CtcAlignment.LogProbability(lattice, [1], 0)), 1e-6);
    }

    [Fact]
    public void BestPath_AnyLattice_IsTheCollapsedPathOfGreatestScores() =>
        Small.Sample(logits =>
        {
            int[] path = [.. logits.Select(step => Array.IndexOf(step, step.Max()))];

            Assert.Equal(BruteForce.Collapse(path, 0), CtcBestPath.Decode(Lattice(logits), 0));
        });

    [Fact]
    public void Align_BestPath_CoversExactlyItsSteps() =>
        Small.Sample(logits =>
        {
            int[] path = [.. logits.Select(step => Array.IndexOf(step, step.Max()))];
            var labels = CtcBestPath.Decode(Lattice(logits), 0);

            var tokens = CtcAlignment.Align(Lattice(logits), labels, 0);

            var covered = new int[path.Length];
            foreach (var token in tokens)
            {
                Array.Fill(covered, token.Label, token.First, token.End - token.First);
            }

            Assert.Equal(path, covered);
        });

    [Fact]
    public void Align_AnyAlignment_IsInOrderAndWithinTheSteps() =>
        Small.Sample(logits =>
        {
            var lattice = Lattice(logits);
            var tokens = CtcAlignment.Align(lattice, CtcBeamSearch.Decode(lattice, 0, 8), 0);

            Assert.All(tokens, token => Assert.True(token.First < token.End && token.End <= lattice.Steps));
            Assert.All(tokens.Zip(tokens.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.First));
            Assert.All(tokens, token => Assert.InRange(token.Confidence, 0, 1 + 1e-9));
        });

    [Fact]
    public void Align_MoreLabelsThanSteps_IsRefused() =>
        Assert.Throws<PipelineException>(() => CtcAlignment.Align(Lattice([[0, 0], [0, 0]]), [1, 1], 0));

    [Fact]
    public void Decode_WordsApart_AreTimedBySteps()
    {
        var decoder = new CtcDecoder(new CtcSettings { Labels = ["", "one", "two"], StrideSeconds = 0.03, Blank = 0 });

        var transcript = decoder.Decode(Peaks(3, [0, 1, 1, 0, 0, 2, 0, 2, 2, 2]));

        Assert.Equal("one two two", transcript.Text);
        Assert.Equal([(0.03, 0.09), (0.15, 0.18), (0.21, 0.30)], transcript.Words.Select(word => (Math.Round(word.Start, 6), Math.Round(word.End, 6))));
        Assert.All(transcript.Words, word => Assert.InRange(word.Confidence!.Value, 0.99, 1));
        Assert.InRange(transcript.Confidence!.Value, 0.9, 1);
    }

    [Fact]
    public void Decode_WordSeparator_JoinsLabelsToWords()
    {
        var decoder = new CtcDecoder(new CtcSettings { Labels = ["a", "b", "|", "", "<s>"], Blank = 3, WordSeparator = "|", StrideSeconds = 0.02, Beam = 4 });

        var transcript = decoder.Decode(Peaks(5, [2, 0, 3, 0, 1, 2, 2, 3, 2, 1, 3, 2]));

        Assert.Equal("aab b", transcript.Text);
        Assert.Equal([0.02, 0.18], transcript.Words.Select(word => Math.Round(word.Start, 6)));
    }

    [Fact]
    public void Decode_NoSteps_IsAnEmptyTranscript()
    {
        var transcript = new CtcDecoder(new CtcSettings { Labels = ["", "one"], StrideSeconds = 0.03 }).Decode([]);

        Assert.Equal("", transcript.Text);
        Assert.Empty(transcript.Words);
    }

    [Fact]
    public void Decode_LogProbabilities_ReadAsLogitsDo() =>
        Small.Sample(logits =>
        {
            string[] labels = [.. logits[0].Select((_, i) => $"w{i}")];
            var decoder = new CtcDecoder(new CtcSettings { Labels = labels, StrideSeconds = 0.02, Beam = 3 });
            float[] raw = [.. logits.SelectMany(step => step.Select(value => (float)value))];
            float[] logarithms = [.. Softmax(logits).SelectMany(step => step.Select(value => (float)Math.Log(value)))];

            Assert.Equal(decoder.Decode(raw).Text, decoder.Decode(logarithms).Text);
        });

    private static CtcLattice Lattice(double[][] logits) =>
        CtcLattice.Of([.. logits.SelectMany(step => step.Select(value => (float)value))], logits[0].Length);

    private static float[] Peaks(int labels, int[] path)
    {
        var scores = new float[labels * path.Length];
        for (var step = 0; step < path.Length; step++)
        {
            scores[(step * labels) + path[step]] = 10;
        }

        return scores;
    }

    private static double[][] Softmax(double[][] logits) =>
        [.. logits.Select(step =>
        {
            double[] powers = [.. step.Select(value => Math.Exp((float)value))];
            return powers.Select(power => power / powers.Sum()).ToArray();
        })];

    private static int[] Parse(string labelling) => labelling.Length == 0 ? [] : [.. labelling.Split(',').Select(label => int.Parse(label, System.Globalization.CultureInfo.InvariantCulture))];
}
