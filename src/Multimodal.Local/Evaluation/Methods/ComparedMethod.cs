using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>A way of fusing that is compared with others.</summary>
/// <param name="Name">For people.</param>
/// <param name="Method">One of the pipeline's methods.</param>
/// <param name="Weights">Weights in place of the pipeline's own, or null.</param>
/// <param name="IsDefault">Whether it is what the pipeline fuses by unless a job says otherwise.</param>
internal sealed record ComparedMethod(string Name, string Method, IReadOnlyDictionary<Modality, double>? Weights, bool IsDefault)
{
    /// <summary>The name of plain equal weights.</summary>
    public const string Equal = "equal weights";

    /// <summary>Plain equal weights, which others are to surpass, then all that a pipeline has.</summary>
    public static IReadOnlyList<ComparedMethod> Of(LoadedPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var own = pipeline.Definition.Fusion.Method;
        return pipeline.Methods.Contains(FusionMethods.Weighted)
            ?
            [
                new ComparedMethod(Equal, FusionMethods.Weighted, Enum.GetValues<Modality>().ToDictionary(modality => modality, _ => 1.0), false),
                .. FusionMethods.All.Where(pipeline.Methods.Contains).Select(method => new ComparedMethod(method, method, null, method == own)),
            ]
            : [];
    }
}
