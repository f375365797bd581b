using System.CommandLine;
using System.Text.Json;
using Multimodal.Testing;
using Multimodal.Testing.Azurite;
using Multimodal.Trials;
using Multimodal.Trials.Audit;
using Multimodal.Trials.Batches;
using Multimodal.Trials.Faults;
using Multimodal.Trials.Fuzz;
using Multimodal.Trials.Kill;
using Multimodal.Trials.Listing;
using Multimodal.Trials.Load;
using Multimodal.Trials.Service;
using Multimodal.Trials.Speech;

var storage = new Option<string>("--storage") { Description = "file or azure (Azurite).", DefaultValueFactory = _ => "file" };
storage.AcceptOnlyFromAmong("file", "azure");
var jobs = new Option<int?>("--jobs") { Description = "Jobs in all." };
var kills = new Option<int>("--kills") { Description = "How often the service is killed.", DefaultValueFactory = _ => 200 };
var seed = new Option<int>("--seed") { Description = "Chooses the moments." };
var clients = new Option<int>("--clients") { Description = "Clients at once.", DefaultValueFactory = _ => 50 };

var kill = new Command("kill", "Kill the service at random moments; no job may be lost or done twice.") { storage, jobs, kills, seed };
kill.SetAction((parsed, token) => WithStorageAsync(parsed.GetRequiredValue(storage), async chosen =>
{
    var settings = new KillTrialSettings { Jobs = parsed.GetValue(jobs) ?? 1000, Kills = parsed.GetValue(kills), Seed = parsed.GetValue(seed) };
    var report = await new KillTrial(chosen, settings, Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.KillReport));
    return report.IsSound ? 0 : 1;
}, token));

var load = new Command("load", "Send jobs from many clients at once.") { storage, jobs, clients };
load.SetAction((parsed, token) => WithStorageAsync(parsed.GetRequiredValue(storage), async chosen =>
{
    var settings = new LoadTrialSettings { Jobs = parsed.GetValue(jobs) ?? 5000, Clients = parsed.GetValue(clients) };
    var report = await new LoadTrial(chosen, settings, Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.LoadReport));
    return report.IsSound ? 0 : 1;
}, token));

var fewKills = new Option<int>("--kills") { Description = "How often the service is killed.", DefaultValueFactory = _ => 1 };
var open = new Option<int?>("--open") { Description = "The most jobs of the batch that are open at once." };
var rate = new Option<double?>("--rate") { Description = "The most jobs that are started a second." };

var batch = new Command("batch", "Make jobs of blobs in a container, and kill the service meanwhile; none may be lost or made twice.") { storage, jobs, fewKills, open, rate };
batch.SetAction((parsed, token) => WithStorageAsync(parsed.GetRequiredValue(storage), async chosen =>
{
    var settings = new BatchTrialSettings
    {
        Jobs = parsed.GetValue(jobs) ?? 20_000,
        Kills = parsed.GetValue(fewKills),
        MaximumOpenJobs = parsed.GetValue(open),
        JobsPerSecond = parsed.GetValue(rate),
    };
    var report = await new BatchTrial(chosen, settings, Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.BatchReport));
    return report.IsSound ? 0 : 1;
}, token));

var blobs = new Option<int>("--blobs") { Description = "Blobs to list.", DefaultValueFactory = _ => 200_000 };

var listing = new Command("listing", "Go page by page through very many blobs, and go on in the middle.") { storage, blobs };
listing.SetAction((parsed, token) => WithStorageAsync(parsed.GetRequiredValue(storage), async chosen =>
{
    var report = await new ListingTrial(chosen, parsed.GetValue(blobs), Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.ListingReport));
    return report.IsSound ? 0 : 1;
}, token));

var share = new Option<double>("--share") { Description = "The share of calls to the storage that go wrong.", DefaultValueFactory = _ => 0.05 };

