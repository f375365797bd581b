using System.Numerics.Tensors;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Orchestration.Activities;

/// <summary>Makes a job's result of its encoded inputs: pools each modality, fuses, executes the tasks, and says what was left out.</summary>
internal sealed class ResultComposer(JobRecord record, LoadedPipeline pipeline, TimeProvider time)
{
    public ComposedResult Compose(
        IReadOnlyList<EncodedInput> inputs, IReadOnlyList<string> awaited, IReadOnlyList<EncodeReport> encoded)
    {
        var pooled = Pool(inputs);
        var stages = StageTimes(inputs, encoded);
        FusedEmbedding? fused = null;
        IReadOnlyList<TaskOutcome>[] outcomes = [];
        if (pooled.Count > 0)
        {
            fused = Measure("fuse", stages, () => pipeline.Fusion.Fuse(pooled, record.Options.Weights));
            outcomes = pipeline.Definition.Tasks.Count > 0
                ? Execute(pooled, fused, stages)
                : [.. Enumerable.Repeat<IReadOnlyList<TaskOutcome>>([], 1 + pooled.Count)];
        }

        var whole = inputs.All(input => input.Embedding is not null) && awaited.Count == 0;
        var result = new JobResult
        {
            JobId = record.JobId,
            Revision = record.Revision,
            Status = fused is null ? JobOutcomeStatus.Failed : whole ? JobOutcomeStatus.Succeeded : JobOutcomeStatus.Partial,
            Pipeline = new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest),
            StartedAt = record.StartedAt,
            CompletedAt = time.GetUtcNow(),
            Outcomes = fused is null ? [] : outcomes[0],
            Fusion = fused is null ? null : new FusionReport(pipeline.Definition.Fusion.Method, fused.EffectiveWeights) { Dimensions = fused.Vector.Length },
            Modalities = [.. pipeline.Definition.Encoders.Keys.Order().Select(modality => Report(modality, inputs, encoded, pooled, fused, outcomes))],
            Inputs = [.. inputs.Select(Report)],
            Awaited = awaited,
            Stages = stages,
            Error = fused is null ? NothingUsable(inputs, awaited) : null,
        };
        return new ComposedResult(result, WriteEmbeddings(inputs, pooled, fused));
    }

    /// <summary>The outcomes on the fused embedding, explained, and after it those on each modality's own.</summary>
    private IReadOnlyList<TaskOutcome>[] Execute(
        SortedDictionary<Modality, ReadOnlyMemory<float>> pooled, FusedEmbedding fused, List<StageTime> stages)
    {
        // The fused embedding and each modality's own go through the tasks as one batch.
        var outcomes = Measure("execute", stages, () => pipeline.Execute([fused.Vector, .. pooled.Values]));
        outcomes[0] = Measure("explain", stages, () => new OutcomeExplainer(pipeline).Explain(
            outcomes[0],
            pooled,
            pooled.Keys.Select((modality, i) => (modality, outcomes[i + 1])).ToDictionary(),
            fused.EffectiveWeights,
            record.Options.Weights));
        return outcomes;
    }

    private T Measure<T>(string stage, List<StageTime> stages, Func<T> work)
    {
        var (startedAt, begun) = (time.GetUtcNow(), time.GetTimestamp());
        var made = work();
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
        SortedDictionary<Modality, ReadOnlyMemory<float>> pooled,
        FusedEmbedding? fused,
        IReadOnlyList<TaskOutcome>[] outcomes)
    {
        var own = inputs.Where(input => input.Receipt.Modality == modality).ToList();
        var place = pooled.Keys.ToList().IndexOf(modality);
        return new ModalityReport
        {
            Modality = modality,
            State = place >= 0 ? ModalityState.Used : own.Count > 0 ? ModalityState.Failed : ModalityState.Missing,
            Weight = place >= 0 ? fused?.EffectiveWeights[modality] : null,
            Used = own.Count(input => input.Embedding is not null),
            Outcomes = place >= 0 ? outcomes[place + 1] : [],
            Error = encoded.FirstOrDefault(report => report.Modality == modality && report.Error is not null)?.Error,
            Encoding = encoded.Where(report => report.Modality == modality).Select(report => report.Encoding).OfType<EncodingReport>().ToList() is { Count: > 0 } reports
                ? EncodingReport.Sum(reports)
                : null,
        };
    }

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

        if (fused is not null)
        {
            Add("fused", fused.Vector);
        }

        return Safetensors.Write(tensors);

        void Add(string name, ReadOnlySpan<float> vector) => tensors.Add(name, HostTensor.Create(vector, vector.Length));
    }
}
