using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>Transcription: what the recogniser wrote down when it encoded the recordings. Nothing is run again.</summary>
public sealed class Transcription(TranscriptionDefinition definition) : ITask
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ValueTask.FromResult<IReadOnlyList<TaskOutcome>>([.. inputs.Select(input => ToOutcome(input.Context.Transcripts))]);
    }

    private TranscriptionOutcome ToOutcome(IReadOnlyList<TranscribedInput> transcripts) => new()
    {
        Task = definition.Name,
        Text = string.Join('\n', transcripts.Select(input => input.Transcript.Text).Where(text => text.Length > 0)),
        Inputs = transcripts,
    };
}
