using System.Text.Json;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Testing.Imaging;

/// <summary>What an image processor of Hugging Face transformers makes of a picture, as <c>Golden/transformers/generate.py</c> wrote it.</summary>
/// <param name="Config">The file of <c>configs/</c>.</param>
/// <param name="Picture">The picture, a PNG.</param>
/// <param name="Height">Of what the processor gives, in pixels.</param>
/// <param name="Width">The same.</param>
/// <param name="Sha256">Of its pixels before scaling and normalising, uint8 [height, width, RGB] row-major; lower-case hexadecimal.</param>
public sealed record TransformersCase(string Config, string Picture, int Height, int Width, string Sha256)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly string Folder =
        Path.Combine(TestPaths.Repository, "tests", "Multimodal.Testing", "Imaging", "Golden", "transformers");

    /// <summary>Every configuration with every picture.</summary>
    public static IReadOnlyList<TransformersCase> All { get; } =
        JsonSerializer.Deserialize<TransformersCase[]>(File.ReadAllBytes(Path.Combine(Folder, "pixels.json")), Options)!;

    /// <summary>The picture's file.</summary>
    public InputContent Content => new(Picture, File.ReadAllBytes(Path.Combine(Folder, Picture)));

    /// <summary>The path of one of <c>configs/</c>.</summary>
    public static string ConfigPath(string name) => Path.Combine(Folder, "configs", name);
}
