using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>A grey picture and what it shows.</summary>
internal sealed record LabelledPicture(string Name, PixelBuffer Pixels, string Label);
