using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Engine;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>
/// Watches the uploads: lists them again and again, and has what is new taken in, a bounded number at once. While as many jobs wait as
/// may, uploads wait where they lie.
/// </summary>
internal sealed class UploadWatcher(
    IBlobStore store,
    IUploadSource source,
    UploadLedger ledger,
    UploadHandler handler,
    LocalEngine engine,
    ServeSettings settings,
    TimeProvider time,
    ILogger<UploadWatcher> logger) : BackgroundService
{
    // A listing of very many uploads takes long; at the most a tenth of the time goes into listing.
    private const int PauseToListing = 9;
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _abandoning = new();
    private ReceiptIndex? _receipts;
    private bool _failing;

    /// <summary>Takes nothing further in, and waits for what is being taken in while it may.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _abandoning.CancelAsync();
    }

    public override void Dispose()
    {
        _abandoning.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = Channel.CreateBounded<PendingUpload>(settings.Concurrency);
        var workers = Enumerable.Range(0, settings.Concurrency).Select(_ => WorkAsync(queue.Reader, stoppingToken)).ToArray();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var listing = await TryListAsync(queue.Writer, stoppingToken);
                await Task.Delay(listing.Elapsed * PauseToListing, time, stoppingToken);
                await source.WaitAsync(
                    listing.Unsettled && settings.SettleTime < settings.PollInterval ? settings.SettleTime : settings.PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was told to stop.
        }

        queue.Writer.Complete();
        await Task.WhenAll(workers);
    }

    // A storage that is out of reach for a while is no reason to end.
    private async Task<Listing> TryListAsync(ChannelWriter<PendingUpload> queue, CancellationToken cancellationToken)
    {
        try
        {
            var listing = await ListAsync(queue, cancellationToken);
            _failing = false;
            return listing;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                Log.ListingFailed(logger, LoggedException.Of(e));
            }

            _failing = true;
            return default;
        }
    }

    private async Task<Listing> ListAsync(ChannelWriter<PendingUpload> queue, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var waited = TimeSpan.Zero;
        var unsettled = false;
        var receipts = _receipts ??= await ReceiptIndex.ReadAsync(store, source.TimesTell, cancellationToken);
        var later = new List<PendingUpload>();
        ledger.BeginListing();
        await foreach (var upload in store.ListAsync(Containers.Uploads, "", cancellationToken))
        {
            if (ledger.Note(upload) is not { } pending)
            {
                continue;
            }

            if (!source.IsWhole(upload, time.GetUtcNow() - pending.FirstSeen))
            {
                unsettled = true;
                continue;
            }

            if (receipts.IsNewer(upload))
            {
                ledger.Complete(pending);
            }
            else if (receipts.Holds(upload))
            {
                later.Add(pending);
            }
            else
            {
                waited += await EnqueueAsync(pending, queue, cancellationToken);
            }
        }

        ledger.EndListing();
        foreach (var pending in later)
        {
            waited += await EnqueueAsync(pending, queue, cancellationToken);
        }

        // What it says is known from here on.
        _receipts = ReceiptIndex.Empty;
        return new Listing(unsettled, time.GetElapsedTime(begun) - waited);
    }

    /// <returns>How long that took.</returns>
    private async Task<TimeSpan> EnqueueAsync(PendingUpload pending, ChannelWriter<PendingUpload> queue, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (engine.IsFull)
        {
            await Task.Delay(FullPause, time, cancellationToken);
        }

        // Noted first: whoever takes it from the queue may be done with it at once.
        ledger.Begin(pending);
        await queue.WriteAsync(pending, cancellationToken);
        return time.GetElapsedTime(begun);
    }

    private async Task WorkAsync(ChannelReader<PendingUpload> queue, CancellationToken stoppingToken)
    {
        await foreach (var pending in queue.ReadAllAsync(CancellationToken.None))
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                await handler.HandleAsync(pending, _abandoning.Token);
            }
        }
    }

    /// <param name="Unsettled">Whether something was listed that is not whole yet.</param>
    /// <param name="Elapsed">How long the listing itself took.</param>
    private readonly record struct Listing(bool Unsettled, TimeSpan Elapsed);
}
