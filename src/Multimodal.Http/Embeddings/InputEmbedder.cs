using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Http.Embeddings;

/// <summary>Preprocesses inputs and runs their encoders, in the request itself.</summary>
internal sealed class InputEmbedder(IJobAdmission admission, ILogger<InputEmbedder> logger)
{
    /// <summary>When a sender may try again, because as many jobs wait as may; null where the host takes more.</summary>
    public TimeSpan? FindBusy() => admission.FindBusy();

    /// <summary>Embeds. An input that cannot be used leaves the others be.</summary>
    /// <exception cref="InputException">None can be used; what ails the first.</exception>
    /// <exception cref="EncoderBusyException">
    /// An encoder has as many requests waiting as may, or the request would wait too long; what it had waiting is taken back.
    /// </exception>
    /// <exception cref="EncoderExhaustedException">Memory suffices for none of them.</exception>
    /// <exception cref="PipelineException">The encoder refuses every input, so that none of them is at fault.</exception>
    public async Task<EmbeddedInputs> EmbedAsync(LoadedPipeline pipeline, InputSet inputs, RequestPriority priority, CancellationToken cancellationToken)
    {
        using var request = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Outcome>>();
        var admitted = new HashSet<Modality>();
        try
        {
            // One after the other, as for jobs: what is decoded needs much memory. Encoders gather what comes to batches meanwhile.
            using (await admission.EnterAsync(cancellationToken))
            {
                for (var i = 0; i < inputs.Inputs.Count; i++)
                {
                    running.Add(Begin(pipeline, inputs.Names[i], await inputs.Inputs[i](cancellationToken), inputs.AreTexts, priority, admitted, request.Token));
                    if (running[^1].IsFaulted)
                    {
                        // Refused: the others are not even begun.
                        await running[^1];
                    }
                }
            }

            var outcomes = await WhenAllOrFirstFailureAsync(running);
            if (outcomes.FirstOrDefault(outcome => outcome.Refusal is not null) is { Refusal: { } refusal }
                && outcomes.All(outcome => outcome.Refusal is not null))
            {
                throw refusal is PipelineException ? new PipelineException(refusal.Message, refusal) : refusal;
            }

            if (outcomes.All(outcome => outcome.Input.Error is not null))
            {
                throw new InputException(outcomes[0].Input.Error!);
            }

            return new EmbeddedInputs(
                new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest), [.. outcomes.Select(outcome => outcome.Input)]);
        }
        catch
        {
            await request.CancelAsync();
            throw;
        }
    }

    // Those that are given up may still fail; nobody asks them any more.
    private static async Task<Outcome[]> WhenAllOrFirstFailureAsync(List<Task<Outcome>> running)
    {
        await foreach (var ended in Task.WhenEach(running))
        {
            await ended;
        }

        return await Task.WhenAll(running);
    }

    private async Task<Outcome> Begin(
        LoadedPipeline pipeline,
        string name,
        InputContent content,
        bool isText,
        RequestPriority priority,
        HashSet<Modality> admitted,
        CancellationToken cancellationToken)
    {
        Features features;
        try
        {
            features = isText ? pipeline.Preprocess(content, new DetectedContent(Modality.Text, MediaTypes.Text)) : pipeline.Preprocess(content);
        }
        catch (InputException e)
        {
            return new Outcome(new EmbeddedInput(name, e.Modality) { Error = e.Error }, null);
        }

        try
        {
            var encoder = pipeline.Encoder(features.Modality);

            // What the request itself has waiting is not held against it.
            if (admitted.Add(features.Modality))
            {
                encoder.GetService<EncoderLoad>()?.Admit(priority);
            }

            var embeddings = await encoder.GenerateAsync([features], EncodeRequestOptions.Of(priority), cancellationToken);
            var vector = embeddings[0].Vector.ToArray();
            return vector.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                ? Failed(name, features.Modality, "gave values that are not finite", null)
                : new Outcome(new EmbeddedInput(name, features.Modality) { Embedding = vector }, null);
        }
        catch (Exception refusal) when (refusal is PipelineException or EncoderExhaustedException)
        {
            // Its message names paths of this machine: it is for the log.
            Log.InputNotEncoded(logger, LoggedException.Of(refusal));
            return Failed(name, features.Modality, refusal is PipelineException ? "refused it" : "has not enough memory for it", refusal);
        }
    }

    private static Outcome Failed(string name, Modality modality, string what, Exception? refusal) => new(
        new EmbeddedInput(name, modality)
        {
            Error = new InputError(
                InputErrorCodes.EncodingFailed,
                $"'{name}' could not be encoded: the {modality.ToName()} encoder {what}.",
                "Check whether the input is unlike those that the pipeline takes otherwise: far larger, or of another kind."),
        },
        refusal);

    private sealed record Outcome(EmbeddedInput Input, Exception? Refusal);
}
