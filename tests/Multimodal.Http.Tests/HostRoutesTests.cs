using System.Net;
using Multimodal.Pipeline.Models;

namespace Multimodal.Http.Tests;

public sealed class HostRoutesTests
{
    [Fact]
    public async Task Pipelines_SoundAndSpoilt_AreListed()
    {
        await using var host = await HttpHost.StartAsync();
        host.Pipeline.Write("1.0.0", "spoilt");
        await File.WriteAllTextAsync(Path.Combine(host.Pipeline.Root, "spoilt", "head.onnx"), "spoilt", TestContext.Current.CancellationToken);

        var pipelines = (await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/pipelines"))).GetProperty("pipelines");

        Assert.Equal(["letters", "spoilt"], pipelines.EnumerateArray().Select(pipeline => pipeline.GetProperty("name").GetString()));
        Assert.Equal([true, false], pipelines.EnumerateArray().Select(pipeline => pipeline.GetProperty("usable").GetBoolean()));
        var letters = pipelines[0];
        Assert.True(letters.GetProperty("default").GetBoolean());
        Assert.Equal("text", letters.GetProperty("modalities")[0].GetString());
        Assert.Equal(3, letters.GetProperty("tasks")[0].GetProperty("labels").GetArrayLength());
        Assert.Equal(64, letters.GetProperty("digest").GetString()!.Length);
    }

    [Fact]
    public async Task Pipelines_WithTasks_SayTheirKindsAndWhetherTheyTakeLabels()
    {
        await using var host = await HttpHost.StartAsync();
        host.Pipeline.Write("2.0.0", change: definition => definition with
        {
            Tasks =
            [
                .. definition.Tasks,
                new ZeroShotDefinition { Name = "what" },
                new DecisionDefinition
                {
                    Name = "route",
                    Of = "letter",
                    Rules = [new DecisionRule { If = new DecisionConditions { ConfidenceBelow = 0.5 }, Then = DecisionKind.Review }],
                    Otherwise = DecisionKind.Accept,
                },
            ],
        });

        var pipeline = (await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/pipelines"))).GetProperty("pipelines")[0];

        Assert.Equal(
            [("letter", "classification", false), ("what", "zero-shot", true), ("route", "decision", false)],
            pipeline.GetProperty("tasks").EnumerateArray().Select(task => (
                task.GetProperty("name").GetString(), task.GetProperty("kind").GetString(), task.GetProperty("takesLabels").GetBoolean())));
        Assert.Equal("weighted", pipeline.GetProperty("fusionMethods")[0].GetString());
    }

    [Fact]
    public async Task Submit_WithoutLabelsThatArePartOfTheJob_IsRefusedWithTheRemedyAndTakenWithThem()
    {
        await using var host = await HttpHost.StartAsync();
        host.Pipeline.Write("2.0.0", change: definition => definition with { Tasks = [new ZeroShotDefinition { Name = "what" }] });

        var refused = await host.SubmitAsync([("a.txt", "abb")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("labels", (await HttpHost.ReadAsync(refused)).GetProperty("detail").GetString(), StringComparison.Ordinal);

        var job = await HttpHost.ReadAsync(await host.SubmitAsync([("a.txt", "abb")], options: """{"labels": ["b", "c"]}""", prefer: "wait=30"));
        Assert.Equal("b", job.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Live_Always_IsOk()
    {
        await using var host = await HttpHost.StartAsync();
        host.Store.Before = _ => throw new IOException("out of luck");

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/api/health/live")).StatusCode);
    }

    [Fact]
    public async Task Ready_SoundHost_SaysWhichExecutionProviderIsInUse()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SendAsync(HttpMethod.Get, "/api/health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var report = await HttpHost.ReadAsync(response);
        Assert.Equal("ready", report.GetProperty("status").GetString());
        Assert.Equal("letters", report.GetProperty("pipeline").GetProperty("name").GetString());
        Assert.Equal(["Hand"], report.GetProperty("runtime").GetProperty("executionProviders").EnumerateArray().Select(name => name.GetString()));
        var encoder = Assert.Single(report.GetProperty("runtime").GetProperty("encoders").EnumerateArray());
        Assert.Equal("letters/text", encoder.GetProperty("name").GetString());
        Assert.Equal([3, 2.5, 1.25], ((string[])["waiting", "workSeconds", "waitSeconds"]).Select(member => encoder.GetProperty(member).GetDouble()));
    }

    [Fact]
    public async Task Ready_StorageUnreachable_IsUnavailable()
    {
        await using var host = await HttpHost.StartAsync();
        host.Store.Before = _ => throw new IOException("out of luck");

        var response = await host.SendAsync(HttpMethod.Get, "/api/health/ready");

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable, "not-ready");
        var failed = Assert.Single(
            (await HttpHost.ReadAsync(response)).GetProperty("checks").EnumerateArray(), check => !check.GetProperty("ok").GetBoolean());
        Assert.Equal("storage", failed.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Ready_DefaultPipelineSpoilt_IsUnavailable()
    {
        await using var host = await HttpHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(host.Pipeline.Root, "letters", "head.onnx"), "spoilt", TestContext.Current.CancellationToken);

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Get, "/api/health/ready"), HttpStatusCode.ServiceUnavailable, "not-ready");
    }
}
