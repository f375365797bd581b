using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The methods of fusion, compared on the pairs that have all modalities.</summary>
/// <param name="Count">How many pairs.</param>
/// <param name="BestSingle">The modality that alone is most often right on the degraded pairs.</param>
/// <param name="Methods">The methods, plain equal weights first.</param>
/// <param name="Control">The control for each modality.</param>
internal sealed record MethodsReport(
    int Count, Modality BestSingle, IReadOnlyList<MethodReport> Methods, IReadOnlyList<ControlReport> Control);
