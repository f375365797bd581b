using System.Diagnostics;
using System.Text;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Attacks;

/// <summary>What somebody may write into a <c>job.json</c>: it is refused with its reason, in time, and no job comes of it.</summary>
public sealed class HostileManifestTests
{
    public static TheoryData<string, string> Manifests => new()
    {
        { "a pipeline elsewhere", """{"pipeline":"../../etc"}""" },
        { "a pipeline by its address", """{"pipeline":"/etc/passwd"}""" },
        { "a pipeline on another machine", """{"pipeline":"\\\\elsewhere\\share"}""" },
        { "a pipeline that is a folder of the repository", """{"pipeline":"."}""" },
        { "a pipeline with an end in the middle", "{\"pipeline\":\"letters\\u0000.txt\"}" },
        { "inputs elsewhere", """{"inputs":["../other/a.txt"]}""" },
        { "inputs in folders", """{"inputs":["sub/a.txt"]}""" },
        { "itself as an input", """{"inputs":["job.json"]}""" },
        { "deep nesting", new string('[', 100_000) },
        { "deep nesting of members", string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) },
        { "a number without end", $$"""{"deadlineSeconds":1{{new string('0', 100_000)}}}""" },
        { "no number", """{"deadlineSeconds":NaN}""" },
        { "a number as a text", """{"deadlineSeconds":"9e999"}""" },
        { "an endless wait", """{"deadlineSeconds":1e300}""" },
        { "a type of another's", """{"$type":"System.Diagnostics.Process","pipeline":"letters"}""" },
        { "a million inputs", $$"""{"inputs":[{{string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"{i}\""))}}]}""" },
        { "half a character", "{\"inputs\":[\"\\ud800\"]}" },
        { "another encoding", "\ufeff\0{\0}\0" },
        { "markup", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Manifests))]
    public async Task OnManifest_Hostile_IsQuarantinedWithItsReason(string what, string json)
    {
        using var host = new JobHost();
        var begun = Stopwatch.GetTimestamp();

        await host.ReceiveManifestAsync(json);

        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"{what} took {Stopwatch.GetElapsedTime(begun)}");
        var error = await host.Blobs.ReadJsonAsync(JobPaths.QuarantineError(JobHost.Job, "job.json"), PipelineJson.Default.InputError, Token);
        Assert.True(error is not null, $"{what} was taken");
        Assert.Equal(InputErrorCodes.BadManifest, error.Value.Value.Code);
        Assert.True(Encoding.UTF8.GetByteCount(error.Value.Value.Message) < 4096, "the reason repeats what was sent");
        Assert.Null(await host.Get<JobRecords>().FindAsync(JobHost.Job, Token));
        Assert.Empty(host.Engine.Calls);
    }
}
