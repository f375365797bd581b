using System.Numerics.Tensors;
using Multimodal.Local.Evaluation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Fit.Data;

/// <summary>Preprocesses and encodes labelled jobs as the product does, each input once.</summary>
internal sealed class JobEncoder(LoadedPipeline pipeline, InputLimits limits, IProgress<StageProgress> progress)
{
    // So many jobs are preprocessed before they are encoded; the encoders make their own batches of them.
    private const int Chunk = 200;

    /// <summary>What was left out and why, by input.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Encodes jobs; one of which nothing can be used is left out.</summary>
    public async Task<IReadOnlyList<EncodedJob>> EncodeAsync(IReadOnlyList<LabelledJob> jobs, CancellationToken cancellationToken)
    {
        var encoded = new List<EncodedJob>(jobs.Count);
        foreach (var chunk in jobs.Chunk(Chunk))
        {
            progress.Report(new StageProgress("encoding", encoded.Count, jobs.Count));
            encoded.AddRange(await EncodeChunkAsync(chunk, cancellationToken));
        }

        progress.Report(new StageProgress("encoding", jobs.Count, jobs.Count));
        return encoded;
    }

    private async Task<IEnumerable<EncodedJob>> EncodeChunkAsync(LabelledJob[] jobs, CancellationToken cancellationToken)
    {
        var inputs = new List<(LabelledJob Job, Features Features)>();
        foreach (var job in jobs)
        {
            foreach (var file in job.Files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Preprocess(job, file) is { } features)
                {
                    inputs.Add((job, features));
                }
            }
        }

        var embeddings = new Dictionary<(LabelledJob Job, Modality Modality), List<float[]>>();
        foreach (var modality in inputs.GroupBy(input => input.Features.Modality))
        {
            var vectors = await pipeline.Encoder(modality.Key).GenerateAsync(modality.Select(input => input.Features), cancellationToken: cancellationToken);
            foreach (var (input, vector) in modality.Zip(vectors))
            {
                var key = (input.Job, modality.Key);
                (embeddings.TryGetValue(key, out var own) ? own : embeddings[key] = []).Add(vector.Vector.ToArray());
            }
        }

        return
            from job in jobs
            let own = embeddings.Where(pair => ReferenceEquals(pair.Key.Job, job)).ToDictionary(pair => pair.Key.Modality, pair => Mean(pair.Value))
            where own.Count > 0
            select new EncodedJob(job.Name, job.Label, job.Group, own);
    }

    private Features? Preprocess(LabelledJob job, FileInfo file)
    {
        try
        {
            if (file.Length > limits.MaximumBytes)
            {
                Refused.Add($"{job.Name}, {file.Name}: it has {file.Length} bytes; the limit is {limits.MaximumBytes}.");
                return null;
            }

            var content = new InputContent(file.Name, File.ReadAllBytes(file.FullName));
            var detected = ContentDetector.Detect(content);
            if (pipeline.Accepts(detected.Modality))
            {
                return pipeline.Preprocessor(detected.Modality).Preprocess(content, detected.MediaType);
            }

            Refused.Add($"{job.Name}, {file.Name}: the pipeline takes no {detected.Modality.ToName()} inputs.");
        }
        catch (InputException e)
        {
            Refused.Add($"{job.Name}, {file.Name}: {e.Error.Message}");
        }

        return null;
    }

    private static float[] Mean(List<float[]> vectors)
    {
        var mean = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(mean, vector, mean);
        }

        TensorPrimitives.Divide(mean, vectors.Count, mean);
        return mean;
    }
}
