using Microsoft.AspNetCore.Connections;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Functions.Composition;
using Multimodal.Functions.Durable;
using Multimodal.Functions.Jobs;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions.Tests.Durable;

/// <summary>The orchestrator function on Durable's own engine, in memory, with the JSON that the app uses.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    public static readonly JobId Job = JobId.Parse("a-job");

    private static readonly DataConverter Json = new JsonDataConverter(WorkerJson.Options);

    private readonly DurableTaskTestHost _host;

    private DurableHost(DurableTaskTestHost host)
    {
        _host = host;
        Clients.Use(host.Client);
        Engine = new DurableJobEngine(Clients, TimeProvider.System, NullLogger<DurableJobEngine>.Instance);
    }

    public DurableJobEngine Engine { get; }

    public DurableTaskClient Client => _host.Client;

    private DurableClients Clients { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DurableHost> StartAsync(Action<DurableTaskRegistry> registerActivities)
    {
        var options = new DurableTaskTestHostOptions
        {
            ConfigureServices = services =>
            {
                services.ConfigureAll<DurableTaskWorkerOptions>(worker => worker.DataConverter = Json);
                services.ConfigureAll<DurableTaskClientOptions>(client => client.DataConverter = Json);
            },
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new DurableHost(await DurableTaskTestHost.StartAsync(
                    registry =>
                    {
                        registry.AddOrchestratorFunc<RunJobRequest, JobSummary?>(JobOrchestration.Name, (context, _) => RunJobFunction.RunJob(context));
                        registerActivities(registry);
                    },
                    options,
                    Token));
            }
            catch (IOException e) when (e.InnerException is AddressInUseException && attempt < 5)
            {
                // The test host draws its port at random, and something else has that one.
            }
        }
    }

    public static RunJobRequest Request(bool complete = true, bool named = false, double quiet = 0.5, double deadline = 30, int revision = 1) =>
        new(Job, revision, complete, named, quiet, DateTimeOffset.UtcNow.AddSeconds(deadline), DateTimeOffset.UtcNow);

    /// <summary>Lets the engine be used by the calling test.</summary>
    public DurableJobEngine Use()
    {
        Clients.Use(Client);
        return Engine;
    }

    public async Task<OrchestrationMetadata> RunAsync(RunJobRequest request)
    {
        await Use().StartAsync(request, Token);
        return await WaitAsync();
    }

    public Task<OrchestrationMetadata> WaitAsync() => Client.WaitForInstanceCompletionAsync(Job.Value, getInputsAndOutputs: true, Token);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
