using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Fusion;

/// <summary>Makes the methods of fusion that a pipeline has.</summary>
internal static class FusionFactory
{
    /// <summary>The names of the methods that a pipeline has, its own first.</summary>
    public static IReadOnlyList<string> MethodsOf(PipelineDefinition pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var own = pipeline.Fusion.Method;
        return own == FusionMethods.Scores
            ? [own]
            : [own, .. FusionMethods.All.Where(method => method != own && Has(pipeline, method))];
    }

    /// <summary>Whether what a method needs is declared.</summary>
    public static bool Has(PipelineDefinition pipeline, string method) => method switch
    {
        FusionMethods.Weighted => true,
        FusionMethods.ConfidenceWeighted => pipeline.Tasks.OfType<ClassificationDefinition>().Any(),
        FusionMethods.Scores => pipeline.Fusion.Method == FusionMethods.Scores,
        _ => pipeline.Fusion.Graphs.ContainsKey(method),
    };

    /// <summary>The methods by name; each is made when it is first used.</summary>
    /// <param name="folder">The pipeline.</param>
    /// <param name="models">Opens the graphs of learned methods.</param>
    /// <param name="classification">Gives the pipeline's first classification.</param>
    public static IReadOnlyDictionary<string, Lazy<IFusion>> Create(ModelFolder folder, IModelFactory models, Func<Classification> classification)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return MethodsOf(folder.Definition).ToDictionary(method => method, method => new Lazy<IFusion>(() => Create(method, folder, models, classification)));
    }

    private static IFusion Create(string method, ModelFolder folder, IModelFactory models, Func<Classification> classification)
    {
        var definition = folder.Definition.Fusion;
        return method switch
        {
            FusionMethods.Scores => new ScoreFusion(definition.Weights),
            FusionMethods.Weighted => new WeightedFusion(definition.Weights),
            FusionMethods.ConfidenceWeighted => new ConfidenceWeightedFusion(classification, definition.CertaintyPower),
            _ => models.CreateFusion(folder, method),
        };
    }
}
