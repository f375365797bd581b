using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Onnx.Sessions;

namespace Multimodal.Onnx.Tests.Memory;

/// <summary>What a network of 64 MB takes of the machine, and gives back.</summary>
[Collection(Alone.Name)]
public sealed class MemoryGivenBackTests(ITestOutputHelper output)
{
    private const int Width = 4096;
    private const long Weights = sizeof(float) * Width * Width;

    [Fact]
    public void Idle_AfterTheTime_TheMachineHasItsMemoryBack()
    {
        using var file = new ModelFile(LargeModel.Write(Width));
        var time = new FakeTimeProvider();
        var factory = new OnnxModelFactory(new OnnxOptions { IdleTime = TimeSpan.FromMinutes(15), TuningFolder = null }, time: time);
        using var model = factory.Open(file.Path);
        var open = Resident();

        time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal((1, 0), (factory.IdleClosed, factory.OpenBytes));
        var closed = Resident();
        output.WriteLine($"{open >> 20} MiB open, {closed >> 20} MiB closed");
        Assert.True(open - closed > Weights * 3 / 4, $"Only {(open - closed) >> 20} MiB were given back.");
        model.OpenSession();
        Assert.Equal(2, factory.Opened);
    }

    [Fact]
    public void Open_SessionsCountForWhatTheyTake()
    {
        Assert.SkipUnless(NativeHeap.Allocated is not null, "The C library does not tell what is allocated.");
        using var file = new ModelFile(LargeModel.Write(Width));
        var factory = new OnnxModelFactory(new OnnxOptions { TuningFolder = null });
        var before = NativeHeap.Allocated;

        using var model = factory.Open(file.Path);

        output.WriteLine($"{factory.OpenBytes >> 10} KiB counted, {(NativeHeap.Allocated - before) >> 10} KiB allocated, weights of {Weights >> 10} KiB");
        Assert.InRange(factory.OpenBytes, Weights, Weights * 5 / 4);
    }

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class ModelFile : IDisposable
    {
        public ModelFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"multimodal-{Guid.NewGuid():N}.onnx");

        public void Dispose() => File.Delete(Path);
    }
}
