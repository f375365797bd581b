using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Makes pictures into tensors as a Hugging Face image processor does.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ImageSettings : PreprocessingSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "image";

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Image;

    /// <summary>The pipeline's file with the image processor's configuration, such as <c>preprocessor_config.json</c>.</summary>
    public required string Config { get; set; }

    /// <summary>
    /// Whether large JPEGs may be decoded at a half, a quarter or an eighth, and large WebPs of even sides at any share, as long as twice the size that is
    /// wanted is left. The tensor's direction changes by less than a thousandth (cosine); the time may fall to a half.
    /// </summary>
    public bool FastJpeg { get; set; } = true;

    /// <summary>
    /// Whether embedded colour profiles are converted to sRGB. Off, the numbers are taken as stored: so do Pillow and with it the
    /// training of these models.
    /// </summary>
    public bool ConvertProfiles { get; set; }
}
