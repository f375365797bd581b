using CsCheck;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech.Whisper;

namespace Multimodal.Pipeline.Tests.Speech.Whisper;

/// <summary>Greedy and beam search over texts of few tokens, against all of them.</summary>
public sealed class WhisperSearchTests
{
    private const int End = 3, Vocabulary = 4, Most = 4;
    private static readonly WhisperGeneration Generation = new() { Start = 0, End = End };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Write_BeamThatDropsNothing_FindsTheBestForItsLength() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var table = Table(seed);
            var best = All(table, [], 0).MaxBy(text => text.LogProbability / Math.Max(1, text.Tokens.Count))!;

            var found = Write(table, beam: 200);

            Assert.Equal(best.Tokens, found.Tokens);
            Assert.Equal(best.LogProbability, found.LogProbability, 1e-4);
        }, iter: 200);

    [Fact]
    public void Write_Greedily_TakesTheLikeliestEachTime() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var table = Table(seed);
            var expected = new List<int>();
            while (expected.Count < Most)
            {
                var logits = table(expected);
                var next = Array.IndexOf(logits, logits.Max());
                if (next == End)
                {
                    break;
                }

                expected.Add(next);
            }

            Assert.Equal(expected, Write(table, beam: 1).Tokens);
        });

    [Fact]
    public void Write_EverythingSuppressed_IsRefused()
    {
        var generation = Generation with { Suppressed = [0, 1, 2, 3] };
        var search = new WhisperSearch(generation, new WhisperRules(generation, false), 2, null);
        using var decoder = new TableDecoder(_ => new float[Vocabulary]);

        Assert.Throws<PipelineException>(() => search.Write(decoder, decoder.Begin([0])[^1], Most, Token));
    }

    private static WhisperText Write(Func<IReadOnlyList<int>, float[]> table, int beam)
    {
        using var decoder = new TableDecoder(table);
        var logits = decoder.Begin([0]);
        return new WhisperSearch(Generation, new WhisperRules(Generation, false), beam, null).Write(decoder, logits[^1], Most, Token);
    }

    private static Func<IReadOnlyList<int>, float[]> Table(int seed) => text =>
    {
        var random = new Random(text.Aggregate(seed, (hash, token) => unchecked((hash * 31) + token + 1)));
        return [.. Enumerable.Range(0, Vocabulary).Select(_ => (float)(random.NextDouble() * 4))];
    };

    private static List<WhisperText> All(Func<IReadOnlyList<int>, float[]> table, List<int> text, double logProbability)
    {
        if (text.Count == Most)
        {
            return [new WhisperText(text, logProbability)];
        }

        var logits = table(text);
        var sum = Math.Log(logits.Sum(logit => Math.Exp(logit)));
        return
        [
            .. Enumerable.Range(0, Vocabulary).SelectMany(token => token == End
                ? [new WhisperText(text, logProbability + logits[token] - sum)]
                : All(table, [.. text, token], logProbability + logits[token] - sum)),
        ];
    }
}
