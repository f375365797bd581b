using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What turns the fused embedding into an outcome; the member <c>kind</c> chooses one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ClassificationDefinition), ClassificationDefinition.Kind)]
[JsonDerivedType(typeof(ZeroShotDefinition), ZeroShotDefinition.Kind)]
[JsonDerivedType(typeof(TranscriptionDefinition), TranscriptionDefinition.Kind)]
[JsonDerivedType(typeof(RetrievalDefinition), RetrievalDefinition.Kind)]
[JsonDerivedType(typeof(DecisionDefinition), DecisionDefinition.Kind)]
public abstract record TaskDefinition
{
    /// <summary>The task's name, unique in its pipeline.</summary>
    public required string Name { get; init; }
}
