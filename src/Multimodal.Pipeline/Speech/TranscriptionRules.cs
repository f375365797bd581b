using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Speech;

/// <summary>The rules that a pipeline with a recogniser keeps.</summary>
internal static class TranscriptionRules
{
    /// <summary>What is wrong, each a sentence.</summary>
    public static IEnumerable<string> FindFaults(PipelineDefinition definition)
    {
        foreach (var modality in definition.Encoders.Where(pair => pair.Value.Transcription is not null && pair.Key != Modality.Audio).Select(pair => pair.Key))
        {
            yield return $"the {modality.ToName()} encoder has a transcription; only that of audio can have one.";
        }

        var audio = definition.Encoders.GetValueOrDefault(Modality.Audio);
        if (definition.Tasks.OfType<TranscriptionDefinition>().FirstOrDefault() is { } task && audio?.Transcription is null)
        {
            yield return $"the task '{task.Name}' needs an audio encoder with a member \"transcription\".";
        }

        if (audio?.Transcription is not { } transcription)
        {
            yield break;
        }

        foreach (var fault in transcription.FindFaults())
        {
            yield return $"the audio encoder's transcription: {fault}";
        }

        if (transcription.Through is { } through)
        {
            var text = definition.Encoders.GetValueOrDefault(Modality.Text);
            if (through != Modality.Text || text is null)
            {
                yield return "the audio encoder's transcription: through must be \"text\", and the pipeline must have a text encoder.";
            }
            else if (text.Dimensions != audio.Dimensions || text.Space != audio.Space)
            {
                yield return "the audio encoder's transcription: through the text encoder, embeddings have that one's dimensions and space; declare the same for both.";
            }
        }
    }
}
