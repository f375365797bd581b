using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Multimodal.Local.Composition;
using Multimodal.Local.Repository;
using Multimodal.Local.Serve.Settings;
using Multimodal.Orchestration.Encryption;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Storage.Azure.Encryption;
using Spectre.Console;

namespace Multimodal.Local.Keys;

/// <summary>One call of <c>multimodal keys</c>.</summary>
internal sealed class KeySession(StorageChoice storage)
{
    /// <summary>Makes a key file, or a further key in it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> MakeAsync(string file)
    {
        try
        {
            var id = KeyFile.Extend(file, TimeProvider.System.GetUtcNow());
            await Console.Out.WriteLineAsync(id);
            await Console.Error.WriteLineAsync(
                $"The current key of {file} is now {id}. Keep a copy of the file where the storage is not: without its keys nothing that they encrypted can be read. "
                + "Hosts take it at their next start.");
            return ExitCodes.Success;
        }
        catch (Exception e) when (e is OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Wraps the keys of what is stored with the current one.</summary>
    public Task<int> RotateAsync(CancellationToken cancellationToken) => RunAsync(async services =>
    {
        if (!EncryptionSettings.Read().IsOn)
        {
            throw new UsageException("No key is set: set Encryption__KeyFile or Encryption__KeyVaultKey to what the hosts of this storage use.");
        }

        var report = await services.GetRequiredService<KeyRotation>().RunAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"Wrapped anew: {report.Rewrapped}. Encrypted: {report.Encrypted}. Left as they are: {report.Left}. Without their key: {report.Unreadable}.");
        return report.Unreadable == 0 ? ExitCodes.Success : ExitCodes.JobFailed;
    });

    /// <summary>Shows what each key encrypts.</summary>
    public Task<int> ShowAsync(CancellationToken cancellationToken) => RunAsync(async services =>
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns("container", "key");
        table.AddColumn(new TableColumn("blobs").RightAligned());
        foreach (var row in await services.GetRequiredService<KeyRotation>().CountAsync(cancellationToken))
        {
            table.AddRow(new Text(row.Container), new Text(row.KeyId ?? "none: plain"), new Text($"{row.Blobs}"));
        }

        RepositoryScreen.Create().Results.Write(table);
        return ExitCodes.Success;
    });

    /// <summary>Writes a blob's plain content to standard output.</summary>
    public Task<int> ReadAsync(string path, CancellationToken cancellationToken) => RunAsync(async services =>
    {
        if (path.Split('/', 2) is not [var container, { Length: > 0 } name] || !Containers.All.Contains(container))
        {
            throw new UsageException($"'{path}' is no blob: name its container first, one of {string.Join(", ", Containers.All)}.");
        }

        var blob = await services.GetRequiredService<IBlobStore>().ReadAsync(new BlobPath(container, name), cancellationToken)
            ?? throw new UsageException($"There is no blob '{path}'.");
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(blob.Content, cancellationToken);
        return ExitCodes.Success;
    });

    private async Task<int> RunAsync(Func<IServiceProvider, Task<int>> action)
    {
        if (storage.Folder is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}'. Name by --storage that of 'serve', or of 'run --out'.");
        }

        await using var services = Compose();
        try
        {
            return await action(services);
        }
        catch (Exception e) when (e is BlobKeyException or BlobDamagedException)
        {
            await Console.Error.WriteLineAsync($"multimodal: {e.Message}");
            return ExitCodes.JobFailed;
        }
    }

    private ServiceProvider Compose()
    {
        var encryption = EncryptionSettings.Read();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<KeyRotation>();
        var builder = new MultimodalBuilder(services);
        try
        {
            _ = storage.Folder is { } folder
                ? builder.UseFileStorage(folder, EncryptionSettings.OpenKeys(encryption))
                : builder.UseAzureStorage(AzureStorageConfiguration.Read(EnvironmentSettings.Read()), encryption);
        }
        catch (OptionsValidationException e)
        {
            throw new UsageException(e.Message);
        }

        return services.BuildServiceProvider();
    }
}
