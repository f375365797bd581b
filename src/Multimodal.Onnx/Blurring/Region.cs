namespace Multimodal.Onnx.Blurring;

/// <summary>A part of a picture in shares of its sides, 0 to 1; it may reach beyond them.</summary>
internal readonly record struct Region(float Left, float Top, float Right, float Bottom)
{
    public bool IsFinite => float.IsFinite(Left) && float.IsFinite(Top) && float.IsFinite(Right) && float.IsFinite(Bottom);
}
