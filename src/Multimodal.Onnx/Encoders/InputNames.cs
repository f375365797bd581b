using Multimodal.Pipeline.Jobs;

namespace Multimodal.Onnx.Encoders;

/// <summary>The inputs that encoders have, by the names that exporters give them.</summary>
internal static class InputNames
{
    public const string PixelValues = "pixel_values";
    public const string PixelMask = "pixel_mask";
    public const string InputIds = "input_ids";
    public const string TokenTypeIds = "token_type_ids";
    public const string PositionIds = "position_ids";
    public const string AttentionMask = "attention_mask";
    public const string InputFeatures = "input_features";
    public const string InputValues = "input_values";

    /// <summary>The inputs that carry a modality's content; an encoder has one of them.</summary>
    public static IReadOnlyList<string> MainOf(Modality modality) => modality switch
    {
        Modality.Image => [PixelValues],
        Modality.Text => [InputIds],
        Modality.Audio => [InputFeatures, InputValues],
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };

    /// <summary>The inputs that may stand beside the main one; where the features lack them they are made.</summary>
    public static IReadOnlyList<string> BesideOf(Modality modality) => modality switch
    {
        Modality.Image => [PixelMask],
        Modality.Text => [AttentionMask, TokenTypeIds, PositionIds],
        Modality.Audio => [AttentionMask],
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };
}
