using System.Net;
using System.Net.Http.Headers;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Http.Tests;

public sealed class SubmissionErrorTests
{
    private const string Form = "multipart/form-data; boundary=x";

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "a")]
    [InlineData("multipart/mixed; boundary=x", "--x--\r\n")]
    public async Task Submit_OtherContent_IsUnsupported(string contentType, string body)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendBodyAsync(body, contentType), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("multipart/form-data", "--x--\r\n")]
    [InlineData(Form, "")]
    [InlineData(Form, "no boundary at all")]
    [InlineData(Form, "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\ncut off")]
    [InlineData(Form, "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"")]
    [InlineData(Form, "--x\r\n\r\na\r\n--x--\r\n")]
    [InlineData(Form, "--x\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\na\r\n--x--\r\n")]
    [InlineData(Form, "--x\r\nno colon\r\n\r\na\r\n--x--\r\n")]
    [InlineData(Form, "--x\r\nContent-Disposition: form-data; name=\"colour\"\r\n\r\nred\r\n--x--\r\n")]
    public async Task Submit_MultipartThatIsNotWellFormed_LeavesNothing(string contentType, string body)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(await host.SendBodyAsync(body, contentType), HttpStatusCode.BadRequest, "bad-multipart");

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Submit_PartWithTooLongHeaders_IsRefused()
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MaximumPartHeaderBytes = 500 });
        var body = $"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nX: {new string('y', 600)}\r\n\r\na\r\n--x--\r\n";

        await JobsApiTests.AssertProblemAsync(await host.SendBodyAsync(body, Form), HttpStatusCode.BadRequest, "bad-multipart");
    }

    [Theory]
    [InlineData("bad id", null, "bad-job-id")]
    [InlineData("", null, "bad-job-id")]
    [InlineData(null, "{ not json", "bad-options")]
    [InlineData(null, """{"deadlineSeconds":-1}""", "bad-options")]
    [InlineData(null, """{"pipeline":"unheard-of"}""", "bad-options")]
    [InlineData(null, """{"pipeline":"../letters"}""", "bad-options")]
    public async Task Submit_BadField_IsRefusedAndLeavesNothing(string? jobId, string? options, string code)
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SubmitAsync([("a.txt", "a")], jobId, options);

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.BadRequest, code);
        Assert.DoesNotContain(
            host.Pipeline.Root, (await HttpHost.ReadAsync(response)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Empty(await host.ListAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"inputs":[]}""")]
    public async Task Submit_NoFilesAndNothingToWaitFor_IsRefused(string? options)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(await host.SubmitAsync([], "my-job", options), HttpStatusCode.BadRequest, "no-inputs");
    }

    [Fact]
    public async Task Submit_FormWithAnEmptyFileField_HasNoInputs()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendBodyAsync(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n", Form),
            HttpStatusCode.BadRequest,
            "no-inputs");
    }

    [Fact]
    public async Task Submit_SameFileNameTwice_IsRefused()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SubmitAsync([("a.txt", "a"), ("a.txt", "b")]), HttpStatusCode.BadRequest, "duplicate-file");

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Submit_OptionsTwice_IsRefused()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SubmitAsync([("a.txt", "a"), ("job.json", "{}")], options: "{}"), HttpStatusCode.BadRequest, "duplicate-file");
    }

    [Fact]
    public async Task Submit_OptionsAsAFileNamedJobJson_AreRead()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SubmitAsync([("a.txt", "a"), ("job.json", """{"quietSeconds":-1}""")]), HttpStatusCode.BadRequest, "bad-options");
    }

    [Fact]
    public async Task Submit_TooManyParts_IsRefused()
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MaximumParts = 3 });

        await JobsApiTests.AssertProblemAsync(
            await host.SubmitAsync([("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c")], "my-job"), HttpStatusCode.BadRequest, "too-many-parts");

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Submit_FileBeyondTheLimit_IsTooLarge()
    {
        await using var host = await HttpHost.StartAsync(inputLimits: new InputLimits { MaximumBytes = 1000 });

        Assert.Equal(HttpStatusCode.OK, (await host.SubmitAsync([("a.txt", new string('a', 1000))], prefer: "wait=30")).StatusCode);
        await JobsApiTests.AssertProblemAsync(
            await host.SubmitAsync([("a.txt", new string('a', 1001))]), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_BodyBeyondTheLimit_IsTooLarge(bool chunked)
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MaximumBodyBytes = 5000 });
        var content = new StreamContent(new MemoryStream(await HttpHost.Form(
            [("a.txt", new string('a', 3000)), ("b.txt", new string('b', 3000))]).ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Form);
        if (chunked)
        {
            host.Client.DefaultRequestHeaders.TransferEncodingChunked = true;
        }

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, "/api/jobs", content), HttpStatusCode.RequestEntityTooLarge, "too-large");

        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Submit_PipelineWhoseFilesAreSpoilt_IsTheHostsTrouble()
    {
        await using var host = await HttpHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(host.Pipeline.Root, "letters", "head.onnx"), "spoilt", TestContext.Current.CancellationToken);

        var response = await host.SubmitAsync([("a.txt", "a")]);

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable, "pipeline-unusable");
        Assert.DoesNotContain(
            host.Pipeline.Root, (await HttpHost.ReadAsync(response)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_StorageFails_IsAProblemThatTellsNothing()
    {
        await using var host = await HttpHost.StartAsync();
        host.Store.Before = _ => throw new IOException("secret of the storage");

        var response = await host.SubmitAsync([("a.txt", "a")]);

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("secret", (await HttpHost.ReadAsync(response)).GetRawText(), StringComparison.Ordinal);
    }
}
