using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Multimodal.Local.Tests.Hub;

/// <summary>
/// A server on loopback that speaks a hub's API for a model, and others beside it: what they hold, their files, large ones by way of another
/// host. It can cut connections, lie, throttle and redirect.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Repository = "somebody/small-clip";
    public const string Token = "hf_secret-token";

    private readonly WebApplication _application;
    private readonly WebApplication _storage;

    private FakeHub()
    {
        _application = Build();
        _application.MapGet("/api/models/{owner}/{name}/revision/{revision}", Describe);
        _application.MapGet("/{owner}/{name}/resolve/{commit}/{**path}", Resolve);
        _storage = Build();
        _storage.MapGet("/blobs/{owner}/{name}/{hash}", Store);
    }

    /// <summary>The files by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The files of other models, by repository.</summary>
    public Dictionary<string, Dictionary<string, byte[]>> Others { get; } = [];

    public string Commit { get; set; } = new('a', 40);

    /// <summary>Whether only the token opens the model.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>How many further requests are throttled.</summary>
    public int Throttled;

    /// <summary>How many further answers with content break off half way.</summary>
    public int Cuts;

    /// <summary>Files whose declared hash is of something else.</summary>
    public HashSet<string> Lies { get; } = [];

    /// <summary>Files that are sent longer than declared.</summary>
    public HashSet<string> Swollen { get; } = [];

    /// <summary>Names added to the description.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>Whether ranges are passed over, as some servers do.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>Where a large file redirects to instead of the storage.</summary>
    public string? Detour { get; set; }

    /// <summary>What was asked for: path, range, and whether the token was shown.</summary>
    public ConcurrentQueue<(string Path, string Range, bool Token)> Requests { get; } = [];

    public Uri Address { get; private set; } = null!;

    private string StorageAddress => _storage.Urls.Single();

    public static async Task<FakeHub> StartAsync(string? folder = null)
    {
        var hub = new FakeHub();
        if (folder is not null)
        {
            Read(folder, hub.Files);
        }

        await hub._application.StartAsync(TestContext.Current.CancellationToken);
        await hub._storage.StartAsync(TestContext.Current.CancellationToken);
        hub.Address = new Uri(hub._application.Urls.Single() + "/");
        return hub;
    }

    /// <summary>Keeps a model of a folder besides.</summary>
    public void Add(string repository, string folder) => Read(folder, Others[repository] = []);

    private static void Read(string folder, Dictionary<string, byte[]> files)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }
    }

    private Dictionary<string, byte[]>? FilesOf(string owner, string name) =>
        $"{owner}/{name}" == Repository ? Files : Others.GetValueOrDefault($"{owner}/{name}");

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _storage.DisposeAsync();
    }

    public static bool IsLarge(string path) => path.EndsWith(".onnx", StringComparison.Ordinal) || path.EndsWith(".onnx_data", StringComparison.Ordinal);

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private IResult? Refuse(HttpContext context)
    {
        Requests.Enqueue((context.Request.Path, context.Request.Headers.Range.ToString(), context.Request.Headers.Authorization == $"Bearer {Token}"));
        if (Interlocked.Decrement(ref Throttled) >= 0)
        {
            context.Response.Headers.RetryAfter = "0";
            return Results.StatusCode(429);
        }

        if (IsPrivate && context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.Headers["X-Error-Code"] = "GatedRepo";
            return Results.StatusCode(401);
        }

        return null;
    }

    private IResult Describe(HttpContext context, string owner, string name, string revision)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (FilesOf(owner, name) is not { } files)
        {
            context.Response.Headers["X-Error-Code"] = "RepoNotFound";
            return Results.StatusCode(404);
        }

        if (revision != "main" && revision != Commit)
        {
            context.Response.Headers["X-Error-Code"] = "RevisionNotFound";
            return Results.StatusCode(404);
        }

        var siblings = new JsonArray([.. files.Select(file => DescribeFile(file.Key, file.Value)), .. Strangers.Select(name => DescribeFile(name, []))]);
        return Results.Content(
            new JsonObject { ["id"] = $"{owner}/{name}", ["private"] = IsPrivate, ["sha"] = Commit, ["siblings"] = siblings }.ToJsonString(), "application/json");
    }

    private JsonObject DescribeFile(string path, byte[] content)
    {
        var declared = Lies.Contains(path) ? Encoding.UTF8.GetBytes(path) : content;
        var described = new JsonObject { ["rfilename"] = path, ["size"] = content.Length, ["blobId"] = GitBlob(declared) };
        if (IsLarge(path))
        {
            described["lfs"] = new JsonObject { ["sha256"] = Sha256(declared), ["size"] = content.Length, ["pointerSize"] = 131 };
        }

        return described;
    }

    private async Task<IResult> Resolve(HttpContext context, string owner, string name, string commit, string path)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (commit != Commit || FilesOf(owner, name) is not { } files || !files.TryGetValue(path, out var content))
        {
            context.Response.Headers["X-Error-Code"] = "EntryNotFound";
            return Results.StatusCode(404);
        }

        context.Response.Headers["X-Repo-Commit"] = Commit;
        if (IsLarge(path))
        {
            context.Response.Headers["X-Linked-Etag"] = $"\"{Sha256(content)}\"";
            context.Response.Headers["X-Linked-Size"] = content.Length.ToString(CultureInfo.InvariantCulture);
            return Results.Redirect(Detour ?? $"{StorageAddress}/blobs/{owner}/{name}/{path.Replace('/', '!')}");
        }

        await SendAsync(context, content, GitBlob(content), Swollen.Contains(path));
        return Results.Empty;
    }

    private async Task Store(HttpContext context, string owner, string name, string hash)
    {
        Requests.Enqueue((context.Request.Path, context.Request.Headers.Range.ToString(), context.Request.Headers.Authorization.Count > 0));
        var path = hash.Replace('!', '/');
        var content = FilesOf(owner, name)![path];
        await SendAsync(context, content, Sha256(content), Swollen.Contains(path));
    }

    private async Task SendAsync(HttpContext context, byte[] content, string etag, bool swollen)
    {
        var response = context.Response;
        response.Headers.ETag = $"\"{etag}\"";
        var from = 0;
        var range = context.Request.GetTypedHeaders().Range?.Ranges.First();
        if (range?.From is { } begin && !IgnoresRanges && context.Request.Headers.IfRange == $"\"{etag}\"")
        {
            from = (int)begin;
            response.StatusCode = 206;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{content.Length - 1}/{content.Length}");
        }

        var body = swollen ? [.. content, 1, 2, 3] : content[from..];
        response.ContentLength = body.Length;
        if (content.Length > 1000 && Interlocked.Decrement(ref Cuts) >= 0)
        {
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await response.Body.FlushAsync();
            await Task.Delay(50);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(body);
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "The id is git's own.")]
    private static string GitBlob(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
}
