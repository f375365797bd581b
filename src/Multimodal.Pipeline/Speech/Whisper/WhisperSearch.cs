using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>
/// Writes a text token by token: greedily, or following several texts at once, of which as many are finished as there are followed before
/// the likeliest for its length is chosen (A. Radford et al., 2022).
/// </summary>
internal sealed class WhisperSearch(WhisperGeneration generation, WhisperRules rules, int beam, double? lengthPenalty)
{
    /// <summary>Writes.</summary>
    /// <param name="decoder">The decoder, after its beginning.</param>
    /// <param name="logits">The logits behind the last token of its beginning.</param>
    /// <param name="most">The most tokens.</param>
    /// <param name="cancellationToken">Ends it between tokens.</param>
    public WhisperText Write(ITokenDecoder decoder, float[] logits, int most, CancellationToken cancellationToken)
    {
        List<WhisperText> followed = [new([], 0)], finished = [];
        float[][] rows = [logits];
        for (var length = 0; length < most && followed.Count > 0; length++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (next, steps) = Advance(followed, rows, finished);
            followed = next;
            if (finished.Count >= beam)
            {
                break;
            }

            // Behind the last token nothing is asked any more.
            if (length + 1 < most && followed.Count > 0)
            {
                rows = decoder.Advance(steps);
            }
        }

        // Too few have come to an end: those that were on their way take part.
        finished.AddRange(followed.OrderByDescending(text => text.LogProbability).Take(beam - finished.Count));
        return finished.MaxBy(Score) ?? throw new PipelineException("The decoder may not write any token: all are suppressed. See generation_config.json.");
    }

    private (List<WhisperText> Followed, List<TokenStep> Steps) Advance(List<WhisperText> followed, float[][] rows, List<WhisperText> finished)
    {
        // One more than is followed, since one of them may be the end.
        var candidates = followed.SelectMany((text, row) => Likeliest(text, row, rows[row], beam == 1 ? 1 : beam + 1))
            .OrderByDescending(candidate => candidate.LogProbability);
        var (next, steps) = (new List<WhisperText>(), new List<TokenStep>());
        foreach (var (source, token, logProbability) in candidates)
        {
            var text = followed[source];
            if (token == generation.End)
            {
                if (finished.Count < beam)
                {
                    finished.Add(text with { LogProbability = logProbability });
                }

                continue;
            }

            next.Add(new WhisperText([.. text.Tokens, token], logProbability));
            steps.Add(new TokenStep(source, token));
            if (next.Count == beam)
            {
                break;
            }
        }

        return (next, steps);
    }

    private IEnumerable<(int Source, int Token, double LogProbability)> Likeliest(WhisperText text, int row, float[] logits, int count)
    {
        rules.Apply(logits, text.Tokens);
        var greatest = TensorPrimitives.Max<float>(logits);
        if (!float.IsFinite(greatest))
        {
            return [];
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - greatest);
        }

        var all = text.LogProbability - greatest - Math.Log(sum);
        return Top(logits, count).Select(token => (row, token, all + logits[token]));
    }

    // The vocabulary is large and what is asked for is small.
    private static List<int> Top(float[] logits, int count)
    {
        var top = new PriorityQueue<int, (float, int)>(count + 1);
        for (var token = 0; token < logits.Length; token++)
        {
            if (float.IsNegativeInfinity(logits[token]))
            {
                continue;
            }

            if (top.Count < count)
            {
                top.Enqueue(token, (logits[token], -token));
            }
            else
            {
                top.EnqueueDequeue(token, (logits[token], -token));
            }
        }

        return [.. top.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    private double Score(WhisperText text)
    {
        var length = Math.Max(1, text.Tokens.Count);
        return text.LogProbability / (lengthPenalty is { } alpha ? Math.Pow((5 + length) / 6.0, alpha) : length);
    }
}
