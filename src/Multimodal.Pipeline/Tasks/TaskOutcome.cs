using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What a task gives for one embedding.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ClassificationOutcome), "classification")]
[JsonDerivedType(typeof(TranscriptionOutcome), "transcription")]
[JsonDerivedType(typeof(RetrievalOutcome), "retrieval")]
public abstract record TaskOutcome
{
    /// <summary>The task's name in its pipeline.</summary>
    public required string Task { get; init; }
}