var faults = new Command("faults", "Run on a storage whose calls fail, time out, are throttled or lose their answers.") { storage, jobs, share, seed };
faults.SetAction((parsed, token) => WithStorageAsync(parsed.GetRequiredValue(storage), async chosen =>
{
    var settings = new FaultTrialSettings { Jobs = parsed.GetValue(jobs) ?? 1000, Share = parsed.GetValue(share), Seed = parsed.GetValue(seed) };
    IFaultyStorage faulty = chosen is FolderStorage folder ? new FaultyFolder(folder) : new FaultyAccount((AccountStorage)chosen);
    var report = await new FaultTrial(faulty, settings, Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.FaultReport));
    return report.IsSound ? 0 : 1;
}, token));

var mutations = new Option<int?>("--mutations") { Description = "Mutations in all: 10,000, or 1 of each kind with --only." };
var data = new Option<string?>("--data")
{
    Description = "The data folder, whose images are samples too.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MULTIMODAL_DATA") is { Length: > 0 } folder ? folder : null,
};
var only = new Option<string?>("--only") { Description = "The one format to try, as the report names it." };
var first = new Option<int>("--seed") { Description = "The first mutation's seed." };

var fuzz = new Command("fuzz", "Damage files of every format; each must be read or refused as inputs are, in time.") { mutations, first, data, only };
fuzz.SetAction((parsed, token) =>
{
    var format = parsed.GetValue(only);
    var settings = new FuzzTrialSettings
    {
        Mutations = parsed.GetValue(mutations) ?? (format is null ? 10_000 : 1),
        Seed = parsed.GetValue(first),
        Data = parsed.GetValue(data),
        Only = format,
    };
    var report = new FuzzTrial(settings, Tell).Run(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.FuzzTrialReport));
    return Task.FromResult(report.IsSound ? 0 : 1);
});

var speech = new Command("speech", "Transcribe strings of spoken digits; at most 4 % of the words may be wrong.") { data };
speech.SetAction(async (parsed, token) =>
{
    var recordings = Path.Combine(parsed.GetValue(data) ?? Path.Combine(TestPaths.Repository, "..", "shared", "data"), "fsdd");
    var report = await new SpeechTrial(recordings, Tell).RunAsync(token);
    Console.WriteLine(JsonSerializer.Serialize(report, TrialJson.Default.SpeechReport));
    return report.IsSound ? 0 : 1;
});

var canary = new Argument<FileInfo>("CANARY") { Description = "What dotnet list package printed of a package that is known to be vulnerable." };
var listed = new Argument<FileInfo>("REPORT") { Description = "What it printed of ours." };
var audit = new Command("audit", "Judge known vulnerabilities; .ci/audit calls it.") { canary, listed };
audit.SetAction(async (parsed, token) =>
{
    var trial = new AuditTrial(
        VulnerabilityReport.Read(await File.ReadAllTextAsync(parsed.GetRequiredValue(canary).FullName, token)),
        VulnerabilityReport.Read(await File.ReadAllTextAsync(parsed.GetRequiredValue(listed).FullName, token)),
        AuditExceptions.Read(await File.ReadAllTextAsync(Path.Combine(TestPaths.Repository, AuditExceptions.FileName), token)),
        DateOnly.FromDateTime(DateTime.UtcNow));
    foreach (var line in trial.Lines())
    {
        Console.WriteLine(line);
    }

    return trial.ExitCode;
});

return await new RootCommand("Trials of multimodal on this machine.") { kill, load, batch, listing, faults, fuzz, speech, audit }.Parse(args).InvokeAsync();

static void Tell(string line) => Console.Error.WriteLine(line);

static async Task<int> WithStorageAsync(string kind, Func<ITrialStorage, Task<int>> runAsync, CancellationToken cancellationToken)
{
    if (kind == "file")
    {
        await using var folder = new FolderStorage();
        return await runAsync(folder);
    }

    await using var azurite = new AzuriteFixture();
    await using var account = new AccountStorage(await azurite.CreateAccountAsync());
    await account.CreateAsync(cancellationToken);
    return await runAsync(account);
}
