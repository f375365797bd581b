using Multimodal.Local.Fit.Reporting;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Fit;

/// <summary>What a fit gives.</summary>
/// <param name="Definition">The pipeline; its name and files are those of the one that it is made of.</param>
/// <param name="HeadFile">The name of the head's file.</param>
/// <param name="Head">The head's file.</param>
/// <param name="Report">How good it is.</param>
internal sealed record FittedPipeline(PipelineDefinition Definition, string HeadFile, byte[] Head, FitReport Report);
