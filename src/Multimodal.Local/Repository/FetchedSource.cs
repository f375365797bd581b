using Multimodal.Local.Hub;

namespace Multimodal.Local.Repository;

/// <summary>What was fetched of a model and lies in the cache, for nobody else until it is disposed of.</summary>
internal sealed class FetchedSource(PullLock pinned, string folder, IDisposable turn) : IDisposable
{
    /// <summary>What it is.</summary>
    public PullLock Lock => pinned;

    /// <summary>Where it lies.</summary>
    public string Folder => folder;

    /// <summary>Deletes it: it has its place.</summary>
    public void Forget() => Directory.Delete(folder, recursive: true);

    public void Dispose() => turn.Dispose();
}
