using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Retrieval.Jobs;

/// <summary>A collection of a vector store that holds jobs' embeddings of one space.</summary>
/// <param name="Name"><c>jobs-{index}-{dimension}-{space}</c>, where the space is the beginning of a hash.</param>
/// <param name="Dimension">Numbers in an embedding.</param>
public sealed partial record JobSpace(string Name, int Dimension)
{
    private const int HashLength = 12;

    /// <summary>The collection for one space of a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="task">The task that keeps jobs.</param>
    /// <param name="space">The <see cref="EncoderDefinition.Space"/> within the pipeline.</param>
    public static JobSpace Of(PipelineDefinition pipeline, string digest, RetrievalDefinition task, string? space)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(task);
        var dimension = pipeline.Encoders.Values.Concat(pipeline.LabelEncoders.Values).First(encoder => encoder.Space == space).Dimensions;

        // A space that is named is told from a digest, and the parts from each other, by what neither can hold.
        var identity = $"{(task.Space is null ? $"\0{digest}" : task.Space)}\0{space}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..HashLength];
        return new JobSpace(
            string.Create(CultureInfo.InvariantCulture, $"jobs-{IndexOf(pipeline, task)}-{dimension}-{hash}"), dimension);
    }

    /// <summary>The name of the index that a task keeps jobs in.</summary>
    public static string IndexOf(PipelineDefinition pipeline, RetrievalDefinition task)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(task);
        return task.Index ?? pipeline.Name;
    }

    /// <summary>The collection of a name; null where the name is none of ours.</summary>
    public static JobSpace? Find(string name) =>
        Pattern().Match(name) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
            ? new JobSpace(name, dimension)
            : null;

    [GeneratedRegex(@"\Ajobs-.+-([1-9][0-9]{0,6})-[0-9a-f]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
