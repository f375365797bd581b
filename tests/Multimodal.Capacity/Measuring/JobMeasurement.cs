using System.Diagnostics;
using System.Globalization;
using Multimodal.Capacity.Inputs;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Capacity.Measuring;

/// <summary>
/// Measures what a job of the pipeline <c>digits</c> asks of storage, processor and scheduler, step by step: each step is run for many
/// jobs in a row, with one input of each modality and with several.
/// </summary>
internal sealed class JobMeasurement(string models, int jobs)
{
    private const int Several = 8;
    private const string Networks = "networks";
    private static readonly Modality[] Modalities = Enum.GetValues<Modality>();

    /// <summary>Measures.</summary>
    /// <param name="requestProcessor">Measures the processor time of a request, in milliseconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<JobProfile> RunAsync(Func<CancellationToken, Task<double>> requestProcessor, CancellationToken cancellationToken)
    {
        // What is loaded on first use, and compiled anew once it was used often, is no job's.
        await MeasureAsync(1, jobs, cancellationToken);
        await MeasureAsync(Several, Math.Max(1, jobs / 4), cancellationToken);
        var one = await MeasureAsync(1, jobs, cancellationToken);
        var several = await MeasureAsync(Several, Math.Max(1, jobs / 4), cancellationToken);
        var histories = await RunHistoriesAsync(cancellationToken);
        PhaseLine Line(string phase, int few, int many) => PhaseLine.Through(few, one[phase], many, several[phase]);
        return new JobProfile(
            histories.Pipeline,
            $"{Environment.ProcessorCount} cores, .NET {Environment.Version}",
            await requestProcessor(cancellationToken),
            one[Networks].ProcessorMilliseconds,
            histories.Posted,
            histories.Uploaded,
            histories.SeenWakes,
            Line("submit", Modalities.Length, Modalities.Length * Several),
            one["takeIn"],
            one["seen"],
            Line("list", Modalities.Length, Modalities.Length * Several),
            Line("encode", 1, Several),
            Line("fuse", Modalities.Length, Modalities.Length * Several),
            Line("publish", Modalities.Length, Modalities.Length * Several),
            histories.Most);
    }

