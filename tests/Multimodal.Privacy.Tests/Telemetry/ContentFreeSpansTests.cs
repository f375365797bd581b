using System.Diagnostics;
using Multimodal.Privacy.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Multimodal.Privacy.Tests.Telemetry;

public sealed class ContentFreeSpansTests
{
    private const string Secret = "zq-secret";

    [Fact]
    public void OnEnd_SpanOfALibrary_KeepsNumbersAndWhatNobodyChooses()
    {
        var span = Export("Azure.Storage.Blobs.Test", activity =>
        {
            activity.SetTag("url.full", $"https://example.com/uploads/job/{Secret}.txt");
            activity.SetTag("url.path", $"/api/jobs/{Secret}");
            activity.SetTag("user_agent.original", Secret);
            activity.SetTag("http.request.method", Secret);
            activity.SetTag("http.route", "api/jobs/{id}");
            activity.SetTag("http.response.status_code", 404);
            activity.SetStatus(ActivityStatusCode.Error, $"The blob {Secret} does not exist.");
        });

        Assert.Equal(
            ["http.response.status_code=404", "http.route=api/jobs/{id}"],
            span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order());
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
    }

    [Fact]
    public void OnEnd_SpanOfOurs_StaysAsItIs()
    {
        var span = Export("Multimodal.Test", activity => activity.SetTag("multimodal.job.id", "a-job"));

        Assert.Equal("a-job", span.GetTagItem("multimodal.job.id"));
    }

    private static Activity Export(string name, Action<Activity> fill)
    {
        var spans = new List<Activity>();
        using var source = new ActivitySource(name);
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(name).AddProcessor(new ContentFreeSpans()).AddInMemoryExporter(spans).Build())
        {
            using var activity = source.StartActivity("work")!;
            fill(activity);
        }

        return Assert.Single(spans);
    }
}
