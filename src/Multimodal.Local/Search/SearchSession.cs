using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Repository;
using Multimodal.Local.Serve.Settings;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;
using Spectre.Console;

namespace Multimodal.Local.Search;

/// <summary>One call of <c>multimodal search</c>.</summary>
internal sealed class SearchSession(SearchSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Storage.Folder is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}'. Name by --storage that of 'serve', or of 'run --out'.");
        }

        await using var services = Compose();
        var limits = services.GetRequiredService<InputLimits>();
        try
        {
            var answer = await services.GetRequiredService<JobSearcher>().SearchAsync(await ReadAsync(limits, cancellationToken), cancellationToken);
            Show(answer);
            return ExitCodes.Success;
        }
        catch (SearchException e)
        {
            throw new UsageException($"{e.Message} {e.Remedy}");
        }
        catch (JobNotFoundException e)
        {
            throw new UsageException(e.Message);
        }
        catch (InputException e)
        {
            return await FailAsync($"{e.Error.Message} {e.Error.Remedy}");
        }
        catch (Exception e) when (e is IndexDamagedException or BlobKeyException)
        {
            return await FailAsync(e.Message);
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"multimodal: {message}");
        return ExitCodes.JobFailed;
    }

    private async Task<SearchQuery> ReadAsync(InputLimits limits, CancellationToken cancellationToken) => new()
    {
        Text = settings.Text,
        File = settings.File is null ? null : await ReadFileAsync(settings.File, limits, cancellationToken),
        Job = settings.Job is null ? null
            : JobId.TryParse(settings.Job, out var job) ? job
            : throw new UsageException($"'{settings.Job}' is not a job id."),
        Pipeline = settings.Pipeline,
        Index = settings.Index,
        Filter = settings.Filter,
        Count = settings.Count,
    };

    private static async Task<InputContent> ReadFileAsync(string file, InputLimits limits, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"'{file}' does not exist, or is no file.");
        }

        return new FileInfo(file).Length is var length && length > limits.MaximumBytes
            ? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"'{file}' has {length:n0} bytes; at most {limits.MaximumBytes:n0} are read."))
            : new InputContent(Path.GetFileName(file), await File.ReadAllBytesAsync(file, cancellationToken));
    }

    private ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(new StandardErrorLoggerProvider()));
        var pipeline = services.AddMultimodalPipeline(settings.Models, new HostSettings { DefaultPipeline = settings.Pipeline }, trust: ModelTrustVariables.Read())
            .UseVipsImaging()
            .UseFFmpegAudio()
            .UseOnnxRuntime();
        if (settings.Storage.Folder is { } folder)
        {
            pipeline.UseFileStorage(folder, EncryptionSettings.OpenKeys(EncryptionSettings.Read()));
        }
        else
        {
            pipeline.UseAzureStorage(AzureStorageConfiguration.Read(EnvironmentSettings.Read()), EncryptionSettings.Read());
        }

        return services.BuildServiceProvider();
    }

    private void Show(SearchAnswer answer)
    {
        if (settings.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, SearchJson.Default.SearchAnswer));
            return;
        }

        var screen = RepositoryScreen.Create();
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumn("job");
        table.AddColumn(new TableColumn("score").RightAligned());
        table.AddColumns("by", "verdict", "pipeline", "done", "files");
        foreach (var job in answer.Jobs)
        {
            table.AddRow(
                new Text(job.JobId.Value),
                new Text(job.Score.ToString("0.000", CultureInfo.InvariantCulture)),
                new Text(job.Vector),
                new Text(job.Label ?? ""),
                new Text(job.Pipeline),
                new Text(job.PublishedAt.ToString("u", CultureInfo.InvariantCulture)),
                new Text(string.Join(", ", job.Files)));
        }

        if (answer.Jobs.Count > 0)
        {
            screen.Results.Write(table);
        }
        else
        {
            screen.Notes.MarkupLineInterpolated($"[grey]The index '{answer.Index}' holds no such job.[/]");
        }

        if (answer.Incomplete is { } reason)
        {
            screen.Notes.MarkupLineInterpolated($"[yellow]Jobs may be missing:[/] {reason}");
        }
    }
}
