using System.Numerics.Tensors;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Orchestration.Activities;

/// <summary>Makes a job's result of its encoded inputs: pools each modality, fuses, executes the tasks, and says what was left out.</summary>
internal sealed class ResultComposer(JobRecord record, LoadedPipeline pipeline, TimeProvider time)
{
    public async Task<ComposedResult> ComposeAsync(
        IReadOnlyList<EncodedInput> inputs, IReadOnlyList<string> awaited, IReadOnlyList<EncodeReport> encoded, CancellationToken cancellationToken)
    {
        var pooled = Pool(inputs);
        var stages = StageTimes(inputs, encoded);
        FusedSubsets? fused = null;
        PipelineOutcome? outcome = null;
        if (pooled.Count > 0)
        {
            var fusion = pipeline.Fusion(pipeline.MethodFor(record.Options));
            fused = await MeasureAsync(
                "fuse", stages, () => ValueTask.FromResult(FusedSubsets.Fuse(fusion, new FusionInput(pooled, record.Options.Weights))));
            if (pipeline.Definition.Tasks.Count > 0)
            {
                var context = new TaskContext { Options = record.Options, Job = record.JobId, Transcripts = TranscriptsOf(inputs) };
                outcome = await MeasureAsync("execute", stages, () => pipeline.ExecuteAsync(fused, context, cancellationToken));
            }
        }

        var whole = inputs.All(input => input.Embedding is not null) && awaited.Count == 0 && outcome?.Outcomes.Any(made => made is FailedOutcome) != true;
        var result = new JobResult
        {
            JobId = record.JobId,
            Revision = record.Revision,
            Status = fused is null ? JobOutcomeStatus.Failed : whole ? JobOutcomeStatus.Succeeded : JobOutcomeStatus.Partial,
            Pipeline = new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest),
            StartedAt = record.StartedAt,
            CompletedAt = time.GetUtcNow(),
            Outcomes = outcome?.Outcomes ?? [],
            Fusion = fused is null ? null : Report(fused),
            Modalities = [.. pipeline.Definition.Encoders.Keys.Order().Select(modality => Report(modality, inputs, encoded, fused, outcome))],
            Inputs = [.. inputs.Select(Report)],
            Awaited = awaited,
            Stages = stages,
            Error = fused is null ? NothingUsable(inputs, awaited) : null,
        };
        return new ComposedResult(result, WriteEmbeddings(inputs, pooled, fused?.Whole));
    }

    private async ValueTask<T> MeasureAsync<T>(string stage, List<StageTime> stages, Func<ValueTask<T>> work)
    {
        var (startedAt, begun) = (time.GetUtcNow(), time.GetTimestamp());
        var made = await work();
        stages.Add(new StageTime(stage, time.GetElapsedTime(begun).TotalMilliseconds, StartedAt: startedAt));
        return made;
    }

    /// <summary>The mean of each modality's embeddings.</summary>
    private static SortedDictionary<Modality, ReadOnlyMemory<float>> Pool(IReadOnlyList<EncodedInput> inputs)
    {
        var pooled = new SortedDictionary<Modality, ReadOnlyMemory<float>>();
        var modalities =
            from input in inputs
            where input.Embedding is not null
            group input.Embedding by input.Receipt.Modality!.Value;
        foreach (var modality in modalities)
        {
            var vectors = modality.ToList();
            var mean = new float[vectors[0].Length];
            foreach (var vector in vectors)
            {
                TensorPrimitives.Add(mean, vector, mean);
            }

            TensorPrimitives.Divide(mean, vectors.Count, mean);
            pooled.Add(modality.Key, mean);
        }

        return pooled;
    }

    private static List<TranscribedInput> TranscriptsOf(IReadOnlyList<EncodedInput> inputs) =>
    [
        .. from input in inputs
           where input.Transcript is not null
           select new TranscribedInput(input.Receipt.Input.Name, input.Transcript!),
    ];

    private static List<StageTime> StageTimes(IReadOnlyList<EncodedInput> inputs, IReadOnlyList<EncodeReport> encoded) =>
    [
        .. from input in inputs
           where input.Receipt.Modality is not null
           group input.Receipt by input.Receipt.Modality!.Value into modality
           orderby modality.Key
           select new StageTime(
               "preprocess", modality.Sum(receipt => receipt.Milliseconds), modality.Key, modality.Min(receipt => receipt.StartedAt)),
        .. from report in encoded
           group report by report.Modality into modality
           orderby modality.Key
           select new StageTime("encode", modality.Sum(report => report.Milliseconds), modality.Key, modality.Min(report => report.StartedAt)),
    ];

    private static ModalityReport Report(
        Modality modality,
        IReadOnlyList<EncodedInput> inputs,
        IReadOnlyList<EncodeReport> encoded,
        FusedSubsets? fused,
        PipelineOutcome? outcome)
    {
        var own = inputs.Where(input => input.Receipt.Modality == modality).ToList();
        var isUsed = fused?.Used.Contains(modality) ?? false;
        return new ModalityReport
        {
            Modality = modality,
            State = isUsed ? ModalityState.Used : own.Count > 0 ? ModalityState.Failed : ModalityState.Missing,
            Weight = isUsed ? fused?.Whole.EffectiveWeights?[modality] : null,
            Used = own.Count(input => input.Embedding is not null),
            Outcomes = isUsed && outcome is not null ? outcome.Own[modality] : [],
            Error = encoded.FirstOrDefault(report => report.Modality == modality && report.Error is not null)?.Error,
            Encoding = encoded.Where(report => report.Modality == modality).Select(report => report.Encoding).OfType<EncodingReport>().ToList() is { Count: > 0 } reports
                ? EncodingReport.Sum(reports)
                : null,
        };
    }

    private static FusionReport Report(FusedSubsets fused) => new(fused.Method, fused.Whole.EffectiveWeights)
    {
        Dimensions = fused.Whole.Vector.Length > 0 ? fused.Whole.Vector.Length : null,
    };

    private static InputReport Report(EncodedInput input) => new()
    {
        Name = input.Receipt.Input.Name,
        ETag = input.Receipt.Input.ETag,
        State = input.Embedding is null && input.Receipt.State == InputState.Ready ? InputState.Failed : input.Receipt.State,
        Modality = input.Receipt.Modality,
        Facts = input.Receipt.Facts,
        Error = input.Error,
    };

    private static JobError NothingUsable(IReadOnlyList<EncodedInput> inputs, IReadOnlyList<string> awaited)
    {
        var reasons = inputs.Select(input => input.Error?.Message).OfType<string>()
            .Concat(awaited.Select(name => $"'{name}' had not come by the deadline.")).ToList();
        return new JobError(
            JobError.NoUsableInput,
            reasons.Count == 0 ? "The job has no inputs." : $"No input of the job could be used: {string.Join(" ", reasons.Take(3))}",
            "Send at least one image, text or recording that the pipeline accepts.");
    }

    private static byte[] WriteEmbeddings(
        IReadOnlyList<EncodedInput> inputs, SortedDictionary<Modality, ReadOnlyMemory<float>> pooled, FusedEmbedding? fused)
    {
        var tensors = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        foreach (var input in inputs.Where(input => input.Embedding is not null))
        {
            Add($"inputs/{input.Receipt.Input.Name}", input.Embedding);
        }

        foreach (var (modality, vector) in pooled)
        {
            Add($"modalities/{modality.ToName()}", vector.Span);
        }

        if (fused is { Vector.Length: > 0 })
        {
            Add("fused", fused.Vector);
        }

        return Safetensors.Write(tensors);

        void Add(string name, ReadOnlySpan<float> vector) => tensors.Add(name, HostTensor.Create(vector, vector.Length));
    }
}
