using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Tests;

public sealed class JobsApiTests
{
    private const string Wait = "wait=30";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_Files_IsAcceptedWithALocationThatLeadsToTheResult()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([("a.txt", "abb")], "my-job");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/jobs/my-job", response.Headers.Location!.OriginalString);
        Assert.Equal("my-job", (await HttpHost.ReadAsync(response)).GetProperty("jobId").GetString());
        var job = await ReadWhenClosedAsync(host, "my-job");
        Assert.Equal(("closed", "succeeded"), (job.GetProperty("state").GetString(), job.GetProperty("outcome").GetString()));
        Assert.Equal("b", job.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Equal("ready", job.GetProperty("inputs")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Submit_PreferWait_AnswersWithTheResult()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([("a.txt", "acc")], prefer: "respond-async, wait=\"30\"");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wait=30", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        var job = await HttpHost.ReadAsync(response);
        Assert.Equal("c", job.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Matches("^[0-9a-f]{32}$", job.GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task Submit_PipelineWithoutTasks_AnswersWithoutVerdicts()
    {
        await using var host = await HttpHost.StartAsync();
        host.Pipeline.Write("2.0.0", tasks: false);

        var response = await host.SubmitAsync([("a.txt", "acc")], "my-job", prefer: Wait);

        var job = await HttpHost.ReadAsync(response);
        Assert.Equal("succeeded", job.GetProperty("outcome").GetString());
        Assert.Equal(0, job.GetProperty("result").GetProperty("outcomes").GetArrayLength());
        Assert.Equal(3, job.GetProperty("result").GetProperty("fusion").GetProperty("dimensions").GetInt32());
        var pipeline = (await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/pipelines"))).GetProperty("pipelines")[0];
        Assert.Equal((true, 0), (pipeline.GetProperty("usable").GetBoolean(), pipeline.GetProperty("tasks").GetArrayLength()));
        var listed = (await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/jobs"))).GetProperty("jobs")[0];
        Assert.Equal(0, listed.GetProperty("verdicts").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job/embeddings")).StatusCode);
    }

    [Fact]
    public async Task Submit_PreferWaitThatDoesNotSuffice_IsAccepted()
    {
        await using var host = await HttpHost.StartAsync();
        using var gate = new ManualResetEventSlim();
        host.Models.BeforeEncoding = _ => gate.Wait(Token);

        var response = await host.SubmitAsync([("a.txt", "a")], prefer: "wait=1");
        gate.Set();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await HttpHost.ReadAsync(response);
        Assert.Equal(("open", "encoding"), (job.GetProperty("state").GetString(), job.GetProperty("progress").GetProperty("stage").GetString()));
        Assert.False(job.TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("wait=-1")]
    [InlineData("wait=soon")]
    [InlineData("wait")]
    [InlineData("")]
    public async Task Submit_PreferUnsound_IsIgnored(string prefer)
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([("a.txt", "a")], prefer: prefer);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Submit_BadInput_LeavesItOutAndSaysWhy()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([("good.txt", "a"), ("bad.bin", "\0\0"), ("no\tname.txt", "a")], prefer: Wait);

        var job = await HttpHost.ReadAsync(response);
        Assert.Equal("partial", job.GetProperty("outcome").GetString());
        var codes = job.GetProperty("inputs").EnumerateArray()
            .Where(input => input.GetProperty("state").GetString() == "refused")
            .Select(input => input.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(["bad-name", "unsupported"], codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Submit_OptionsNameMoreInputs_WaitsForThem()
    {
        await using var host = await HttpHost.StartAsync();

        await host.SubmitAsync([("a.txt", "a")], "my-job", """{"inputs":["a.txt","b.txt"],"quietSeconds":3600}""");
        var before = await GetAsync(host, "my-job");
        await host.Get<InputStore>().UploadAsync(JobId.Parse("my-job"), "b.txt", "bbb"u8.ToArray(), Token);
        await host.Get<UploadEvents>().OnUploadAsync("my-job/b.txt", Token);
        var after = await ReadWhenClosedAsync(host, "my-job");

        Assert.Equal(["ready", "awaited"], before.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("state").GetString()));
        Assert.Equal("b", after.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Equal(1, after.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task Submit_OptionsAlone_StartsAJobThatWaits()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([], "my-job", """{"inputs":["a.txt"]}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("awaited", (await GetAsync(host, "my-job")).GetProperty("inputs")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Submit_BlobEventsThatFollow_FindTheWorkDone()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", """{"quietSeconds":5}""", Wait);

        // The job is closed before its run has tidied up after itself.
        while (await host.Get<IJobEngine>().FindProgressAsync(JobId.Parse("my-job"), Token) is not null)
        {
            await Task.Delay(10, Token);
        }

        var stored = await host.ListAsync();
        await host.Get<UploadEvents>().OnUploadAsync("my-job/a.txt", Token);
        await host.Get<UploadEvents>().OnManifestAsync("my-job/job.json", Token);

        var job = await GetAsync(host, "my-job");
        Assert.Equal((1, "closed"), (job.GetProperty("revision").GetInt32(), job.GetProperty("state").GetString()));
        Assert.Contains("uploads/my-job/job.json", stored);
        Assert.Equal(stored, await host.ListAsync());
        Assert.Equal(1, host.Models.Encoded);
    }

    [Fact]
    public async Task Submit_ClosedJobAgain_RunsTheNextRevisionFromWhatIsStored()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", prefer: Wait);

        var response = await host.SubmitAsync([("a.txt", "a"), ("b.txt", "bbb")], "my-job", prefer: Wait);

        var job = await HttpHost.ReadAsync(response);
        Assert.Equal((2, 2), (job.GetProperty("revision").GetInt32(), job.GetProperty("result").GetProperty("revision").GetInt32()));
        Assert.Equal(2, host.Models.Encoded);
    }

    [Fact]
    public async Task Submit_SameJobManyTimesAtOnce_EndsWithOneResult()
    {
        await using var host = await HttpHost.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.SubmitAsync([("a.txt", "abb")], "my-job", prefer: Wait)));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        var job = await ReadWhenClosedAsync(host, "my-job");
        Assert.Equal("b", job.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Equal(job.GetProperty("revision").GetInt32(), job.GetProperty("result").GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("ünïcödé 数字.txt")]
    [InlineData("quote\"and%.txt")]
    public async Task Submit_OddFileName_IsKept(string name)
    {
        await using var host = await HttpHost.StartAsync();
        using var form = new MultipartFormDataContent();
        var part = new ByteArrayContent("a"u8.ToArray());
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name };
        form.Add(part);

        var response = await host.SendAsync(HttpMethod.Post, "/api/jobs", form, Wait);

        Assert.Equal(name, (await HttpHost.ReadAsync(response)).GetProperty("inputs")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Submit_RawUtf8FileNameAsBrowsersSend_IsKept()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SendBodyAsync(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"数字.txt\"\r\n\r\na\r\n--x--\r\n", "multipart/form-data; boundary=x");

        Assert.Equal("数字.txt", (await HttpHost.ReadAsync(response)).GetProperty("inputs")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Submit_FileBeyondTheMemoryThreshold_IsTakenWholeAndLeavesNoTemporaryFile()
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MemoryThreshold = 1000 });
        var content = new string('b', 300_000);

        var response = await host.SubmitAsync([("a.txt", content)], "my-job", prefer: Wait);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(300_000, (await host.Store.FindAsync(JobPaths.Upload(JobId.Parse("my-job"), "a.txt"), Token))!.Length);
    }

    [Fact]
    public async Task Submit_RequestThatBreaksOff_LeavesNothing()
    {
        await using var host = await HttpHost.StartAsync();
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, Token);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes(
                    "POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9999\r\n\r\n"
                    + "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\na\r\n--x\r\n"),
                Token);
        }

        // The server has noticed when it has answered a request that came later.
        await GetStatusAsync(host, "/api/health/live");
        await Task.Delay(200, Token);

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Get_AnswerThatIsKnown_IsNotModified()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", prefer: Wait);
        var first = await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job");
        host.Client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.True(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, await GetStatusAsync(host, "/api/jobs/my-job"));
        await host.SendAsync(HttpMethod.Post, "/api/jobs/my-job/rerun", prefer: Wait);
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(host, "/api/jobs/my-job"));
    }

    [Fact]
    public async Task Get_LateInput_IsShownAsLateAndARerunTakesItIn()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", prefer: Wait);
        await host.Get<InputStore>().UploadAsync(JobId.Parse("my-job"), "late.txt", "bbb"u8.ToArray(), Token);
        await host.Get<UploadEvents>().OnUploadAsync("my-job/late.txt", Token);

        var late = (await GetAsync(host, "my-job")).GetProperty("inputs")[1];
        var response = await host.SendAsync(HttpMethod.Post, "/api/jobs/my-job/rerun", prefer: Wait);

        Assert.Equal(("late.txt", true), (late.GetProperty("name").GetString(), late.GetProperty("late").GetBoolean()));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/api/jobs/my-job", response.Headers.Location!.OriginalString);
        var job = await HttpHost.ReadAsync(response);
        Assert.Equal(2, job.GetProperty("revision").GetInt32());
        Assert.Equal("b", job.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.False(job.GetProperty("inputs")[1].GetProperty("late").GetBoolean());
    }

    [Fact]
    public async Task Delete_RunningJob_StopsAndErasesIt()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", """{"inputs":["a.txt","never.txt"]}""");

        var response = await host.SendAsync(HttpMethod.Delete, "/api/jobs/my-job");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([JobPaths.Tombstone(JobId.Parse("my-job")).ToString()], await host.ListAsync());
        Assert.Null(await host.Get<IJobEngine>().FindProgressAsync(JobId.Parse("my-job"), Token));
        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync(HttpMethod.Delete, "/api/jobs/my-job")).StatusCode);
        await AssertProblemAsync(await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job"), HttpStatusCode.Gone, "job-erased");
        await AssertProblemAsync(await host.SendAsync(HttpMethod.Post, "/api/jobs/my-job/rerun"), HttpStatusCode.Gone, "job-erased");
        await AssertProblemAsync(await host.SubmitAsync([("a.txt", "a")], "my-job"), HttpStatusCode.Conflict, "job-erased");
        Assert.Single(await host.ListAsync());
    }

    [Fact]
    public async Task Delete_WhileAnEncoderIsAtWork_LeavesATombstoneAlone()
    {
        await using var host = await HttpHost.StartAsync();
        using var entered = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        host.Models.BeforeEncoding = _ =>
        {
            entered.Release();
            gate.Wait(Token);
        };
        await host.SubmitAsync([("a.txt", "a")], "my-job");
        await entered.WaitAsync(Token);

        var deleting = host.SendAsync(HttpMethod.Delete, "/api/jobs/my-job");
        await Task.Delay(50, Token);
        gate.Set();

        Assert.Equal(HttpStatusCode.NoContent, (await deleting).StatusCode);
        Assert.Equal([JobPaths.Tombstone(JobId.Parse("my-job")).ToString()], await host.ListAsync());
    }

    [Theory]
    [InlineData("GET", "/api/jobs/nobody", HttpStatusCode.NotFound, "job-not-found")]
    [InlineData("POST", "/api/jobs/nobody/rerun", HttpStatusCode.NotFound, "job-not-found")]
    [InlineData("DELETE", "/api/jobs/nobody", HttpStatusCode.NotFound, "job-not-found")]
    [InlineData("GET", "/api/jobs/-x", HttpStatusCode.BadRequest, "bad-job-id")]
    [InlineData("POST", "/api/jobs/a%20b/rerun", HttpStatusCode.BadRequest, "bad-job-id")]
    [InlineData("DELETE", "/api/jobs/a%2Fb", HttpStatusCode.BadRequest, "bad-job-id")]
    public async Task Job_ThatIsNotThere_IsAProblem(string method, string path, HttpStatusCode status, string code)
    {
        await using var host = await HttpHost.StartAsync();

        await AssertProblemAsync(await host.SendAsync(new HttpMethod(method), path), status, code);

        Assert.Empty(await host.ListAsync());
    }

    internal static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = await HttpHost.ReadAsync(response);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"urn:multimodal:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private static async Task<HttpStatusCode> GetStatusAsync(HttpHost host, string path) => (await host.SendAsync(HttpMethod.Get, path)).StatusCode;

    private static async Task<System.Text.Json.JsonElement> GetAsync(HttpHost host, string id) =>
        await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, $"/api/jobs/{id}"));

    private static async Task<System.Text.Json.JsonElement> ReadWhenClosedAsync(HttpHost host, string id)
    {
        for (var i = 0; ; i++)
        {
            var job = await GetAsync(host, id);
            if (job.GetProperty("state").GetString() == "closed")
            {
                return job;
            }

            Assert.True(i < 600, "The job does not come to an end.");
            await Task.Delay(50, Token);
        }
    }
}
