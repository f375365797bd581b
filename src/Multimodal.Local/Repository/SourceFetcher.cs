using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Files;
using Multimodal.Local.Hub;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>Fetches what is needed of a model into the cache, and checks it: what a lock pins, or what is chosen of what the hub has by now.</summary>
internal sealed class SourceFetcher(IServiceProvider services, RepositoryScreen screen)
{
    private readonly HubLimits _limits = services.GetRequiredService<HubLimits>();
    private readonly IModelInspector _inspector = services.GetRequiredService<IModelInspector>();

    /// <summary>Fetches it.</summary>
    /// <param name="source">The model.</param>
    /// <param name="pinned">What pins it, or null.</param>
    /// <param name="variant">The variant of its ONNX files, where nothing pins it.</param>
    /// <param name="cache">Where what is not finished is kept; null: where it is by default.</param>
    /// <param name="choose">Chooses among the names of its files, by the variant.</param>
    /// <param name="cancellationToken">Ends the work; what is fetched is kept.</param>
    /// <exception cref="HubException">It cannot be fetched, or is not what is pinned or declared.</exception>
    public async Task<FetchedSource> FetchAsync(
        HubSource source,
        PullLock? pinned,
        string variant,
        string? cache,
        Func<IReadOnlyCollection<string>, string, IReadOnlyList<string>> choose,
        CancellationToken cancellationToken)
    {
        var exact = pinned is null ? source : source with { Revision = pinned.Commit };
        var model = await services.GetRequiredService<HubClient>().GetModelAsync(exact, cancellationToken);
        var wanted = pinned is null ? Choose(model, files => choose(files, variant)) : Match(model, pinned);
        var folder = PullCache.FolderOf(cache, exact, model.Commit);
        var turn = ExclusiveFile.TryOpen(folder + ".lock")
            ?? throw new HubException($"Another pull of {exact} is at work in {folder}. Wait for its end.");
        try
        {
            screen.Notes.MarkupLineInterpolated($"[grey]{exact.Repository} at {model.Commit}[/]");
            var files = await FetchFilesAsync(exact, model, wanted, folder, cancellationToken);
            Require(pinned, files);
            var made = pinned ?? new PullLock
            {
                Repository = source.Repository,
                Revision = source.Revision,
                Commit = model.Commit,
                Variant = variant,
                Files = files,
            };
            return new FetchedSource(made, folder, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<HubFile> Choose(HubModel model, Func<IReadOnlyCollection<string>, IReadOnlyList<string>> choose)
    {
        var needed = choose([.. model.Files.Select(file => file.Path)]);
        return [.. model.Files.Where(file => needed.Contains(file.Path))];
    }

    private static List<HubFile> Match(HubModel model, PullLock pinned)
    {
        if (model.Commit != pinned.Commit)
        {
            throw new HubException($"The hub answers {pinned.Repository}@{pinned.Commit} with the commit {model.Commit}. The lock file is not followed elsewhere.");
        }

        return
        [
            .. pinned.Files.Select(locked => model.Files.FirstOrDefault(file => file.Path == locked.Path) is { } file
                && file.Size == locked.Size
                && (file.Sha256 is null || file.Sha256 == locked.Sha256)
                    ? file
                    : throw new HubException($"{locked.Path} is not at the hub as {PullLock.FileName} pins it: {locked.Size} bytes with SHA-256 {locked.Sha256}.")),
        ];
    }

    private async Task<IReadOnlyList<LockedFile>> FetchFilesAsync(
        HubSource source,
        HubModel model,
        IReadOnlyList<HubFile> wanted,
        string folder,
        CancellationToken cancellationToken)
    {
        var fetcher = services.GetRequiredService<FileFetcher>();
        var fetched = new SortedDictionary<string, LockedFile>(StringComparer.Ordinal);
        await PullProgress.RunAsync(screen.Notes, async progress =>
        {
            // The large tensors of a model may lie in files that only the model itself names.
            for (var next = wanted; next.Count > 0; next = Beside(model, fetched, folder))
            {
                Check(source, [.. next, .. model.Files.Where(file => fetched.ContainsKey(file.Path))], folder);
                foreach (var file in next)
                {
                    using var bar = progress.Begin(file);
                    fetched.Add(file.Path, await fetcher.FetchAsync(source, model.Commit, file, folder, bar, cancellationToken));
                }
            }
        });
        return [.. fetched.Values];
    }

    private List<HubFile> Beside(HubModel model, SortedDictionary<string, LockedFile> fetched, string folder)
    {
        var named =
            from path in fetched.Keys
            where path.EndsWith(".onnx", StringComparison.Ordinal)
            from location in _inspector.FindExternalData(Path.Combine(folder, path))
            select ModelFolder.Beside(path, location);
        var missing = named.Where(path => !fetched.ContainsKey(path)).ToHashSet(StringComparer.Ordinal);
        return [.. model.Files.Where(file => missing.Contains(file.Path))];
    }

    private void Check(HubSource source, IReadOnlyList<HubFile> files, string folder)
    {
        foreach (var file in files)
        {
            if (file.Size < 0 || (file.Sha256 ?? file.GitBlob) is not { Length: 40 or 64 })
            {
                throw new HubException($"The hub declares no size or no hash of {file.Path} of {source}, so that nothing would vouch for it.");
            }

            if (file.Size > _limits.MaximumFileBytes)
            {
                throw new HubException($"{file.Path} of {source} has {ByteText.Of(file.Size)}; at most {ByteText.Of(_limits.MaximumFileBytes)} are fetched.");
            }
        }

        var bytes = files.Sum(file => file.Size);
        if (bytes > _limits.MaximumBytes)
        {
            throw new HubException($"What is needed of {source} has {ByteText.Of(bytes)}; at most {ByteText.Of(_limits.MaximumBytes)} are fetched.");
        }

        // What is there already counts as if it had to come: the pipeline gets a copy of its own.
        Directory.CreateDirectory(folder);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (bytes > free)
        {
            throw new HubException($"What is needed of {source} has {ByteText.Of(bytes)}, and {folder} has {ByteText.Of(free)} left. Make room, or name another place by --cache.");
        }
    }

    private static void Require(PullLock? pinned, IReadOnlyList<LockedFile> files)
    {
        foreach (var locked in pinned?.Files ?? [])
        {
            if (files.First(file => file.Path == locked.Path) is var file && file.Sha256 != locked.Sha256)
            {
                throw new HubException($"{locked.Path} has SHA-256 {file.Sha256}, but {PullLock.FileName} pins {locked.Sha256}. Nothing was changed.");
            }
        }
    }
}
