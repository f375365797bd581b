using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Isolates one drawn or written glyph: background by the border's median, ink as the distance from it, cropped,
/// scaled to a box and centred by its mass, as the MNIST digits were made.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GlyphSettings : PreprocessingSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "glyph";

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Image;

    /// <summary>Side of the square field, in pixels.</summary>
    public int Size { get; set; } = 28;

    /// <summary>Longer side of the glyph within the field, in pixels.</summary>
    public int Box { get; set; } = 20;

    /// <summary>Pictures with a longer side are first reduced to it, in pixels.</summary>
    public int MaximumSide { get; set; } = 256;

    /// <summary>Mean that is subtracted from values scaled to 0–1.</summary>
    public double Mean { get; set; } = 0.1307;

    /// <summary>Standard deviation that values are divided by.</summary>
    public double StandardDeviation { get; set; } = 0.3081;
}
