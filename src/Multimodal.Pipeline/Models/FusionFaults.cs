using Multimodal.Pipeline.Fusion;

namespace Multimodal.Pipeline.Models;

/// <summary>The rules for what a definition says of fusion, and of temperatures by its methods.</summary>
internal static class FusionFaults
{
    public static IEnumerable<string> Find(PipelineDefinition definition)
    {
        var fusion = definition.Fusion;
        if (!FusionMethods.All.Contains(fusion.Method))
        {
            yield return $"the fusion method '{fusion.Method}' is not known; known: {string.Join(", ", FusionMethods.All)}.";
        }
        else if (!FusionFactory.Has(definition, fusion.Method))
        {
            yield return fusion.Method == FusionMethods.ConfidenceWeighted
                ? $"the fusion method '{fusion.Method}' needs a classification."
                : $"the fusion method '{fusion.Method}' needs its ONNX file under \"graphs\".";
        }

        foreach (var method in fusion.Graphs.Keys.Where(method => !FusionMethods.Learned.Contains(method)))
        {
            yield return $"the fusion method '{method}' takes no graph; those that do: {string.Join(", ", FusionMethods.Learned)}.";
        }

        if (fusion.Weights.Values.Any(weight => !double.IsFinite(weight) || weight < 0))
        {
            yield return "fusion weights must be finite and 0 or more.";
        }

        if (!double.IsFinite(fusion.CertaintyPower) || fusion.CertaintyPower < 0)
        {
            yield return "certaintyPower must be finite and 0 or more.";
        }

        foreach (var (task, method, temperature) in Temperatures(definition))
        {
            if (method != ClassificationDefinition.AnyMethod && !FusionMethods.All.Contains(method))
            {
                yield return $"the task '{task}' has a temperature for the fusion method '{method}', which is not known; known: {string.Join(", ", FusionMethods.All)}, {ClassificationDefinition.AnyMethod}.";
            }

            if (!double.IsFinite(temperature) || temperature <= 0)
            {
                yield return $"the temperature of the task '{task}' for '{method}' must be finite and more than 0.";
            }
        }
    }

    private static IEnumerable<(string Task, string Method, double Temperature)> Temperatures(PipelineDefinition definition) =>
        from task in definition.Tasks.OfType<ClassificationDefinition>()
        from pair in task.Temperatures ?? new Dictionary<string, double>()
        select (task.Name, pair.Key, pair.Value);
}
