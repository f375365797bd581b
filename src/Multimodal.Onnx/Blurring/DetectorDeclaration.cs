using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Blurring;

/// <summary>What a detector of regions takes and gives, as its file of JSON declares it.</summary>
internal sealed record DetectorDeclaration
{
    private const int LargestSide = 4096;

    /// <summary>The ONNX file, relative to the declaration.</summary>
    public required string Model { get; init; }

    /// <summary>Its SHA-256 in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The input's name: float32 [1, 3, height, width].</summary>
    public required string Input { get; init; }

    /// <summary>The width that the picture is brought to, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height that the picture is brought to, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Whether the channels are blue, green, red.</summary>
    public bool Bgr { get; init; }

    /// <summary>What is taken from the levels 0 to 255 of each channel, in the order of the channels as the network takes them.</summary>
    public IReadOnlyList<float> Mean { get; set; } = [0, 0, 0];

    /// <summary>What the rest is divided by.</summary>
    public IReadOnlyList<float> Scale { get; set; } = [255, 255, 255];

    /// <summary>The name of the output of boxes: float32 [1, N, 4] or [N, 4].</summary>
    public required string Boxes { get; init; }

    /// <summary>The name of the output of scores: [1, N], [N] or, with one for each class, [1, N, C].</summary>
    public required string Scores { get; init; }

    /// <summary><c>corners</c>: left, top, right, bottom; <c>centre</c>: the middle across and down, width, height.</summary>
    public BoxForm BoxForm { get; init; }

    /// <summary>Whether boxes are in shares of the picture, 0 to 1, not in pixels of the network's input.</summary>
    public bool Relative { get; init; }

    /// <summary>The classes whose regions count, where scores are told by class; null: all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>The least score of a region, 0 to 1.</summary>
    public float Threshold { get; set; } = 0.3f;

    /// <summary>By what share of its sides a region is made larger on each side, 0 to 1.</summary>
    public float Margin { get; set; } = 0.15f;

    /// <summary>Reads and checks a declaration.</summary>
    /// <exception cref="PipelineException">It cannot be read, or a member is out of its range.</exception>
    public static DetectorDeclaration Read(string path)
    {
        DetectorDeclaration declaration;
        try
        {
            declaration = JsonSerializer.Deserialize(File.ReadAllBytes(path), DetectorJson.Default.DetectorDeclaration)
                ?? throw new PipelineException($"{path} is empty; it must declare a detector.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PipelineException($"{path}, which Previews:Detector names, cannot be read: {e.Message}", e);
        }

        var fault = declaration.Width is < 1 or > LargestSide || declaration.Height is < 1 or > LargestSide ? $"width and height must be 1 to {LargestSide}"
            : declaration.Mean.Count != 3 || declaration.Scale.Count != 3 ? "mean and scale must have three numbers each"
            : declaration.Scale.Any(scale => !float.IsFinite(scale) || scale == 0) ? "scale must be finite and not 0"
            : declaration.Threshold is not (>= 0 and <= 1) ? "threshold must be 0 to 1"
            : declaration.Margin is not (>= 0 and <= 1) ? "margin must be 0 to 1"
            : null;
        return fault is null ? declaration : throw new PipelineException($"{path}, which Previews:Detector names, cannot be used: {fault}.");
    }
}
