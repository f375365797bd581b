using System.Text.Json;
using Multimodal.Testing;

namespace Multimodal.Trials.Service;

/// <summary>A sample job of the pipeline <c>digits</c> whose verdict is known.</summary>
/// <param name="Label">The digit that it is about.</param>
/// <param name="Files">Its files.</param>
internal sealed record SampleFiles(string Label, IReadOnlyList<(string Name, byte[] Content)> Files)
{
    /// <summary>All sample jobs of the repository.</summary>
    public static IReadOnlyList<SampleFiles> ReadAll()
    {
        var digits = Path.Combine(TestPaths.Models, "digits");
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(digits, "samples.json")));
        return
        [
            .. from folder in Directory.EnumerateDirectories(Path.Combine(digits, "samples")).Order(StringComparer.Ordinal)
               let label = expected.RootElement.GetProperty(Path.GetFileName(folder)).GetProperty("label").GetString()!
               select new SampleFiles(
                   label,
                   [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]),
        ];
    }

    /// <summary>The job as a form that <c>POST /api/jobs</c> takes.</summary>
    /// <param name="jobId">Its id.</param>
    /// <param name="options">Its options in JSON, or null.</param>
    public MultipartFormDataContent ToForm(string jobId, string? options = null)
    {
        var form = new MultipartFormDataContent { { new StringContent(jobId), "jobId" } };
        if (options is not null)
        {
            form.Add(new StringContent(options), "job");
        }

        foreach (var (name, content) in Files)
        {
            form.Add(new ByteArrayContent(content), "file", name);
        }

        return form;
    }
}
