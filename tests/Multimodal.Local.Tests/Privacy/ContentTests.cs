using System.Net.Http.Json;
using System.Text;
using Multimodal.Local.Tests.Serve;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Privacy;

/// <summary>What people send is found in no log, span, metric or message of the service, and personal data in nothing that is made of it.</summary>
public sealed class ContentTests
{
    private const string Address = "alice.zq9@example.org";
    private const string Telephone = "+44 7911 123456";

    // Each from another place, so that a failure says where it came through.
    private static readonly string[] Secrets =
    [
        "zqtext1", "zqname2", "zqpng3", "zqjpeg4", "zqwav5", "zqtag6", "zqjson7", "zqlabel8", "zqpipeline9", "zqbroken10", "zqbadname11", "zqoutside12", "zqquery13", "zqagent14",
        "zqmember15", "zqfusion16", "zqinput17", Address, "alice.zq9", "7911 123456", "7911123456",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_SecretsInAllThatIsSent_AreInNothingThatItWritesOfIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var telemetry = new TelemetryReceiver();
        await using var storage = new FolderStorage();
        var root = storage.Arguments[1]["file:".Length..];
        var problems = new List<string>();
        IReadOnlyCollection<string> log;
        await using (var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models, "--poll", "0.2"], Environment(telemetry)))
        {
            using var client = new HttpClient { BaseAddress = await service.Address };
            client.DefaultRequestHeaders.Add("User-Agent", "browser zqagent14");
            await SubmitAsync(client, "whole", null, WholeFiles());
            await SubmitAsync(client, "broken", null, BrokenFiles());
            foreach (var options in BadOptions())
            {
                problems.Add(await SubmitAsync(client, "refused", options, [("a.txt", Bytes("seven"))]));
            }

            await DropAsync(storage);
            await ServeTestHost.UntilAsync(async () => (await StoredOutcome.ReadAsync(storage.Blobs, "dropped", Token)).IsDone
                && File.Exists(Path.Combine(root, "quarantine", "manifest", "job.json.error.json")));
            await ReadAllAsync(client, problems);

            // What is measured and traced is sent every half second.
            await ServeTestHost.UntilAsync(() => Task.FromResult(telemetry.Text("traces").Contains("multimodal.job.id", StringComparison.Ordinal)
                && telemetry.Text("metrics").Contains("multimodal.inputs", StringComparison.Ordinal)));
            await service.SignalAsync("TERM");
            await service.WaitAsync(Token);
            log = service.Log;
        }

        // What is searched is all there: else nothing would be found in it.
        Assert.Contains(log, line => line.Contains("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("dbug:", StringComparison.Ordinal) || line.Contains("trce:", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("was refused", StringComparison.Ordinal));
        Assert.Contains("http.route", telemetry.Text("traces"), StringComparison.Ordinal);
        Assert.NotEmpty(problems);

        AssertNone("log", string.Join('\n', log), Secrets);
        AssertNone("traces", telemetry.Text("traces"), Secrets);
        AssertNone("metrics", telemetry.Text("metrics"), Secrets);
        AssertNone("queue", Read(root, "queues"), Secrets);
        foreach (var problem in problems)
        {
            // Answers name what was asked for, to whoever asked.
            AssertNone("problem", problem, Secrets.Except(["zqname2", "zqbadname11", "zqquery13", "zqbroken10"]));
        }

        AssertNothingPersonal(root);
    }

    [Fact]
    public async Task Serve_MetadataOfPicturesAndRecordings_IsInNothingThatIsMadeOfThem()
    {
        await using var storage = new FolderStorage();
        var root = storage.Arguments[1]["file:".Length..];
        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]);
        using var client = new HttpClient { BaseAddress = await service.Address };

        var files = WholeFiles().Where(file => !file.Name.EndsWith(".txt", StringComparison.Ordinal)).Select(file => (Name: file.Name.Replace("zqname2", "n", StringComparison.Ordinal), file.Content)).ToList();
        var answer = await SubmitAsync(client, "media", null, files);
        var views = new StringBuilder(answer);
        foreach (var (name, _) in files)
        {
            views.Append(await client.GetStringAsync(new Uri($"/api/jobs/media/inputs/{name}/view", UriKind.Relative), Token));
        }

        Assert.Contains("\"picture\"", views.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"waveform\"", views.ToString(), StringComparison.Ordinal);
        AssertNone("answer or view", views.ToString(), Secrets);
        Assert.All(
            Directory.EnumerateDirectories(root).Where(folder => Path.GetFileName(folder) != Containers.Uploads),
            folder => AssertNone(Path.GetFileName(folder), Read(root, Path.GetFileName(folder)), Secrets));
        Assert.Contains("zqpng3", Read(root, Containers.Uploads), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Environment(TelemetryReceiver telemetry) => new()
    {
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
        ["Logging__LogLevel__Microsoft.Extensions"] = "Trace",
        ["Logging__LogLevel__Microsoft.Hosting"] = "Trace",
        ["Logging__LogLevel__System.Net"] = "Trace",
        ["Logging__LogLevel__Multimodal"] = "Trace",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };

    private static List<(string Name, byte[] Content)> WholeFiles()
    {
        List<(string Name, byte[]? Content)> files =
        [
            ("zqname2.txt", Bytes($"zqtext1 seven, {Address} or {Telephone}")),
            ("zqname2.png", PlantedFiles.Png("zqpng3")),
            ("zqname2.jpg", PlantedFiles.Jpeg("zqjpeg4")),
            ("zqname2.wav", PlantedFiles.Wav("zqwav5")),
            ("zqname2.mp3", PlantedFiles.Tagged("zqtag6", "mp3")),
            ("zqname2.flac", PlantedFiles.Tagged("zqtag6", "flac")),
            ("zqname2.m4a", PlantedFiles.Tagged("zqtag6", "m4a")),
            ("zqname2.ogg", PlantedFiles.Tagged("zqtag6", "ogg", "-c:a", "libopus")),
        ];
        return [.. files.Where(file => file.Content is not null).Select(file => (file.Name, file.Content!))];
    }

    private static List<(string Name, byte[] Content)> BrokenFiles() =>
    [
        ("zqbroken10.json", Bytes("{ \"zqjson7\": truzqjson7 }")),
        .. WholeFiles().Where(file => !file.Name.EndsWith("txt", StringComparison.Ordinal))
            .Select(file => (file.Name.Replace("zqname2", "zqbroken10", StringComparison.Ordinal), file.Content[..^(file.Content.Length / 3)])),
        .. WholeFiles().Where(file => !file.Name.EndsWith("txt", StringComparison.Ordinal))
            .Select(file => (file.Name.Replace("zqname2.", "zqbroken10-", StringComparison.Ordinal), Damage(file.Content))),
        ("zqbroken10.bin", [0, 1, 2, .. "zqtext1"u8]),
        ("zqbroken10.empty", []),
        ($"{Address}.txt", Bytes(" ")),
    ];

    private static IEnumerable<string> BadOptions() =>
    [
        """{ "pipeline": "zqpipeline9" }""",
        """{ "labels": ["zqlabel8", "zqlabel8"] }""",
        """{ "labels": ["zqlabel8", "b"] }""",
        """{ "zqmember15": 1 }""",
        """{ "quietSeconds": "zqmember15" }""",
        """{ "fusion": "zqfusion16" }""",
        """{ "inputs": ["zqinput17/../x"] }""",
        """{ "weights": { "zqmember15": 1 } }""",
        """zqjson7 {""",
    ];

    // As people put files into the folder: a job, a job.json that cannot be used, names that are none.
    private static async Task DropAsync(FolderStorage storage)
    {
        await storage.UploadAsync("dropped/zqname2.txt", Bytes($"zqtext1 {Address}"), Token);
        await storage.UploadAsync("dropped/zqbadname11/deeper.txt", Bytes("zqtext1"), Token);
        await storage.UploadAsync("dropped/job.json", Bytes("""{ "inputs": ["zqname2.txt"] }"""), Token);
        await storage.UploadAsync("manifest/job.json", Bytes("""{ "zqmember15": "zqjson7" }"""), Token);
        await storage.UploadAsync("zqoutside12.txt", Bytes("zqtext1"), Token);
        await storage.UploadAsync("no id zqoutside12/a.txt", Bytes("zqtext1"), Token);
    }

    private static async Task ReadAllAsync(HttpClient client, List<string> problems)
    {
        foreach (var path in (string[])
            [
                "/api/jobs/whole", "/api/jobs/broken", "/api/jobs/whole/result", "/api/jobs/whole/inputs/zqname2.txt", "/api/jobs/whole/inputs/zqname2.txt/view",
                "/api/jobs/whole/inputs/zqname2.png/view", "/api/jobs/whole/inputs/zqbadname11.txt", "/api/jobs/broken/inputs/zqbroken10.bin/view", "/api/jobs?limit=zqquery13",
                "/api/zqquery13", "/api/jobs/no%20id%20zqquery13", "/api/search?text=zqquery13",
            ])
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
            if (!response.IsSuccessStatusCode)
            {
                problems.Add(await response.Content.ReadAsStringAsync(Token));
            }
        }

        using var searched = await client.PostAsJsonAsync(new Uri("/api/search", UriKind.Relative), new { text = "zqtext1" }, Token);
        problems.Add(await searched.Content.ReadAsStringAsync(Token));
        using var embedded = await client.PostAsync(
            new Uri("/api/embeddings", UriKind.Relative), new StringContent("""{ "texts": ["zqjson7" """, Encoding.UTF8, "application/json"), Token);
        problems.Add(await embedded.Content.ReadAsStringAsync(Token));
    }

    private static async Task<string> SubmitAsync(HttpClient client, string job, string? options, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(job), "jobId" } };
        if (options is not null)
        {
            form.Add(new StringContent(options), "job");
        }

        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "file", name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = form };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await client.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    // The uploads are the sender's own, and so are they where they were put aside.
    private static void AssertNothingPersonal(string root)
    {
        string[] personal = [Address, "alice.zq9", "7911 123456", "7911123456"];
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file);
            var isSent = path.StartsWith(Containers.Uploads, StringComparison.Ordinal)
                || (path.StartsWith(Containers.Quarantine, StringComparison.Ordinal) && !path.EndsWith(".error.json", StringComparison.Ordinal));
            if (!isSent)
            {
                // A file's name is where everything of it is found by; it stays.
                AssertNone(path, Encoding.Latin1.GetString(File.ReadAllBytes(file)).Replace($"{Address}.txt", "", StringComparison.Ordinal), personal);
            }
        }
    }

    private static void AssertNone(string place, string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{secret} is in {place}: …{text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 100)]}…");
        }
    }

    private static string Read(string root, string folder) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));

    private static byte[] Damage(byte[] content)
    {
        var damaged = content.ToArray();
        for (var i = damaged.Length / 2; i < damaged.Length; i += 3)
        {
            damaged[i] ^= 0x5A;
        }

        return damaged;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
