using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Speech;

/// <summary>
/// Connectionist temporal classification (A. Graves et al., 2006): the encoder's network gives, besides the embedding, a score for each label
/// at each step of time.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CtcSettings : TranscriptionSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "ctc";

    private const int MostLabels = 65_536, WidestBeam = 256;

    /// <summary>The network's output [N, steps, labels] of logits or log-probabilities.</summary>
    public string Output { get; set; } = "logits";

    /// <summary>What each label is written as, in the order of the scores; the blank's is not looked at.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The blank's place among the labels.</summary>
    public int Blank { get; set; }

    /// <summary>
    /// The label that parts words, such as <c>|</c>; where it is null every label is a word of its own.
    /// </summary>
    public string? WordSeparator { get; init; }

    /// <summary>From one step to the next, in seconds.</summary>
    public required double StrideSeconds { get; init; }

    /// <summary>From one step to the next, in positions of the features: frames of a spectrogram, samples of raw sound.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Positions that a step must find whole: n positions give (n − window) / stride + 1 steps, rounded down.</summary>
    public int Window { get; set; } = 1;

    /// <summary>How many prefixes the search keeps, 1 to 256; 1: the best path is taken as it is.</summary>
    public int Beam { get; set; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> Files => [];

    /// <summary>How many steps so many positions give; 0 or more.</summary>
    public int StepsOf(int positions) => positions < Window ? 0 : ((positions - Window) / Stride) + 1;

    internal override IEnumerable<string> FindFaults()
    {
        if (Output.Length == 0)
        {
            yield return "output must be named.";
        }

        if (Labels.Count is < 2 or > MostLabels)
        {
            yield return $"labels must be 2 to {MostLabels}, the blank among them, not {Labels.Count}.";
        }
        else if (Blank < 0 || Blank >= Labels.Count)
        {
            yield return $"blank must be a place among the labels, 0 to {Labels.Count - 1}, not {Blank}.";
        }

        if (WordSeparator is not null && !Labels.Contains(WordSeparator))
        {
            yield return $"wordSeparator '{WordSeparator}' is none of the labels.";
        }

        if (!(StrideSeconds is > 0 and <= 10))
        {
            yield return $"strideSeconds must be above 0 and at most 10, not {StrideSeconds}.";
        }

        if (Stride < 1 || Window < 1)
        {
            yield return "stride and window must be 1 or more.";
        }

        if (Beam is < 1 or > WidestBeam)
        {
            yield return $"beam must be 1 to {WidestBeam}, not {Beam}.";
        }
    }
}
