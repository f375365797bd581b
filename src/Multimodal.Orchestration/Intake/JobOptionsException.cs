using System.Globalization;
using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Tasks.ZeroShot;

namespace Multimodal.Orchestration.Intake;

/// <summary>A job's options are not usable.</summary>
public sealed class JobOptionsException : Exception
{
    private JobOptionsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A <c>job.json</c> that is not of its shape.</summary>
    /// <remarks>The reader's own words quote what was sent, so it is said where it stands, and in which of the members that are known.</remarks>
    public static JobOptionsException Malformed(JsonException reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var members = PipelineJson.Default.JobOptions.Properties.Select(property => property.Name).ToList();
        var member = reason.Path?.Split('.', '[', ']').Skip(1).FirstOrDefault();
        var place = $" at {JsonPlace.Of(reason)}";
        return new(
            member is null or "" ? $"{InputName.Manifest} is malformed{place}: it must be a JSON object."
            : members.Contains(member, StringComparer.Ordinal) ? $"{InputName.Manifest} is malformed{place}: '{member}' cannot have this value."
            : $"{InputName.Manifest} is malformed{place}: there is a member that is not known. Known: {string.Join(", ", members)}.",
            reason);
    }

    /// <summary>Refuses the name of a pipeline that the host does not have; null stands for its default.</summary>
    public static void ThrowIfUnknown(string? pipeline, ModelRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (pipeline is not null && repository.List() is var known && !known.Contains(pipeline, StringComparer.Ordinal))
        {
            throw new JobOptionsException(
                $"There is no such pipeline. {(known.Count == 0 ? "The host has none." : $"There are: {string.Join(", ", known)}.")}");
        }
    }

    /// <summary>A <c>job.json</c> that is too large to be one.</summary>
    public static JobOptionsException TooLarge(long length, long limit) =>
        new($"{InputName.Manifest} has {length:N0} bytes; the limit is {limit:N0}.");

    /// <summary>Refuses options that are out of their ranges.</summary>
    public static void ThrowIfInvalid(JobOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.QuietSeconds is not (>= 0 and <= 3600))
        {
            throw new JobOptionsException($"quietSeconds is {options.QuietSeconds}; it must lie between 0 and 3600.");
        }

        if (options.DeadlineSeconds is not (>= 0 and <= 604_800))
        {
            throw new JobOptionsException($"deadlineSeconds is {options.DeadlineSeconds}; it must lie between 0 and 604800.");
        }

        // A number is read as well as a name.
        if (!Enum.IsDefined(options.Priority))
        {
            throw new JobOptionsException($"priority is {options.Priority:D}; it must be \"interactive\" or \"bulk\".");
        }

        for (var i = 0; i < options.Inputs?.Count; i++)
        {
            if (InputName.FindFault(options.Inputs[i]) is { } fault)
            {
                throw new JobOptionsException(string.Create(CultureInfo.InvariantCulture, $"The name {i + 1} of inputs cannot be used: {fault}."));
            }
        }

        if (options.Labels is { } labels && LabelRules.FindFault(labels, 1) is { } labelFault)
        {
            throw new JobOptionsException($"labels cannot be used: {labelFault}.");
        }

        foreach (var (modality, weight) in options.Weights ?? new Dictionary<Modality, double>())
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new JobOptionsException($"The weight of {modality.ToName()} is {weight}; it must be finite and 0 or more.");
            }
        }
    }

    /// <summary>Refuses options that the pipeline can do nothing with, and the lack of those without which it cannot do its tasks.</summary>
    public static void ThrowIfUnfit(JobOptions options, LoadedPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pipeline);
        ThrowIfFusionIsUnfit(options, pipeline);
        var name = pipeline.Definition.Name;
        var tasks = pipeline.Definition.Tasks.OfType<ZeroShotDefinition>().ToList();
        if (options.Labels is not { } labels)
        {
            if (tasks.Exists(task => task.Labels is null))
            {
                throw new JobOptionsException(
                    $"The pipeline '{name}' scores labels that the job brings, and there are none. Name them as \"labels\": [\"…\", \"…\"] in job.json, or by --labels.");
            }

            return;
        }

        if (tasks.Count == 0)
        {
            throw new JobOptionsException($"labels are given, and the pipeline '{name}' has no task that takes any. Leave them out, or name a pipeline for zero-shot classification.");
        }

        if (LabelRules.FindFault(labels, tasks.Max(task => task.MinimumLabels)) is { } fault)
        {
            throw new JobOptionsException($"labels cannot be used: {fault}.");
        }
    }

    /// <summary>Refuses a method of fusion that a pipeline does not have, and weights that the method does not take.</summary>
    private static void ThrowIfFusionIsUnfit(JobOptions options, LoadedPipeline pipeline)
    {
        if (options.Fusion is not { } method)
        {
            return;
        }

        if (!pipeline.Methods.Contains(method))
        {
            throw new JobOptionsException(
                $"The pipeline '{pipeline.Definition.Name}' cannot fuse by {(FusionMethods.All.Contains(method) ? $"'{method}'" : "the method that is asked for")}; it can by: {string.Join(", ", pipeline.Methods)}.");
        }

        if (!FusionMethods.TakesWeights(method) && options.Weights?.Values.Any(weight => weight is not 0 and not 1) == true)
        {
            throw new JobOptionsException(
                $"The fusion method '{method}' weighs by itself: a weight may only be 0, which leaves the modality out, or 1. " +
                $"Methods that take weights: {string.Join(", ", pipeline.Methods.Where(FusionMethods.TakesWeights))}.");
        }
    }
}
