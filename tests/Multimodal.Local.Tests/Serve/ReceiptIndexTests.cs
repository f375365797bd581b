using Multimodal.Local.Serve.Uploads;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

public sealed class ReceiptIndexTests
{
    private static readonly DateTimeOffset Written = DateTimeOffset.UnixEpoch.AddDays(1);

    [Theory]
    [InlineData(true, -1, true)]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, false)]
    [InlineData(false, -1, false)]
    public void IsNewer_ReceiptOfAnUpload_IsTrustedOnlyWhereItCameAfterIt(bool timesTell, int secondsAfter, bool expected)
    {
        var index = new ReceiptIndex(new Dictionary<string, DateTimeOffset> { ["job/a.txt.json"] = Written }, timesTell);

        var upload = new BlobEntry(new BlobPath(Containers.Uploads, "job/a.txt"), "1", 1, Written.AddSeconds(secondsAfter));

        Assert.Equal(expected, index.IsNewer(upload));
        Assert.True(index.Holds(upload));
    }

    [Fact]
    public void Holds_UploadWithoutReceipt_DoesNot() =>
        Assert.False(ReceiptIndex.Empty.Holds(new BlobEntry(new BlobPath(Containers.Uploads, "job/a.txt"), "1", 1, Written)));
}
