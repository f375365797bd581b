namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>A text that was written, or is being written.</summary>
/// <param name="Tokens">Its tokens, without those it was asked for with and without the one that ends it.</param>
/// <param name="LogProbability">The sum of its tokens' log-probabilities, the end's among them where it has ended.</param>
internal sealed record WhisperText(IReadOnlyList<int> Tokens, double LogProbability)
{
    /// <summary>The mean of the tokens' log-probabilities, the end counted as one of them.</summary>
    public double MeanLogProbability => LogProbability / (Tokens.Count + 1);
}
