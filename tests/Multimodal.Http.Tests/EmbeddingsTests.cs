using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Http.Tests;

/// <summary>The route that runs encoders without a job.</summary>
public sealed class EmbeddingsTests
{
    private const string Route = "/api/pipelines/letters/embeddings";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embed_Files_EachGetsItsEmbeddingAndNothingIsStored()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("a.txt", "aab"), ("c.txt", "c")]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await HttpHost.ReadAsync(response);
        Assert.Equal(("letters", "1.0.0"), (answer.GetProperty("pipeline").GetProperty("name").GetString(), answer.GetProperty("pipeline").GetProperty("version").GetString()));
        var inputs = answer.GetProperty("inputs");
        Assert.Equal(["a.txt", "c.txt"], inputs.EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Equal("text", inputs[0].GetProperty("modality").GetString());

        // Ids 3, 3, 4 and 5, modulo 3.
        Assert.Equal([2, 1, 0], VectorOf(inputs[0]));
        Assert.Equal([0, 0, 1], VectorOf(inputs[1]));
        Assert.Empty(await host.ListAsync());
    }

    [Fact]
    public async Task Embed_Texts_AreTextsWhateverTheyLookLike()
    {
        await using var host = await HttpHost.StartAsync();

        var inputs = (await HttpHost.ReadAsync(await SendTextsAsync(host, """{"texts":["b","%PDF-a"]}"""))).GetProperty("inputs");

        Assert.Equal(["texts[0]", "texts[1]"], inputs.EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Equal([0, 1, 0], VectorOf(inputs[0]));
        Assert.Equal(3, VectorOf(inputs[1]).Length);
    }

    [Fact]
    public async Task Embed_SomeInputsUnusable_AreToldAndTheOthersAnswered()
    {
        await using var host = await HttpHost.StartAsync();

        var response = await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("empty.txt", ""), ("a.txt", "a"), ("paper.pdf", "%PDF-1.7 …")]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var inputs = (await HttpHost.ReadAsync(response)).GetProperty("inputs");
        Assert.Equal(["empty", null, "unsupported"], inputs.EnumerateArray().Select(input =>
            input.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null));
        Assert.NotEmpty(inputs[0].GetProperty("error").GetProperty("remedy").GetString()!);
        Assert.Equal([1, 0, 0], VectorOf(inputs[1]));
        Assert.False(inputs[0].TryGetProperty("embedding", out _));
    }

    [Theory]
    [InlineData("empty.txt", "", "empty")]
    [InlineData("blank.txt", "   ", "no-content")]
    [InlineData("paper.pdf", "%PDF-1.7", "unsupported")]
    public async Task Embed_NoInputUsable_IsUnprocessableWithItsCode(string name, string content, string code)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([(name, content)])), HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Embed_OneInputRefusedByItsEncoder_FailsAloneAndTellsNoPath()
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.BeforeEncoding = items =>
        {
            if (items[0].Tensors["input_ids"].ElementCount > 2)
            {
                throw new PipelineException("/a/path/model.onnx cannot process such inputs");
            }
        };

        var answer = await SendTextsAsync(host, """{"texts":["a","aaaa"]}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var error = (await HttpHost.ReadAsync(answer)).GetProperty("inputs")[1].GetProperty("error");
        Assert.Equal("encoding-failed", error.GetProperty("code").GetString());
        Assert.DoesNotContain("/a/path", error.GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_EncoderRefusesAll_IsTheHostsTrouble()
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.BeforeEncoding = _ => throw new PipelineException("/a/path/model.onnx cannot process such inputs");

        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a","b"]}"""), HttpStatusCode.ServiceUnavailable, "pipeline-unusable");
    }

    [Fact]
    public async Task Embed_MemoryForNoInput_IsUnavailable()
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.BeforeEncoding = _ => throw new EncoderExhaustedException("letters/text", new InsufficientMemoryException());

        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a","b"]}"""), HttpStatusCode.ServiceUnavailable, "out-of-memory");
    }

    [Fact]
    public async Task Embed_ValuesThatAreNotFinite_AreAnError()
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.Distort = vector => [float.NaN, .. vector[1..]];

        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a"]}"""), HttpStatusCode.UnprocessableEntity, "encoding-failed");
    }

    [Fact]
    public async Task Embed_EncoderBusy_IsRefusedWithATimeToTryAgain()
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.BeforeEncoding = items =>
        {
            if (items[0].Tensors["input_ids"].ElementCount == 2)
            {
                throw new EncoderBusyException("letters/text", 8);
            }
        };

        var response = await SendTextsAsync(host, """{"texts":["a","aa","b"]}""");

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.TooManyRequests, "encoder-busy");
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("", 7)]
    [InlineData("?priority=bulk", 40)]
    public async Task Embed_WouldWaitTooLong_IsRefusedAtOnceWithTheTimeItTakes(string query, int seconds)
    {
        await using var host = await HttpHost.StartAsync();
        host.Models.Load = new EncoderLoad(
            "letters/text", 900, TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(66.4), TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(60));

        var response = await SendTextsAsync(host, """{"texts":["a","b"]}""", Route + query);

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.TooManyRequests, "encoder-busy");
        Assert.Equal(TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter!.Delta);
        Assert.Equal(0, host.Models.Encoded);
    }

    [Theory]
    [InlineData("", RequestPriority.Interactive)]
    [InlineData("?priority=interactive", RequestPriority.Interactive)]
    [InlineData("?priority=bulk", RequestPriority.Bulk)]
    public async Task Embed_Priority_ReachesTheEncoder(string query, RequestPriority expected)
    {
        await using var host = await HttpHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendTextsAsync(host, """{"texts":["a"]}""", Route + query)).StatusCode);
        Assert.Equal(expected, host.Models.LastPriority);
    }

    [Theory]
    [InlineData("application/vnd.safetensors")]
    [InlineData("application/octet-stream")]
    public async Task Embed_SafetensorsAskedFor_HoldsEmbeddingsAndErrors(string accept)
    {
        await using var host = await HttpHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = HttpHost.Form([("a.txt", "ab"), ("empty.txt", "")]) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));

        var response = await host.Client.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.OK, accept), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var file = Safetensors.Read(await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal([1, 1, 0], Assert.Single(file.Tensors, tensor => tensor.Key == "inputs/a.txt").Value.AsSpan<float>().ToArray());
        Assert.StartsWith("empty: ", file.Metadata["error/empty.txt"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "bad-request")]
    [InlineData("[]", "bad-request")]
    [InlineData("{}", "bad-request")]
    [InlineData("""{"texts":null}""", "bad-request")]
    [InlineData("""{"texts":["a",null]}""", "bad-request")]
    [InlineData("""{"texts":[7]}""", "bad-request")]
    [InlineData("""{"texts":["a"],"colour":"red"}""", "bad-request")]
    [InlineData("""{"texts":[]}""", "no-inputs")]
    public async Task Embed_JsonThatIsNotSound_IsRefused(string json, string code)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(await SendTextsAsync(host, json), HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Embed_PartsOfAJob_AreRefused()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("a.txt", "a")], "my-job")), HttpStatusCode.BadRequest, "bad-multipart");
        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("a.txt", "a")], options: "{}")), HttpStatusCode.BadRequest, "bad-multipart");
    }

    [Fact]
    public async Task Embed_NoFiles_IsRefused()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, new MultipartFormDataContent("x")), HttpStatusCode.BadRequest, "bad-multipart");
    }

    [Theory]
    [InlineData("/api/pipelines/unheard-of/embeddings")]
    [InlineData("/api/pipelines/..%2Fletters/embeddings")]
    public async Task Embed_UnknownPipeline_IsNotFound(string route)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a"]}""", route), HttpStatusCode.NotFound, "pipeline-not-found");
    }

    [Fact]
    public async Task Embed_UnknownPriorityTypeOrAnswer_IsRefused()
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a"]}""", $"{Route}?priority=urgent"), HttpStatusCode.BadRequest, "bad-request");
        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, new StringContent("a")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        using var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = HttpHost.Form([("a.txt", "a")]) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/png"));
        await JobsApiTests.AssertProblemAsync(await host.Client.SendAsync(request, Token), HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Fact]
    public async Task Embed_BeyondLimits_IsRefused()
    {
        await using var host = await HttpHost.StartAsync(
            new HttpLimits { MaximumParts = 2 }, new InputLimits { MaximumBytes = 100, MaximumTextBytes = 100 });

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("a.txt", new string('a', 101))])), HttpStatusCode.RequestEntityTooLarge, "too-large");
        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Post, Route, HttpHost.Form([("a.txt", "a"), ("b.txt", "b"), ("c.txt", "c")])), HttpStatusCode.BadRequest, "too-many-parts");
        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, """{"texts":["a","b","c"]}"""), HttpStatusCode.BadRequest, "too-many-parts");
        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, $$"""{"texts":["{{new string('a', 201)}}"]}"""), HttpStatusCode.RequestEntityTooLarge, "too-large");
        await JobsApiTests.AssertProblemAsync(
            await SendTextsAsync(host, $$"""{"texts":["{{new string('a', 120)}}"]}"""), HttpStatusCode.UnprocessableEntity, "too-large");
    }

    private static float[] VectorOf(JsonElement input) => [.. input.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];

    private static Task<HttpResponseMessage> SendTextsAsync(HttpHost host, string json, string route = Route) =>
        host.SendAsync(HttpMethod.Post, route, new StringContent(json, Encoding.UTF8, "application/json"));
}
