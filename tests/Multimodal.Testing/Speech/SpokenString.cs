using System.Text.Json;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Testing.Speech;

/// <summary>A string of digits laid of test recordings, as <c>models/spoken-digits/evaluation/strings.jsonl</c> lists them.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Condition">How it was laid.</param>
/// <param name="Parts">The recordings: the file in <c>fsdd/</c>, the sample at which it begins, and its gain.</param>
public sealed record SpokenString(string Text, string Condition, IReadOnlyList<(string File, int Start, double Gain)> Parts)
{
    /// <summary>Samples a second of what is laid.</summary>
    public const int SampleRate = 8000;

    /// <summary>All strings, with what PyTorch writes down for each by its best path.</summary>
    public static IReadOnlyList<(SpokenString String, string Expected)> ReadAll()
    {
        var folder = Path.Combine(TestPaths.Models, "spoken-digits");
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "training", "reference.json")));
        var expected = reference.RootElement.GetProperty("transcripts").EnumerateArray().Select(text => text.GetString()!);
        return [.. File.ReadLines(Path.Combine(folder, "evaluation", "strings.jsonl")).Select(Parse).Zip(expected)];
    }

    /// <summary>Lays it: the recordings added up, clipped to full scale.</summary>
    /// <param name="recordings">The folder <c>fsdd/</c>.</param>
    public float[] Lay(string recordings)
    {
        var reader = new AudioReader(new InputLimits());
        var parts = Parts.Select(part => (
            part.Start, part.Gain, reader.Read(new InputContent(part.File, File.ReadAllBytes(Path.Combine(recordings, part.File))), MediaTypes.Wav).Samples)).ToList();
        var sum = new double[parts.Max(part => part.Start + part.Samples.Length)];
        foreach (var (start, gain, samples) in parts)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                sum[start + i] += samples[i] * gain;
            }
        }

        return [.. sum.Select(sample => (float)Math.Clamp(sample, -1, 1))];
    }

    private static SpokenString Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new SpokenString(
            root.GetProperty("text").GetString()!,
            root.GetProperty("condition").GetString()!,
            [
                .. root.GetProperty("parts").EnumerateArray().Select(part => (
                    part.GetProperty("file").GetString()!, part.GetProperty("start").GetInt32(), part.GetProperty("gain").GetDouble())),
            ]);
    }
}
