using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Encryption;

public sealed class MissingKeyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Containers.Features)]
    [InlineData(Containers.Embeddings)]
    public async Task Run_KeyOfAnInputMissing_EndsWithoutAResultAndGoesOnWithTheKey(string locked)
    {
        using var host = CreateHost(out var store);
        var record = await host.SubmitAsync(("a.txt", "abcc"));
        var listing = await host.Activities.ListInputs.RunAsync(new ListRequest(JobHost.Job, 1), Token);
        var encode = new EncodeRequest(JobHost.Job, 1, listing.Reference, Modality.Text, 0, 1);
        if (locked == Containers.Embeddings)
        {
            await host.Activities.Encode.RunAsync(encode, Token);
        }

        store().Locked = locked;
        var report = await host.Activities.Encode.RunAsync(encode, Token);
        var before = await host.ListAsync();

        // What the flow hands on is what the stage that fuses refuses: no result without the modality.
        Assert.Equal("a-key", report.MissingKey);
        var e = await Assert.ThrowsAsync<BlobKeyException>(() => host.Activities.FuseAndExecute.RunAsync(
            new FuseRequest(JobHost.Job, 1, record.StartedAt, listing.Reference, [report]), Token));
        Assert.Equal("a-key", e.KeyId);
        Assert.Equal(before, await host.ListAsync());

        store().Locked = null;
        Assert.Equal(JobOutcomeStatus.Succeeded, (await host.RunAsync(record)).Status);
    }

    [Fact]
    public async Task Poison_UploadThatOnlyLacksItsKey_IsNotGivenUp()
    {
        using var host = CreateHost(out var store);
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");
        store().Locked = Containers.Uploads;

        await Assert.ThrowsAsync<BlobKeyException>(() => host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "out of luck", Token));

        Assert.Equal([$"uploads/{JobHost.Job}/a.txt"], await host.ListAsync());
    }

    [Fact]
    public async Task Publish_HostThatEncrypts_SendsNoVerdict()
    {
        using var host = CreateHost(out _, verdicts: false);
        using var open = CreateHost(out _);

        await host.RunAsync(await host.SubmitAsync(("a.txt", "abcc")));
        await open.RunAsync(await open.SubmitAsync(("a.txt", "abcc")));

        Assert.Equal("c", Verdict(open));
        Assert.Null(Verdict(host));
        Assert.Equal("results/a-job/result.json", Data(host).GetProperty("result").GetString());
    }

    private static string? Verdict(JobHost host) =>
        Data(host).GetProperty("verdicts").EnumerateArray().Select(verdict => verdict.GetProperty("label").GetString()).SingleOrDefault();

    private static System.Text.Json.JsonElement Data(JobHost host)
    {
        using var message = System.Text.Json.JsonDocument.Parse(host.Publisher.Messages.Single().Content);
        return message.RootElement.GetProperty("data").Clone();
    }

    private static JobHost CreateHost(out Func<KeylessBlobStore> store, bool verdicts = true)
    {
        KeylessBlobStore? keyless = null;
        var host = new JobHost(configure: services =>
        {
            var inner = (IBlobStore)services.Last(service => service.ServiceType == typeof(IBlobStore)).ImplementationInstance!;
            keyless = new KeylessBlobStore(inner);
            services.Replace(ServiceDescriptor.Singleton<IBlobStore>(keyless));
            var settings = (HostSettings)services.Last(service => service.ServiceType == typeof(HostSettings)).ImplementationInstance!;
            services.Replace(ServiceDescriptor.Singleton(settings with { VerdictsInMessages = verdicts }));
        });
        store = () => keyless!;
        return host;
    }
}
