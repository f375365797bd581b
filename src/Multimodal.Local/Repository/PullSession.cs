using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Files;
using Multimodal.Local.Hub;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>
/// One call of <c>multimodal models pull</c>: fetches what is needed into a cache, checks it, and makes a pipeline of it. A pipeline that
/// was pulled is pinned by its lock file: it is fetched again exactly as it was, until it is to be updated.
/// </summary>
internal sealed class PullSession(PullSettings settings, HubSettings? hub = null, HubLimits? limits = null)
{
    private readonly HubLimits _limits = limits ?? new HubLimits();

    private string Name { get; } = PipelineName.Of(settings.Name ?? settings.Source.Name, isGiven: true);

    private string Target => Path.Combine(Path.GetFullPath(settings.Models), Name);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var screen = RepositoryScreen.Create();
        var pinned = FindLock();
        if (pinned is not null && !settings.Update && IsIntact())
        {
            screen.Results.MarkupLineInterpolated($"[bold]{Name}[/] is there, as {pinned.Repository} was at {pinned.Commit}. Fetch what it is by now by --update.");
            return ExitCodes.Success;
        }

        await using var services = RepositoryServices.Compose(services => services.AddHub(hub ?? HubSettings.FromEnvironment(), _limits));
        var client = services.GetRequiredService<HubClient>();
        var source = pinned is null ? settings.Source : settings.Source with { Revision = pinned.Commit };
        var model = await client.GetModelAsync(source, cancellationToken);
        var variant = pinned?.Variant ?? settings.Variant;
        var wanted = pinned is null ? Choose(model, variant) : Match(model, pinned);
        var folder = PullCache.FolderOf(settings.Cache, source, model.Commit);
        using var turn = ExclusiveFile.TryOpen(folder + ".lock")
            ?? throw new HubException($"Another pull of {source} is at work in {folder}. Wait for its end.");
        screen.Notes.MarkupLineInterpolated($"[grey]{source.Repository} at {model.Commit}[/]");
        var files = await FetchAsync(services, source, model, wanted, folder, screen, cancellationToken);
        Require(pinned, files);
        var made = pinned ?? new PullLock
        {
            Repository = source.Repository,
            Revision = settings.Source.Revision,
            Commit = model.Commit,
            Variant = variant,
            Files = files,
        };
        await PlaceAsync(services, made, folder, screen, cancellationToken);
        Directory.Delete(folder, recursive: true);
        return ExitCodes.Success;
    }

    /// <summary>What pins this pull: a lock file that is named, or that of the pipeline that is there.</summary>
    private PullLock? FindLock()
    {
        var own = Path.Combine(Target, PullLock.FileName);
        var file = settings.Lock ?? (File.Exists(own) ? own : null);
        if (file is null)
        {
            return Path.Exists(Target)
                ? throw new PipelineException($"There is a pipeline '{Name}' in {settings.Models} already, which was not pulled. Choose another name by --name.")
                : null;
        }

        var read = PullLock.Read(file);
        if (read.Repository != settings.Source.Repository)
        {
            throw new UsageException($"{file} is of {read.Repository}, not of {settings.Source.Repository}. Choose another name by --name.");
        }

        if (settings.Update && settings.Lock is null)
        {
            return null;
        }

        return settings.Source.Revision is HubSource.DefaultRevision || settings.Source.Revision == read.Revision || settings.Source.Revision == read.Commit
            ? read
            : throw new UsageException($"{file} pins {read.Repository} to {read.Revision} at {read.Commit}, and {settings.Source.Revision} is asked for. Say --update to leave it.");
    }

    private bool IsIntact()
    {
        try
        {
            new ModelRepository(settings.Models).Load(Name);
            return true;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private IReadOnlyList<HubFile> Choose(HubModel model, string variant)
    {
        string[] names = [.. model.Files.Select(file => file.Path)];
        var needed = ExportLayout.Needed(names, ExportLayout.Choose(names, variant, settings.Source.ToString()));
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

    private async Task<IReadOnlyList<LockedFile>> FetchAsync(
        ServiceProvider services,
        HubSource source,
        HubModel model,
        IReadOnlyList<HubFile> wanted,
        string folder,
        RepositoryScreen screen,
        CancellationToken cancellationToken)
    {
        var fetcher = services.GetRequiredService<FileFetcher>();
        var inspector = services.GetRequiredService<IModelInspector>();
        var fetched = new SortedDictionary<string, LockedFile>(StringComparer.Ordinal);
        await PullProgress.RunAsync(screen.Notes, async progress =>
        {
            // The large tensors of a model may lie in files that only the model itself names.
            for (var next = wanted; next.Count > 0; next = Beside(inspector, model, fetched, folder))
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

    private static List<HubFile> Beside(IModelInspector inspector, HubModel model, SortedDictionary<string, LockedFile> fetched, string folder)
    {
        var named =
            from path in fetched.Keys
            where path.EndsWith(".onnx", StringComparison.Ordinal)
            from location in inspector.FindExternalData(Path.Combine(folder, path))
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

    private async Task PlaceAsync(ServiceProvider services, PullLock made, string folder, RepositoryScreen screen, CancellationToken cancellationToken)
    {
        if (!settings.Update && File.Exists(Path.Combine(Target, ModelRepository.DefinitionFile)))
        {
            // What people added to the pipeline, tasks for one, stays; only files that are lost or damaged come back.
            Restore(made, folder);
            screen.Results.MarkupLineInterpolated($"[green]Restored[/] [bold]{Name}[/], as {made.Repository} was at {made.Commit}.");
            return;
        }

        var importer = services.GetRequiredService<FolderImporter>();
        screen.Show(await screen.WaitAsync("making a pipeline", () => importer.ImportAsync(
            new ImportRequest(folder, Name)
            {
                Variant = made.Variant,
                Version = made.Commit[..12],
                Origin = made.Repository,

                // What is there at this point was pulled, and is to be updated or lacks its definition.
                Replace = Path.Exists(Target),
                Beside = new Dictionary<string, byte[]> { [PullLock.FileName] = made.ToBytes() },
            },
            settings.Models,
            cancellationToken)));
    }

    private void Restore(PullLock made, string folder)
    {
        foreach (var file in made.Files)
        {
            var place = Path.Combine(Target, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(Path.Combine(folder, file.Path), place + ".part", overwrite: true);
            File.Move(place + ".part", place, overwrite: true);
        }

        File.WriteAllBytes(Path.Combine(Target, PullLock.FileName), made.ToBytes());
        new ModelRepository(settings.Models).Load(Name);
    }
}
