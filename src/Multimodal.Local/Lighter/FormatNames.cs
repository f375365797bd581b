using Multimodal.Onnx.Optimization;

namespace Multimodal.Local.Lighter;

/// <summary>The formats' names on the command line, in names and in reports.</summary>
internal static class FormatNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<LighterFormat>().Select(ToName)];

    public static string ToName(this LighterFormat format) => format switch
    {
        LighterFormat.Int8 => "int8",
        LighterFormat.Half => "fp16",
        _ => "fp16-weights",
    };

    public static LighterFormat Parse(string name) => Enum.GetValues<LighterFormat>().First(format => format.ToName() == name);

    /// <summary>What was done to a part, in words.</summary>
    public static string Describe(this LighterFormat format, LighterTreatment treatment) => (format, treatment) switch
    {
        (_, LighterTreatment.Keep) => "spared",
        (LighterFormat.Int8, LighterTreatment.Compute) => "integers",
        (LighterFormat.Int8, _) => "8-bit weights",
        (LighterFormat.Half, _) => "half precision",
        _ => "16-bit weights",
    };
}
