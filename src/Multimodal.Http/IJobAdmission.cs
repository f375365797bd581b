namespace Multimodal.Http;

/// <summary>Bounds how many jobs a host takes over HTTP. A host that registers none takes all.</summary>
public interface IJobAdmission
{
    /// <summary>When a sender may try again, because as many jobs wait as may; null where another is taken.</summary>
    TimeSpan? FindBusy();

    /// <summary>Waits until another job's inputs may be taken in; disposing lets the next in.</summary>
    ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken);
}
