namespace Multimodal.Http;

/// <summary>Takes every job.</summary>
internal sealed class UnboundedAdmission : IJobAdmission, IDisposable
{
    public TimeSpan? FindBusy() => null;

    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IDisposable>(this);

    public void Dispose()
    {
    }
}
