using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Local.Evaluation.Items;

/// <summary>Recordings: as files where they are clean, as samples where they are degraded.</summary>
internal sealed class RecordingItems(
    IReadOnlyList<LabelledRecording> recordings, LogMelPreprocessor preprocessor, Lazy<RecordingDegrader> degrader) : IEvaluationItems
{
    public Modality Modality => Modality.Audio;

    public IReadOnlyList<string> Labels { get; } = [.. recordings.Select(recording => recording.Label)];

    public string NameOf(int item) => recordings[item].Name;

    public Features Preprocess(int item, Condition condition)
    {
        var recording = recordings[item];
        if (condition == Condition.Degraded)
        {
            return preprocessor.Preprocess(
                degrader.Value.Degrade(item), degrader.Value.SampleRate, recording.Name, new InputFacts { MediaType = MediaTypes.Wav });
        }

        var content = new InputContent(recording.Name, recording.File);
        var detected = ContentDetector.Detect(content);
        return detected.Modality == Modality.Audio
            ? preprocessor.Preprocess(content, detected.MediaType)
            : throw new InputException(
                InputErrorCodes.Unsupported, $"'{recording.Name}' is {detected.MediaType}, no recording.", "Restore the data set's file.");
    }
}
