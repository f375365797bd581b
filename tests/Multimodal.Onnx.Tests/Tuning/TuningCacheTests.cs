using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Tuning;

namespace Multimodal.Onnx.Tests.Tuning;

public sealed class TuningCacheTests : IDisposable
{
    private static readonly BatchPoint Knee = new(4, 2, 1, 4017, 2.5);
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("tuning-");

    [Fact]
    public void Find_WhatWasStored_OnThatMachineAlone()
    {
        var cache = new TuningCache(Path.Combine(_parent.FullName, "not", "there", "yet"), NullLogger.Instance);

        cache.Store("abc", new EncoderTuning("this machine", Knee, [Knee]));

        Assert.Equal(Knee, cache.Find("abc", "this machine")?.Knee);
        Assert.Null(cache.Find("abc", "another machine"));
        Assert.Null(cache.Find("abd", "this machine"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "machine": "this machine", "knee": { "batch": 0, "runs": 2, "threads": 1 }, "points": [] }""")]
    public void Find_DamagedFile_IsAsIfThereWereNone(string content)
    {
        var cache = new TuningCache(_parent.FullName, NullLogger.Instance);
        cache.Store("abc", new EncoderTuning("this machine", Knee, [Knee]));
        File.WriteAllText(Assert.Single(_parent.GetFiles()).FullName, content);

        Assert.Null(cache.Find("abc", "this machine"));
    }

    [Fact]
    public void Store_WhereNothingCanBeWritten_IsNoFault()
    {
        var file = Path.Combine(_parent.FullName, "file");
        File.WriteAllText(file, "");
        var cache = new TuningCache(Path.Combine(file, "folder"), NullLogger.Instance);

        cache.Store("abc", new EncoderTuning("this machine", Knee, [Knee]));

        Assert.Null(cache.Find("abc", "this machine"));
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
