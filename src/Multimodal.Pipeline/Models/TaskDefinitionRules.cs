using Multimodal.Pipeline.Tasks.ZeroShot;

namespace Multimodal.Pipeline.Models;

/// <summary>The rules that a task's definition keeps within its pipeline. A fault follows the words "the task …".</summary>
internal static class TaskDefinitionRules
{
    public static IEnumerable<string> FindFaults(TaskDefinition task, PipelineDefinition pipeline) =>
    [
        .. string.IsNullOrWhiteSpace(task.Name) ? ["must have a name"] : Array.Empty<string>(),
        .. task is ILabelScoring scoring ? OfScoring(scoring) : [],
        .. task switch
        {
            ClassificationDefinition classification => OfClassification(classification, pipeline),
            ZeroShotDefinition zeroShot => OfZeroShot(zeroShot, pipeline),
            DecisionDefinition decision => OfDecision(decision, pipeline),
            _ => [],
        },
    ];

    private static IEnumerable<string> OfScoring(ILabelScoring task)
    {
        if (!Enum.IsDefined(task.Activation))
        {
            yield return "has an activation that is not known; known: softmax, sigmoid";
        }

        if (task.TopK < 1)
        {
            yield return "must keep 1 score or more: topK";
        }

        foreach (var threshold in (task.Thresholds?.Values ?? []).Append(task.Threshold ?? 0).Where(threshold => threshold is not (>= 0 and <= 1)))
        {
            yield return $"has a threshold of {threshold}; thresholds are 0 to 1";
        }
    }

    private static IEnumerable<string> OfClassification(ClassificationDefinition task, PipelineDefinition pipeline)
    {
        var minimum = task.Activation == LabelActivation.Sigmoid ? 1 : 2;
        if (task.Labels.Count < minimum)
        {
            yield return $"needs at least {(minimum == 1 ? "one label" : "two labels")}";
        }

        if (task.Labels.Distinct(StringComparer.Ordinal).Count() != task.Labels.Count)
        {
            yield return "names a label twice";
        }

        if (task.Priors is { } priors && !ArePriors(priors, task))
        {
            yield return task.Activation == LabelActivation.Softmax
                ? "must have priors of one number from 0 to 1 for each label, with the sum 1"
                : "must have priors of one number from 0 to 1 for each label";
        }

        foreach (var label in (task.Thresholds?.Keys ?? []).Except(task.Labels))
        {
            yield return $"has a threshold for '{label}', which is none of its labels";
        }

        // Fusion of scores asks the head about each modality, which must lie in the space that it knows.
        if (pipeline.Encoders.Values.Select(encoder => encoder.Space).Distinct().Count() > 1)
        {
            yield return "has a head, which takes embeddings of one space, and the encoders' spaces differ";
        }
    }

    private static IEnumerable<string> OfZeroShot(ZeroShotDefinition task, PipelineDefinition pipeline)
    {
        if (task.Labels is { } labels && LabelRules.FindFault(labels, task.MinimumLabels) is { } fault)
        {
            yield return $"cannot score its own labels: {fault}";
        }

        foreach (var templates in task.Spaces.Values.Select(space => space.Templates).OfType<IReadOnlyList<string>>().Prepend(task.Templates))
        {
            if (templates.Count is 0 or > ZeroShotDefinition.MaximumTemplates)
            {
                yield return $"must have 1 to {ZeroShotDefinition.MaximumTemplates} templates";
            }

            foreach (var template in templates.Where(template => !template.Contains(ZeroShotDefinition.Placeholder, StringComparison.Ordinal)))
            {
                yield return $"has the template '{template}' without {ZeroShotDefinition.Placeholder} in the place of the label";
            }
        }

        var spaces = pipeline.Encoders.Values.Select(encoder => encoder.Space).Distinct().ToList();
        foreach (var (_, scale, bias) in spaces.Select(task.In).Where(scoring => !(double.IsFinite(scoring.Scale) && scoring.Scale > 0 && double.IsFinite(scoring.Bias))))
        {
            yield return $"must have a logitScale above 0 and a finite logitBias, not {scale} and {bias}";
        }

        foreach (var space in task.Spaces.Keys.Except(spaces.OfType<string>()))
        {
            yield return $"speaks of the space '{space}', which no encoder has";
        }

        foreach (var space in spaces.Where(space => !SpaceTexts.Covers(pipeline, space)))
        {
            yield return space is null
                ? "needs a text encoder for its labels, and the shared space has none: add an encoder of texts, or name the space and declare it under labelEncoders"
                : $"needs a text encoder for its labels, and the space '{space}' has none: declare one under labelEncoders";
        }
    }

    private static IEnumerable<string> OfDecision(DecisionDefinition task, PipelineDefinition pipeline)
    {
        var judged = pipeline.Tasks.TakeWhile(earlier => earlier != task).FirstOrDefault(earlier => earlier.Name == task.Of);
        if (judged is not ILabelScoring)
        {
            yield return $"judges '{task.Of}', which is no earlier task that scores labels";
        }

        for (var i = 0; i < task.Rules.Count; i++)
        {
            foreach (var fault in OfRule(task.Rules[i], judged, pipeline))
            {
                yield return $"has in rule {i + 1} {fault}";
            }
        }

        if (!Enum.IsDefined(task.Otherwise))
        {
            yield return "decides otherwise what is not known; known: accept, review, reject";
        }
    }

    private static IEnumerable<string> OfRule(DecisionRule rule, TaskDefinition? judged, PipelineDefinition pipeline)
    {
        var conditions = rule.If;
        if (conditions.AreEmpty)
        {
            yield return "no condition, so that it always holds: say it as \"otherwise\"";
        }

        if (!Enum.IsDefined(rule.Then))
        {
            yield return "a decision that is not known; known: accept, review, reject";
        }

        double?[] limits = [conditions.MinimumConfidence, conditions.ConfidenceBelow, conditions.MinimumMargin, conditions.MarginBelow];
        if (Array.Exists(limits, limit => limit is not (null or (>= 0 and <= 1))))
        {
            yield return "a confidence or margin that is not 0 to 1";
        }

        // The labels of zero-shot classification come with the jobs.
        if (conditions.Label is { } label && judged is ClassificationDefinition { Labels: var labels } && !labels.Contains(label))
        {
            yield return $"the label '{label}', which the task '{judged.Name}' does not have";
        }

        if (conditions.Missing is { Count: 0 })
        {
            yield return "an empty list of missing modalities";
        }

        foreach (var modality in (conditions.Missing ?? []).Where(modality => !pipeline.Encoders.ContainsKey(modality)))
        {
            yield return $"the modality {Jobs.ModalityNames.ToName(modality)}, which the pipeline does not take";
        }
    }

    private static bool ArePriors(IReadOnlyList<double> priors, ClassificationDefinition task) =>
        priors.Count == task.Labels.Count
        && priors.All(prior => prior is >= 0 and <= 1)
        && (task.Activation == LabelActivation.Sigmoid || Math.Abs(priors.Sum() - 1) < 1e-6);
}
