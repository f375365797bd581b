using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.Parity;

/// <summary>
/// Computes the references that a pipeline carries, and says how near this machine comes to them: a runtime, a driver or an execution
/// provider that computes something else is found out before a job is. Safe for concurrent use.
/// </summary>
public sealed class EncoderParity
{
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<ParityReport>>> _checks = new(StringComparer.Ordinal);

    /// <summary>Checks a pipeline's encoders, once for each version of it.</summary>
    /// <exception cref="PipelineException">A reference is malformed, or an encoder cannot be used.</exception>
    public async Task<IReadOnlyList<ParityReport>> CheckOnceAsync(LoadedPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var check = _checks.GetOrAdd(pipeline.Digest, _ => CheckAsync(pipeline, CancellationToken.None));
        try
        {
            return await check;
        }
        catch
        {
            // A failure is not kept: it may be one of the moment.
            _checks.TryRemove(new KeyValuePair<string, Task<IReadOnlyList<ParityReport>>>(pipeline.Digest, check));
            throw;
        }
    }

    /// <summary>Checks a pipeline's encoders.</summary>
    /// <returns>A report for each encoder that has references.</returns>
    /// <exception cref="PipelineException">A reference is malformed, or an encoder cannot be used.</exception>
    public static async Task<IReadOnlyList<ParityReport>> CheckAsync(LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var reports = new List<ParityReport>();
        foreach (var (modality, encoder) in pipeline.Definition.Encoders.OrderBy(pair => pair.Key))
        {
            if (encoder.Reference is { } file)
            {
                var references = ReferenceFile.Read(pipeline.Folder.CheckedPathOf(file), modality);
                reports.Add(new ParityReport(modality, references.Count, await CompareAsync(pipeline, modality, references, cancellationToken))
                {
                    Asked = encoder.ReferenceCosine ?? ParityReport.Threshold,
                });
            }
        }

        return reports;
    }

    /// <summary>Says which encoders are not those that their references are of; null where all are.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="reports">Its reports.</param>
    /// <param name="providers">The execution providers in use.</param>
    public static string? Describe(LoadedPipeline pipeline, IReadOnlyList<ParityReport> reports, IReadOnlyList<string> providers)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var faults = reports.Where(report => !report.Holds).Select(report => string.Create(
            CultureInfo.InvariantCulture,
            $"{pipeline.Definition.Encoders[report.Modality].Model} of '{pipeline.Definition.Name}' gives embeddings of cosine {report.LeastCosine:0.#####} " +
            $"to its references on {string.Join(", ", providers)}; {report.Asked} is asked.")).ToList();
        return faults.Count == 0 ? null : string.Join(" ", faults);
    }

    private static async Task<double> CompareAsync(
        LoadedPipeline pipeline, Modality modality, IReadOnlyList<ReferenceItem> references, CancellationToken cancellationToken)
    {
        var embeddings = await pipeline.Encoder(modality).GenerateAsync(references.Select(item => item.Features), cancellationToken: cancellationToken);
        var least = 1.0;
        for (var i = 0; i < references.Count; i++)
        {
            var made = embeddings[i].Vector.Span;
            var known = references[i].Embedding.Span;
            var cosine = made.Length == known.Length ? TensorPrimitives.CosineSimilarity(made, known) : float.NaN;

            // Not a number is no likeness at all.
            least = double.IsNaN(cosine) ? -1 : Math.Min(least, cosine);
        }

        return least;
    }
}
