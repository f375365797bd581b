using Multimodal.Local.Engine;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Serve;

public sealed class ShutdownTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_ActivityAtWork_EndsFirstAndItsJobStaysOpen()
    {
        var root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        using var entered = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        var models = new FakeModelFactory
        {
            BeforeEncoding = _ =>
            {
                entered.Release();
                gate.Wait(TimeSpan.FromSeconds(30));
            },
        };
        await using (var host = await ServeTestHost.StartAsync(root, models: models))
        {
            await host.SubmitAsync("atwork", "a");
            await entered.WaitAsync(Token);

            var stopping = host.Application.StopAsync(Token);
            await Task.Delay(300, Token);
            Assert.False(stopping.IsCompleted);
            gate.Set();
            await stopping;

            // The stage that was at work has stored what it made, and none began after it.
            Assert.Equal(JobState.Open, (await host.Get<JobRecords>().GetAsync(JobId.Parse("atwork"), Token)).State);
            Assert.Equal(1, models.Encoded);
            Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(root, "embeddings", "atwork"), "*", SearchOption.AllDirectories));
            Assert.Empty(host.Messages());
        }

        await using (var next = await ServeTestHost.StartAsync(root))
        {
            Assert.Equal(JobOutcomeStatus.Succeeded, (await next.ResultAsync("atwork")).Status);
            Assert.Equal(0, next.Models.Encoded);
            Assert.Equal(["atwork_1"], next.Messages());
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Stop_ActivityThatDoesNotEnd_IsGivenUpAtTheLimit()
    {
        using var entered = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        var models = new FakeModelFactory
        {
            BeforeEncoding = _ =>
            {
                entered.Release();
                gate.Wait(TimeSpan.FromSeconds(30));
            },
        };
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { ShutdownLimit = TimeSpan.FromSeconds(1) }, models: models);
        await host.SubmitAsync("stuck", "a");
        await entered.WaitAsync(Token);

        await host.Application.StopAsync(Token).WaitAsync(TimeSpan.FromSeconds(15), Token);

        gate.Set();
        Assert.False(host.Get<LocalEngine>().IsFull);
        Assert.Equal(JobState.Open, (await host.Get<JobRecords>().GetAsync(JobId.Parse("stuck"), Token)).State);
    }
}
