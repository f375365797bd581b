using System.CommandLine;
using System.Text.Json;
using Multimodal.Testing.Azurite;
using Multimodal.Trials;
using Multimodal.Trials.Kill;
using Multimodal.Trials.Load;
using Multimodal.Trials.Service;

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

return await new RootCommand("Trials of multimodal serve on this machine.") { kill, load }.Parse(args).InvokeAsync();

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
