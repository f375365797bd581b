using Microsoft.Extensions.AI;

namespace Multimodal.Pipeline.Speech;

/// <summary>What a recogniser heard in a recording.</summary>
public sealed record Transcript
{
    private const string Key = "multimodal.transcript";

    /// <summary>The whole text; empty where no words were heard.</summary>
    public required string Text { get; init; }

    /// <summary>Its words with their times; empty where the recogniser does not time words.</summary>
    public IReadOnlyList<TranscriptSpan> Words { get; set; } = [];

    /// <summary>Its sentences or phrases with their times; empty where the recogniser does not make any.</summary>
    public IReadOnlyList<TranscriptSpan> Segments { get; set; } = [];

    /// <summary>The language that was spoken, as an ISO 639 code; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>How certain the recogniser is of the whole, 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>How likely it is that nobody speaks, 0 to 1; null where the recogniser does not say.</summary>
    public double? NoSpeech { get; init; }

    /// <summary>Puts it beside an embedding.</summary>
    public void AttachTo(Embedding<float> embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        (embedding.AdditionalProperties ??= [])[Key] = this;
    }

    /// <summary>What lies beside an embedding; null where nothing does.</summary>
    public static Transcript? Of(Embedding<float> embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return embedding.AdditionalProperties?.GetValueOrDefault(Key) as Transcript;
    }
}
