using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Speech;

/// <summary>How an encoder of recordings also writes down what is said; the member <c>kind</c> in <c>pipeline.json</c> chooses one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CtcSettings), CtcSettings.Kind)]
[JsonDerivedType(typeof(WhisperSettings), WhisperSettings.Kind)]
public abstract record TranscriptionSettings
{
    /// <summary>
    /// The modality whose encoder makes a recording's embedding of its transcript: <c>text</c>, or null, where the embedding is that of
    /// the sound.
    /// </summary>
    public Modality? Through { get; init; }

    /// <summary>The files of the pipeline's folder that it needs besides the encoder's.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>What is wrong with its values, each a sentence that names the member.</summary>
    internal abstract IEnumerable<string> FindFaults();
}