    /// <summary>What each step costs on average, with so many inputs of each modality.</summary>
    internal async Task<Dictionary<string, PhaseCost>> MeasureAsync(int each, int count, CancellationToken cancellationToken)
    {
        await using var host = new MeasuredHost(models);
        var costs = new Dictionary<string, PhaseCost>();
        var files = SampleInputs.Read(models, each);
        var records = new List<JobRecord>();
        var listings = new Dictionary<JobId, InputListing>();
        var reports = new Dictionary<JobId, List<EncodeReport>>();

        await Phase("submit", 1, index => SubmitAsync(host, Id("posted", index), files, records, cancellationToken));
        await Phase("seen", files.Count, index => EachFile(files, file =>
            host.Get<UploadEvents>().OnUploadAsync($"{Id("posted", index)}/{file.Name}", cancellationToken)));
        await Phase("list", 1, async index => listings[Id("posted", index)] =
            await JobActivities.ListInputs.RunAsync(host.Activities, new ListRequest(Id("posted", index), 1), cancellationToken));
        var networks = await NetworksAsync(host, records[..^1], cancellationToken);
        await Phase("encode", Modalities.Length, async index => reports[Id("posted", index)] =
            await EncodeAsync(host, Id("posted", index), listings[Id("posted", index)], cancellationToken));
        costs[Networks] = PhaseCost.Zero with { ProcessorMilliseconds = networks };
        costs["encode"] = costs["encode"] with
        {
            ProcessorMilliseconds = Math.Max(0, costs["encode"].ProcessorMilliseconds - networks),
        };
        await Phase("fuse", 1, index => JobActivities.FuseAndExecute.RunAsync(
            host.Activities,
            new FuseRequest(Id("posted", index), 1, records[index].StartedAt, listings[Id("posted", index)].Reference, reports[Id("posted", index)]),
            cancellationToken));
        await Phase("publish", 1, index => JobActivities.PublishResult.RunAsync(
            host.Activities, new PublishRequest(Id("posted", index), 1, records[index].StartedAt), cancellationToken));

        for (var index = 0; index < count + 2; index++)
        {
            await UploadAsync(host, Id("uploaded", index), files, cancellationToken);
        }

        await Phase("takeIn", files.Count, index => EachFile(files, file =>
            host.Get<UploadEvents>().OnUploadAsync($"{Id("uploaded", index)}/{file.Name}", cancellationToken)));
        return costs;

        // The first job pays for what is done once; the last runs on a store that counts rounds.
        async Task Phase(string name, int parts, Func<int, Task> runAsync)
        {
            await runAsync(0);
            var (counts, blobs, messages, processor) = (host.Store.Counts, host.Store.PerBlob, host.Publisher.Messages.Count, ProcessorTime());
            for (var index = 1; index <= count; index++)
            {
                await runAsync(index);
            }

            var (after, spent) = (host.Store.Counts, ProcessorTime() - processor);
            var shared = MostShared(blobs, host.Store.PerBlob);
            var (sent, rounds) = (host.Publisher.Messages.Count - messages, host.Store.Rounds);
            host.Store.CountsRounds = true;
            await runAsync(count + 1);
            host.Store.CountsRounds = false;
            var share = 1.0 / (count * parts);
            costs[name] = new PhaseCost(
                share * (after.Reads - counts.Reads),
                share * (after.Writes - counts.Writes),
                share * (after.Lists - counts.Lists),
                share * (after.Deletes - counts.Deletes),
                share * sent,
                (double)(host.Store.Rounds - rounds) / parts,
                share * (after.Bytes - counts.Bytes),
                share * spent.TotalMilliseconds,
                share * shared);
        }
    }

    private static async Task SubmitAsync(
        MeasuredHost host, JobId job, IReadOnlyList<JobFile> files, List<JobRecord> records, CancellationToken cancellationToken)
    {
        // As the route POST /api/jobs does it.
        await host.Get<JobAdministration>().ThrowIfErasedAsync(job, cancellationToken);
        await host.Get<JobSubmission>().SubmitAsync(job, new JobOptions { Pipeline = "digits" }, files, cancellationToken);
        var record = await host.Get<JobRecords>().GetAsync(job, cancellationToken);
        await host.Get<JobLauncher>().LaunchAsync(record, files.Select(file => file.Name).ToHashSet(), cancellationToken);
        records.Add(record);
    }

