using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models.Provenance;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Models;

/// <summary>The rules that a definition keeps beyond its JSON shape.</summary>
internal static class PipelineDefinitionValidator
{
    public static void Validate(PipelineDefinition definition, string name, string file)
    {
        foreach (var fault in FindFaults(definition, name))
        {
            throw new PipelineException($"{file}: {fault}");
        }
    }

    private static IEnumerable<string> FindFaults(PipelineDefinition definition, string name)
    {
        if (definition.Schema != PipelineDefinition.CurrentSchema)
        {
            yield return $"schema {definition.Schema} is not read by this version, which reads {PipelineDefinition.CurrentSchema}.";
        }

        if (definition.Name != name)
        {
            yield return $"the name '{definition.Name}' is not that of its folder, '{name}'.";
        }

        if (definition.Encoders.Count == 0)
        {
            yield return "a pipeline needs at least one encoder.";
        }

        if (definition.Fusion.Method != FusionMethods.Scores && definition.Encoders.Values.Select(encoder => (encoder.Space, encoder.Dimensions)).Distinct().Count() > 1)
        {
            yield return $"the encoders' spaces or dimensions differ; fusion of embeddings needs one shared space (the method '{FusionMethods.Scores}' does not).";
        }

        foreach (var space in AllEncoders(definition).GroupBy(encoder => encoder.Space).Where(space => space.Select(encoder => encoder.Dimensions).Distinct().Count() > 1))
        {
            yield return $"encoders of {(space.Key is null ? "the shared space" : $"the space '{space.Key}'")} have different dimensions.";
        }

        if (AllEncoders(definition).Any(encoder => encoder.Dimensions < 1))
        {
            yield return "an encoder's dimensions must be 1 or more.";
        }

        foreach (var (modality, encoder) in definition.Encoders.Where(pair => pair.Value.Preprocessing.Modality != pair.Key))
        {
            yield return $"the {modality.ToName()} encoder has preprocessing for {encoder.Preprocessing.Modality.ToName()}.";
        }

        foreach (var (space, _) in definition.LabelEncoders.Where(pair => pair.Value.Space != pair.Key || pair.Value.Preprocessing.Modality != Modality.Text))
        {
            yield return $"the label encoder '{space}' must take texts and name '{space}' as its space.";
        }

        foreach (var fault in FusionFaults.Find(definition))
        {
            yield return fault;
        }

        if (AllEncoders(definition).Any(encoder => encoder.Output.Length == 0))
        {
            yield return "an encoder's output must be named.";
        }

        if (AllEncoders(definition).Any(encoder => encoder.ReferenceCosine is { } cosine && !(cosine > 0 && cosine <= 1)))
        {
            yield return "an encoder's referenceCosine must be more than 0 and at most 1.";
        }

        foreach (var fault in TranscriptionRules.FindFaults(definition))
        {
            yield return fault;
        }

        if (definition.Tasks.Select(task => task.Name).Distinct(StringComparer.Ordinal).Count() != definition.Tasks.Count)
        {
            yield return "two tasks have the same name.";
        }

        foreach (var fault in definition.Tasks.SelectMany(task => TaskDefinitionRules.FindFaults(task, definition).Select(fault => $"the task '{task.Name}' {fault}.")))
        {
            yield return fault;
        }

        foreach (var fault in ProvenanceRules.FindFaults(definition))
        {
            yield return fault;
        }

        foreach (var fault in definition.Tasks.OfType<RetrievalDefinition>().SelectMany(task => FindFaults(task, definition)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(RetrievalDefinition task, PipelineDefinition definition)
    {
        var known = definition.Encoders.Keys.Order().Select(modality => modality.ToName()).ToList();
        if (definition.Fusion.Method != FusionMethods.Scores)
        {
            known.Insert(0, RetrievalDefinition.Fused);
        }

        if (task.Keep is { } keep && (keep.Count == 0 || keep.Any(vector => !known.Contains(vector))))
        {
            yield return $"the task '{task.Name}' can keep {string.Join(", ", known)}, one or more of them.";
        }

        if (task.Neighbours is < 0 or > RetrievalDefinition.MostNeighbours)
        {
            yield return $"the neighbours of the task '{task.Name}' must be 0 to {RetrievalDefinition.MostNeighbours}.";
        }

        var index = JobSpace.IndexOf(definition, task);
        if (index.Length is 0 or > 40 || index.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-')))
        {
            yield return $"the index '{index}' of the task '{task.Name}' must be 1 to 40 letters, digits, '.', '_' or '-'.";
        }

        if (task.Space is { } space && (space.Length == 0 || space.Contains('\0', StringComparison.Ordinal)))
        {
            yield return $"the space of the task '{task.Name}' must be a name.";
        }
    }

    private static IEnumerable<EncoderDefinition> AllEncoders(PipelineDefinition definition) =>
        definition.Encoders.Values.Concat(definition.LabelEncoders.Values);
}
