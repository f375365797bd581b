using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Local.Serve.Uploads;
using Multimodal.Local.Tests.Engine;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

public sealed class UploadHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_FailsFiveTimes_IsGivenUpSoThatItsJobGoesOn()
    {
        await using var host = new EngineHost();
        var ledger = new UploadLedger(host.Time);
        var handler = new UploadHandler(host.Get<UploadEvents>(), host.Get<InputStore>(), ledger, NullLogger<UploadHandler>.Instance);
        await host.Get<InputStore>().UploadAsync(EngineHost.Job, "a.txt", "a"u8.ToArray(), Token);
        var entry = (await host.Get<InputStore>().FindUploadAsync(EngineHost.Job, "a.txt", Token))!;

        // Where the features go, a file stands in the way.
        Directory.CreateDirectory(host.Root);
        await File.WriteAllTextAsync(Path.Combine(host.Root, Containers.Features), "", Token);
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var pending = ledger.Note(entry)!;
            ledger.Begin(pending);
            await handler.HandleAsync(pending, Token);
            Assert.Null(ledger.Note(entry));
            pauses.Add(pending.NotBefore - host.Time.GetUtcNow());
            host.Time.Advance(pauses[^1]);
        }

        Assert.Null(await host.Get<InputStore>().FindReceiptAsync(EngineHost.Job, "a.txt", Token));
        var last = ledger.Note(entry)!;
        ledger.Begin(last);
        await handler.HandleAsync(last, Token);

        Assert.Equal([1, 2, 4, 8, 16], pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal(InputState.Failed, (await host.Get<InputStore>().FindReceiptAsync(EngineHost.Job, "a.txt", Token))!.State);
        Assert.Null(ledger.Note(entry));
    }
}
