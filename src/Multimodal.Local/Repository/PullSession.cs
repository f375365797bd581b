using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Hub;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Models.Provenance;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>
/// One call of <c>multimodal models pull</c>: fetches what is needed into a cache, checks it, and makes a pipeline of it. A pipeline that
/// was pulled is pinned by its lock file: it is fetched again exactly as it was, until it is to be updated.
/// </summary>
internal sealed class PullSession(PullSettings settings, HubSettings? hub = null, HubLimits? limits = null)
{
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

        await using var services = RepositoryServices.Compose(services => services.AddHub(hub ?? HubSettings.FromEnvironment(), limits));
        using var fetched = await new SourceFetcher(services, screen).FetchAsync(
            settings.Source, pinned, settings.Variant, settings.Cache, (files, variant) => ExportLayout.Needed(files, ExportLayout.Choose(files, variant, settings.Source.ToString())), cancellationToken);
        await PlaceAsync(services, fetched.Lock, fetched.Folder, screen, cancellationToken);
        fetched.Forget();
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

    private async Task PlaceAsync(ServiceProvider services, PullLock made, string folder, RepositoryScreen screen, CancellationToken cancellationToken)
    {
        if (!settings.Update && File.Exists(Path.Combine(Target, ModelRepository.DefinitionFile)))
        {
            // What people added to the pipeline, tasks for one, stays; only files that are lost or damaged come back.
            made.Restore(folder, Target);
            await File.WriteAllBytesAsync(Path.Combine(Target, PullLock.FileName), made.ToBytes(), cancellationToken);
            new ModelRepository(settings.Models).Load(Name);
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
                Provenance = new PipelineProvenance { Parents = [made.ToParent()] },

                // What is there at this point was pulled, and is to be updated or lacks its definition.
                Replace = Path.Exists(Target),
                Beside = new Dictionary<string, byte[]> { [PullLock.FileName] = made.ToBytes() },
            },
            settings.Models,
            cancellationToken)));
    }
}
