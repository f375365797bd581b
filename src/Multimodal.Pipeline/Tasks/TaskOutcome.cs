using System.Text.Json.Serialization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What a task gives for one embedding.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ClassificationOutcome), ClassificationDefinition.Kind)]
[JsonDerivedType(typeof(ZeroShotOutcome), ZeroShotDefinition.Kind)]
[JsonDerivedType(typeof(TranscriptionOutcome), TranscriptionDefinition.Kind)]
[JsonDerivedType(typeof(RetrievalOutcome), RetrievalDefinition.Kind)]
[JsonDerivedType(typeof(DecisionOutcome), DecisionDefinition.Kind)]
[JsonDerivedType(typeof(FailedOutcome), FailedOutcome.Kind)]
public abstract record TaskOutcome
{
    /// <summary>The task's name in its pipeline.</summary>
    public required string Task { get; init; }
}
