using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>
/// What a text may go on with (A. Radford et al., 2022): suppressed tokens never; times in pairs, in order, and none where they are not
/// asked for; a time where all times together are likelier than any other token.
/// </summary>
internal sealed class WhisperRules(WhisperGeneration generation, bool timestamps)
{
    private const float Never = float.NegativeInfinity;

    /// <summary>Takes from logits what may not follow.</summary>
    /// <param name="logits">The logits of the vocabulary; they become -∞ where a token may not follow.</param>
    /// <param name="written">The text's tokens so far, without those it was asked for with.</param>
    public void Apply(Span<float> logits, IReadOnlyList<int> written)
    {
        Suppress(logits, generation.Suppressed);
        if (written.Count == 0)
        {
            Suppress(logits, generation.SuppressedAtBegin);
        }

        if (timestamps && generation.FirstTime is { } first && first < logits.Length)
        {
            ApplyTimes(logits, written, first);
        }
    }

    private void ApplyTimes(Span<float> logits, IReadOnlyList<int> written, int first)
    {
        logits[generation.NoTimestamps!.Value] = Never;
        if (written.Count == 0)
        {
            logits[..first].Fill(Never);
            if (generation.LatestBegin is { } latest && first + latest + 1 < logits.Length)
            {
                logits[(first + latest + 1)..].Fill(Never);
            }

            return;
        }

        var isTime = written[^1] >= first;
        var wasTime = written.Count < 2 || written[^2] >= first;
        if (isTime && wasTime)
        {
            logits[first..].Fill(Never);
        }
        else if (isTime)
        {
            logits[..generation.End].Fill(Never);
        }

        if (LastTime(written, first) is { } last)
        {
            // The time that ends a part may begin the next; behind it a part takes some time.
            var least = isTime && !wasTime ? last : last + 1;
            logits[first..Math.Min(least, logits.Length)].Fill(Never);
        }

        if (SumOfTimes(logits[first..]) > TensorPrimitives.Max<float>(logits[..first]))
        {
            logits[..first].Fill(Never);
        }
    }

    private static int? LastTime(IReadOnlyList<int> written, int first)
    {
        for (var i = written.Count - 1; i >= 0; i--)
        {
            if (written[i] >= first)
            {
                return written[i];
            }
        }

        return null;
    }

    // Logits compare as their probabilities do: all have the same sum in common.
    private static double SumOfTimes(ReadOnlySpan<float> logits)
    {
        var greatest = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(greatest))
        {
            return double.NegativeInfinity;
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - greatest);
        }

        return greatest + Math.Log(sum);
    }

    private static void Suppress(Span<float> logits, IReadOnlyList<int> tokens)
    {
        foreach (var token in tokens)
        {
            if (token < logits.Length)
            {
                logits[token] = Never;
            }
        }
    }
}
