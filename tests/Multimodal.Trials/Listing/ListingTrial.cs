using System.Diagnostics;
using System.Globalization;
using Multimodal.Pipeline.Storage;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Listing;

/// <summary>Goes page by page through very many blobs, as a batch does, and once more from the middle on.</summary>
internal sealed class ListingTrial(ITrialStorage storage, int blobs, Action<string> tell)
{
    private const int PageSize = 5_000;
    private const string Prefix = "many/";

    public async Task<ListingReport> RunAsync(CancellationToken cancellationToken)
    {
        var content = "x"u8.ToArray();
        var seeding = Stopwatch.StartNew();
        await Parallel.ForAsync(
            0,
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                await storage.PutAsync(new BlobPath(Containers.Bulk, NameOf(i)), content, token);
                if (i % 20_000 == 0)
                {
                    tell(string.Create(CultureInfo.InvariantCulture, $"{seeding.Elapsed.TotalSeconds:0} s: {i}"));
                }
            });

        var times = new List<double>();
        var held = new List<double>();
        var names = 0;
        var inOrder = true;
        string? continuation = null, middle = null;
        string last = "", firstOfMiddle = "";
        var middlePage = (blobs / PageSize) / 2;
        var allocated = GC.GetTotalAllocatedBytes();
        var whole = Stopwatch.StartNew();
        do
        {
            if (times.Count == middlePage)
            {
                middle = continuation;
            }

            var begun = Stopwatch.GetTimestamp();
            var page = await storage.Blobs.ListPageAsync(Containers.Bulk, Prefix, continuation, PageSize, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (times.Count - 1 == middlePage)
            {
                firstOfMiddle = page.Entries[0].Path.Name;
            }

            foreach (var entry in page.Entries)
            {
                inOrder &= string.CompareOrdinal(entry.Path.Name, last) > 0;
                last = entry.Path.Name;
                names++;
            }

            continuation = page.Continuation;
            page = null;
            held.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024.0 / 1024.0);
        }
        while (continuation is not null);

        var elapsed = whole.Elapsed.TotalMilliseconds;
        var perPage = (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / 1024.0 / times.Count;
        var another = storage.OpenAnother();
        var resumed = Stopwatch.StartNew();
        var again = await another.ListPageAsync(Containers.Bulk, Prefix, middle, PageSize, cancellationToken);
        return new ListingReport
        {
            Storage = storage.Name,
            Blobs = blobs,
            Pages = times.Count,
            Whole = Math.Round(elapsed),
            FirstPage = Math.Round(times[0]),
            MedianPage = Math.Round(times.Order().ElementAt(times.Count / 2)),
            LastPage = Math.Round(times[^1]),
            ResumedPage = Math.Round(resumed.Elapsed.TotalMilliseconds),
            HeldAtFirst = Math.Round(held[Math.Min(1, held.Count - 1)], 1),
            HeldInTheMiddle = Math.Round(held[held.Count / 2], 1),
            HeldAtTheEnd = Math.Round(held[^1], 1),
            AllocatedByPage = Math.Round(perPage, 1),
            IsSound = inOrder && names == blobs && again.Entries[0].Path.Name == firstOfMiddle,
        };
    }

    private static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{i:d8}.txt");
}
