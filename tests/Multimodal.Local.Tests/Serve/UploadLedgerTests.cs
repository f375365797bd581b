using Microsoft.Extensions.Time.Testing;
using Multimodal.Local.Serve.Uploads;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

public sealed class UploadLedgerTests
{
    private static readonly BlobEntry First = new(new BlobPath(Containers.Uploads, "job/a.txt"), "1", 1, DateTimeOffset.UnixEpoch);
    private readonly FakeTimeProvider _time = new();
    private readonly UploadLedger _ledger;

    public UploadLedgerTests() => _ledger = new UploadLedger(_time);

    [Fact]
    public void Note_VersionThatIsDone_IsNotGivenAgain()
    {
        Complete(First);

        Assert.Null(_ledger.Note(First));
        Assert.NotNull(_ledger.Note(First with { ETag = "2" }));
    }

    [Fact]
    public void Note_VersionAtWork_IsGivenToNobodyElse()
    {
        _ledger.Begin(_ledger.Note(First)!);

        Assert.Null(_ledger.Note(First));
        Assert.Null(_ledger.Note(First with { ETag = "2" }));
    }

    [Fact]
    public void Note_OtherVersion_IsSeenAnew()
    {
        var before = _ledger.Note(First)!;
        _time.Advance(TimeSpan.FromSeconds(5));

        var after = _ledger.Note(First with { ETag = "2" })!;

        Assert.Equal(TimeSpan.FromSeconds(5), after.FirstSeen - before.FirstSeen);
    }

    [Fact]
    public void EndListing_WhatIsGone_IsForgotten()
    {
        Complete(First);
        _ledger.BeginListing();
        _ledger.EndListing();

        Assert.NotNull(_ledger.Note(First));
    }

    [Fact]
    public void EndListing_WhatIsListed_IsRemembered()
    {
        Complete(First);
        _ledger.BeginListing();
        _ledger.Note(First);
        _ledger.EndListing();

        Assert.Null(_ledger.Note(First));
    }

    private void Complete(BlobEntry entry)
    {
        var pending = _ledger.Note(entry)!;
        _ledger.Begin(pending);
        _ledger.Complete(pending);
    }
}
