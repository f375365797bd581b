namespace Multimodal.Trials.Speech;

/// <summary>Word error rates of the pipeline <c>spoken-digits</c>, as served, on strings of test recordings.</summary>
internal sealed record SpeechReport
{
    public required IReadOnlyList<SpeechFigure> Figures { get; init; }

    /// <summary>Strings whose transcript by the best path is PyTorch's.</summary>
    public required int EqualPyTorch { get; init; }

    /// <summary>Seconds of sound that are transcribed in a second, preprocessing included, one string at a time.</summary>
    public required double SecondsOfSoundPerSecond { get; init; }

    /// <summary>Whether at most 4 % of the words are wrong, as is asked for.</summary>
    public bool IsSound => Figures.All(figure => figure.Condition != SpeechTrial.All || figure.WordErrorRate <= 4);
}
