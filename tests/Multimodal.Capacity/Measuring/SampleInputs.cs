using System.Globalization;
using Multimodal.Orchestration.Intake;

namespace Multimodal.Capacity.Measuring;

/// <summary>The files of a sample job of <c>digits</c>: a picture, a text and a recording, each as often as wanted.</summary>
internal static class SampleInputs
{
    private const string Sample = "seven-all-agree";

    /// <param name="models">The model repository.</param>
    /// <param name="each">How many of each modality.</param>
    public static IReadOnlyList<JobFile> Read(string models, int each) =>
    [
        .. from path in Directory.GetFiles(Path.Combine(models, "digits", "samples", Sample)).Order(StringComparer.Ordinal)
           let content = (ReadOnlyMemory<byte>)File.ReadAllBytes(path)
           from copy in Enumerable.Range(0, each)
           let name = string.Create(CultureInfo.InvariantCulture, $"{copy}-{Path.GetFileName(path)}")
           select new JobFile(name, content.Length, _ => Task.FromResult(content)),
    ];
}
