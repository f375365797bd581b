using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What is said in a job's recordings, as its recogniser wrote it down: the audio encoder's <see cref="EncoderDefinition.Transcription"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TranscriptionDefinition : TaskDefinition
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "transcription";
}
