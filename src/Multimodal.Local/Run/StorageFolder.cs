namespace Multimodal.Local.Run;

/// <summary>The folder that a run's stores lie in: the user's, or one that is deleted afterwards.</summary>
internal sealed class StorageFolder : IDisposable
{
    private readonly bool _temporary;

    private StorageFolder(string path, bool temporary)
    {
        Path = path;
        _temporary = temporary;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Opens the named folder, or a temporary one where none is named.</summary>
    public static StorageFolder Open(string? named) => named is null
        ? new StorageFolder(Directory.CreateTempSubdirectory("multimodal-").FullName, temporary: true)
        : new StorageFolder(Directory.CreateDirectory(named).FullName, temporary: false);

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