    private static async Task UploadAsync(MeasuredHost host, JobId job, IReadOnlyList<JobFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await host.Inner.WriteAsync(JobPaths.Upload(job, file.Name), await file.ReadAsync(cancellationToken), default, cancellationToken);
        }
    }

    private static async Task EachFile(IReadOnlyList<JobFile> files, Func<JobFile, Task> runAsync)
    {
        foreach (var file in files)
        {
            await runAsync(file);
        }
    }

    private static async Task<List<EncodeReport>> EncodeAsync(MeasuredHost host, JobId job, InputListing listing, CancellationToken cancellationToken)
    {
        var reports = new List<EncodeReport>();
        foreach (var modality in listing.Modalities)
        {
            reports.Add(await JobActivities.Encode(modality.Modality).RunAsync(
                host.Activities, new EncodeRequest(job, 1, listing.Reference, modality.Modality, 0, modality.Ready), cancellationToken));
        }

        return reports;
    }

    // The networks' own processor time, in milliseconds for each activity, on the same features.
    private static async Task<double> NetworksAsync(MeasuredHost host, IReadOnlyList<JobRecord> records, CancellationToken cancellationToken)
    {
        var pipeline = host.Get<PipelineCatalog>().Get("digits");
        var calls = new List<(Modality Modality, List<Features> Features)>();
        foreach (var record in records)
        {
            foreach (var modality in Modalities)
            {
                calls.Add((modality, await FeaturesAsync(host, record, modality, cancellationToken)));
            }
        }

        // Opened before the clock runs.
        foreach (var (modality, features) in calls.Take(Modalities.Length))
        {
            await pipeline.Encoder(modality).GenerateAsync(features, cancellationToken: cancellationToken);
        }

        var processor = ProcessorTime();
        foreach (var (modality, features) in calls)
        {
            await pipeline.Encoder(modality).GenerateAsync(features, cancellationToken: cancellationToken);
        }

        return (ProcessorTime() - processor).TotalMilliseconds / calls.Count;
    }

    private static async Task<List<Features>> FeaturesAsync(
        MeasuredHost host, JobRecord record, Modality modality, CancellationToken cancellationToken)
    {
        var found = new List<Features>();
        foreach (var name in record.Options.Inputs!)
        {
            if (await host.Get<InputStore>().FindReceiptAsync(record.JobId, name, cancellationToken) is { } receipt && receipt.Modality == modality
                && await host.Get<FeatureStore>().FindAsync(record.JobId, receipt.Input, record.PipelineDigest, cancellationToken) is { } features)
            {
                found.Add(features);
            }
        }

        return found;
    }

    // Both ways a job comes, each run to its end by the orchestration itself.
    private async Task<(JobHistory Posted, JobHistory Uploaded, double SeenWakes, string Pipeline, int Most)> RunHistoriesAsync(CancellationToken cancellationToken)
    {
        await using var host = new MeasuredHost(models);
        var files = SampleInputs.Read(models, 1);
        await SubmitAsync(host, Id("posted", 0), files, [], cancellationToken);
        var posted = new HistoryContext(host.Activities, host.Engine.Started!, host.Engine.Woken);

        // The events of what was posted, while the job is open.
        host.Engine.Woken = 0;
        await EachFile(files, file => host.Get<UploadEvents>().OnUploadAsync($"{Id("posted", 0)}/{file.Name}", cancellationToken));
        var seenWakes = (double)host.Engine.Woken / files.Count;
        await posted.RunAsync();

        var uploaded = Id("uploaded", 0);
        await UploadAsync(host, uploaded, files, cancellationToken);
        host.Engine.Woken = 0;
        await EachFile(files, file => host.Get<UploadEvents>().OnUploadAsync($"{uploaded}/{file.Name}", cancellationToken));
        var waited = new HistoryContext(host.Activities, host.Engine.Started!, host.Engine.Woken);
        await waited.RunAsync();
        foreach (var job in (JobId[])[Id("posted", 0), uploaded])
        {
            var record = await host.Get<JobRecords>().GetAsync(job, cancellationToken);
            if (record is not { State: JobState.Closed, Outcome: JobOutcomeStatus.Succeeded })
            {
                throw new InvalidOperationException($"The job {job} that was measured did not succeed: {record.State}, {record.Outcome}.");
            }
        }

        var pipeline = host.Get<PipelineCatalog>().Get("digits").Definition;
        return (posted.History, waited.History, seenWakes, $"{pipeline.Name} {pipeline.Version}", host.Store.PerBlob.Values.Max());
    }

    // Blobs that every job asks for: what a job has of its own bears its id, and tombstones a hash of it.
    private static double MostShared(IReadOnlyDictionary<BlobPath, int> before, IReadOnlyDictionary<BlobPath, int> after) => after
        .Where(pair => pair.Key.Container != Containers.Tombstones
            && !pair.Key.Name.Contains("posted-", StringComparison.Ordinal)
            && !pair.Key.Name.Contains("uploaded-", StringComparison.Ordinal))
        .Select(pair => pair.Value - before.GetValueOrDefault(pair.Key))
        .DefaultIfEmpty()
        .Max();

    private static JobId Id(string kind, int index) => JobId.Parse(string.Create(CultureInfo.InvariantCulture, $"{kind}-{index:d5}"));

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
