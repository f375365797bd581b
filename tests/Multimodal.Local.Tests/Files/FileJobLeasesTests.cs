using Multimodal.Local.Files;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Tests.Files;

public sealed class FileJobLeasesTests : IDisposable
{
    private static readonly JobId Job = JobId.Parse("a-job");
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    [Fact]
    public async Task TryAcquire_HeldByAnother_GivesNullUntilGivenBack()
    {
        var (one, other) = (new FileJobLeases(_root), new FileJobLeases(_root));

        var lease = await one.TryAcquireAsync(Job, TestContext.Current.CancellationToken);
        Assert.NotNull(lease);
        Assert.Null(await other.TryAcquireAsync(Job, TestContext.Current.CancellationToken));

        await lease.DisposeAsync();
        var taken = await other.TryAcquireAsync(Job, TestContext.Current.CancellationToken);
        Assert.NotNull(taken);
        await taken.DisposeAsync();
    }

    [Fact]
    public async Task TryAcquire_OtherJob_IsIndependent()
    {
        var leases = new FileJobLeases(_root);

        await using var lease = await leases.TryAcquireAsync(Job, TestContext.Current.CancellationToken);
        await using var other = await leases.TryAcquireAsync(JobId.Parse("another"), TestContext.Current.CancellationToken);

        Assert.NotNull(other);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
