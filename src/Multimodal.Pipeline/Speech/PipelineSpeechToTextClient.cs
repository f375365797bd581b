using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Speech;

/// <summary>
/// A pipeline's recogniser as the speech-to-text client of Microsoft.Extensions.AI: a recording in, in any format that the pipeline reads,
/// its text out. Callers at once share the runs of its networks. Safe for concurrent use.
/// </summary>
/// <remarks>The interface is marked as experimental, so this is as well: who uses it says so, by the same attribute or otherwise.</remarks>
[Experimental("MEAI001")]
public sealed class PipelineSpeechToTextClient : ISpeechToTextClient
{
    // A read longer than this is more than any pipeline takes.
    private const long LargestRecording = 1L << 30;

    private readonly LoadedPipeline _pipeline;
    private readonly InputLimits _limits;
    private readonly SpeechToTextClientMetadata _metadata;

    /// <summary>Transcribes with a pipeline, which stays its owner's.</summary>
    /// <param name="pipeline">A pipeline whose audio encoder has a recogniser.</param>
    /// <param name="limits">Bounds on recordings; null: those of the pipeline's own defaults.</param>
    /// <exception cref="PipelineException">The pipeline has no recogniser.</exception>
    public PipelineSpeechToTextClient(LoadedPipeline pipeline, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (pipeline.Definition.Encoders.GetValueOrDefault(Modality.Audio)?.Transcription is null)
        {
            throw new PipelineException(
                $"The pipeline '{pipeline.Definition.Name}' does not transcribe: its audio encoder has no member \"transcription\".");
        }

        _pipeline = pipeline;
        _limits = limits ?? new InputLimits();
        _metadata = new SpeechToTextClientMetadata("multimodal", defaultModelId: pipeline.Definition.Name);
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The recording cannot be read, is beyond a limit, or is silent.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var features = await ReadAsync(audioSpeechStream, cancellationToken);
        var transcript = await TranscribeAsync(features, options, cancellationToken);
        return new SpeechToTextResponse(transcript.Text)
        {
            StartTime = StartOf(transcript) ?? TimeSpan.Zero,
            EndTime = EndOf(transcript) ?? TimeSpan.FromSeconds(features.Facts.Seconds ?? 0),
            ModelId = _pipeline.Definition.Name,
            RawRepresentation = transcript,
        };
    }

    /// <inheritdoc/>
    /// <remarks>One update for each window of a recording, as soon as it is written down; where windows overlap, or there is one, one for all.</remarks>
    /// <exception cref="InputException">The recording cannot be read, is beyond a limit, or is silent.</exception>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var features = await ReadAsync(audioSpeechStream, cancellationToken);
        var response = Guid.NewGuid().ToString("N");
        yield return Update(SpeechToTextResponseUpdateKind.SessionOpen, response, null);
        var isFirst = true;
        foreach (var part in features.Timing is { } timing && timing.Window <= timing.Hop ? features.SplitWindows() : [features])
        {
            var transcript = await TranscribeAsync(part, options, cancellationToken);
            if (transcript.Text.Length == 0)
            {
                continue;
            }

            // Updates are joined as they are.
            yield return Update(SpeechToTextResponseUpdateKind.TextUpdated, response, transcript, isFirst ? "" : " ");
            isFirst = false;
        }

        yield return Update(SpeechToTextResponseUpdateKind.SessionClose, response, null);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(SpeechToTextClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_pipeline) ? _pipeline
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The pipeline is its owner's.
    }

    private async Task<Features> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var most = Math.Min(_limits.MaximumBytes, LargestRecording);
        using var memory = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(block, cancellationToken)) > 0;)
        {
            if (memory.Length + read > most)
            {
                throw new InputException(InputErrorCodes.TooLarge, $"The recording has more than {most} bytes.", "Send a shorter recording.");
            }

            memory.Write(block, 0, read);
        }

        var content = new InputContent("recording", memory.GetBuffer().AsMemory(0, (int)memory.Length));
        var kind = ContentDetector.Detect(content);
        return kind.Modality == Modality.Audio
            ? _pipeline.Preprocessor(Modality.Audio).Preprocess(content, kind.MediaType)
            : throw new InputException(InputErrorCodes.Unsupported, $"The stream holds {kind.MediaType}, not a recording.", "Send a recording of speech.");
    }

    private async Task<Transcript> TranscribeAsync(Features features, SpeechToTextOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            var embeddings = await _pipeline.Encoder(Modality.Audio).GenerateAsync(
                [features], SpeechRequest.WithLanguage(null, options?.SpeechLanguage), cancellationToken);
            return Transcript.Of(embeddings[0]) ?? throw new PipelineException($"The pipeline '{_pipeline.Definition.Name}' gave no transcript.");
        }
        catch (InputException e) when (e.Error.Code == InputErrorCodes.NoContent)
        {
            // A text encoder has nothing to encode where nobody speaks; here that is an answer.
            return new Transcript { Text = "" };
        }
    }

    private SpeechToTextResponseUpdate Update(SpeechToTextResponseUpdateKind kind, string response, Transcript? transcript, string before = "") =>
        new(transcript is null ? [] : [new TextContent(before + transcript.Text)])
        {
            Kind = kind,
            ResponseId = response,
            ModelId = _pipeline.Definition.Name,
            StartTime = transcript is null ? null : StartOf(transcript),
            EndTime = transcript is null ? null : EndOf(transcript),
            RawRepresentation = transcript,
        };

    private static TimeSpan? StartOf(Transcript transcript) => Spans(transcript) is [var first, ..] ? TimeSpan.FromSeconds(first.Start) : null;

    private static TimeSpan? EndOf(Transcript transcript) => Spans(transcript) is [.., var last] ? TimeSpan.FromSeconds(last.End) : null;

    private static IReadOnlyList<TranscriptSpan> Spans(Transcript transcript) => transcript.Words.Count > 0 ? transcript.Words : transcript.Segments;
}
