using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Local.Composition;
using Multimodal.Local.Engine;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Engine;

/// <summary>The local engine on file stores, with networks computed by hand and a clock that a test may wind.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    public static readonly JobId Job = JobId.Parse("a-job");

    private readonly ServiceProvider _services;
    private readonly TextPipeline _pipeline;
    private readonly bool _ownsFolder;

    public EngineHost(EngineHost? beside = null)
    {
        _ownsFolder = beside is null;
        Root = beside?.Root ?? Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        _pipeline = beside?._pipeline ?? new TextPipeline();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddMultimodalPipeline(_pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name })
            .UseFileStorage(Root)
            .UseLocalEngine();
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton<IModelFactory>(Models);
        _services = services.BuildServiceProvider();
    }

    public string Root { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public FakeModelFactory Models { get; } = new();

    public LocalEngine Engine => Get<LocalEngine>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<JobRecord> SubmitAsync(JobOptions? options = null, params (string Name, string Content)[] files) =>
        Get<JobSubmission>().SubmitAsync(
            Job,
            options ?? new JobOptions(),
            [.. files.Select(file => new JobFile(
                file.Name, file.Content.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(System.Text.Encoding.UTF8.GetBytes(file.Content))))],
            TestContext.Current.CancellationToken);

    /// <summary>Winds the clock on until the task has ended.</summary>
    public async Task<T> WindUntilAsync<T>(Task<T> task)
    {
        for (var i = 0; i < 2000 && !task.IsCompleted; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            _pipeline.Dispose();
            Directory.Delete(Root, recursive: true);
        }
    }
}
