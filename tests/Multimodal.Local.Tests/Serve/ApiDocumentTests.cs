using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Multimodal.Local.Tests.Serve;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Document_EveryMappedRoute_IsInIt()
    {
        await using var host = await ServeTestHost.StartAsync();
        var described = await ReadAsync(host);

        var mapped =
            from endpoint in host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            select (Path: PathOf(endpoint.RoutePattern), Method: method.ToLowerInvariant());

        Assert.NotEmpty(mapped);
        Assert.All(mapped, route => Assert.True(
            described.GetProperty("paths").TryGetProperty(route.Path, out var path) && path.TryGetProperty(route.Method, out _),
            $"{route.Method} {route.Path} is not in the document."));
    }

    [Fact]
    public async Task Document_EveryOperation_SaysWhatItDoesAndAnswers()
    {
        await using var host = await ServeTestHost.StartAsync();

        var operations = (await ReadAsync(host)).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();

        Assert.Equal(operations.Count, operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name[0] == '2');
        });
    }

    [Fact]
    public async Task Document_Submission_HasItsFormAndPreference()
    {
        await using var host = await ServeTestHost.StartAsync();

        var submit = (await ReadAsync(host)).GetProperty("paths").GetProperty("/api/jobs").GetProperty("post");

        var form = submit.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties");
        Assert.Equal("binary", form.GetProperty("file").GetProperty("items").GetProperty("format").GetString());
        Assert.True(form.TryGetProperty("jobId", out _) && form.TryGetProperty("job", out _));
        Assert.Contains(submit.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Prefer");
        Assert.True(submit.GetProperty("responses").TryGetProperty("429", out _));
    }

    [Fact]
    public async Task Document_Embeddings_HaveBothBodiesAndBothAnswers()
    {
        await using var host = await ServeTestHost.StartAsync();

        var document = await ReadAsync(host);
        var embed = document.GetProperty("paths").GetProperty("/api/pipelines/{name}/embeddings").GetProperty("post");
        var body = embed.GetProperty("requestBody").GetProperty("content");
        Assert.True(PropertiesOf(document, body.GetProperty("multipart/form-data").GetProperty("schema")).GetProperty("file").TryGetProperty("items", out _));
        Assert.True(PropertiesOf(document, body.GetProperty("application/json").GetProperty("schema")).GetProperty("texts").TryGetProperty("items", out _));
        var answers = embed.GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.True(answers.TryGetProperty("application/json", out _) && answers.TryGetProperty("application/vnd.safetensors", out _));
        Assert.Contains(embed.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "priority");
        Assert.True(embed.GetProperty("responses").TryGetProperty("429", out _));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("a key of some length", true)]
    public async Task Document_Key_IsDescribedWhereOneIsNeeded(string? key, bool expected)
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { ApiKey = key });

        var document = await ReadAsync(host);

        Assert.Equal(expected, document.TryGetProperty("security", out _));
        Assert.Equal(expected, document.GetProperty("components").TryGetProperty("securitySchemes", out _));
    }

    // A schema stands where it is used, or among the components.
    private static JsonElement PropertiesOf(JsonElement document, JsonElement schema) =>
        (schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema).GetProperty("properties");

    private static async Task<JsonElement> ReadAsync(ServeTestHost host)
    {
        var response = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ServeTestHost.ReadAsync(response);
    }

    // Without constraints and catch-all signs, as a document has it.
    private static string PathOf(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));
}
