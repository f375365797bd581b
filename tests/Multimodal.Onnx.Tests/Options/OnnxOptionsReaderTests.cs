using Microsoft.Extensions.Configuration;

namespace Multimodal.Onnx.Tests.Options;

public sealed class OnnxOptionsReaderTests
{
    [Fact]
    public void Read_Nothing_IsTheDefaults()
    {
        var options = Read();

        Assert.Equal((null, TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(60)), (options.Threads, options.IdleTime, options.MaximumWait));
        Assert.Empty(options.Pipelines);
    }

    [Fact]
    public void Read_Budgets_AreThoseOfTheirPipelines()
    {
        var options = Read(
            ("Pipelines:digits:MemoryBytes", "1000000"), ("Pipelines:digits:Threads", "2"), ("Pipelines:digits:Share", "0.5"), ("Pipelines:other:Share", "3"),
            ("Threads", "6"), ("IdleMinutes", "0.5"), ("MaximumWaitSeconds", "2.5"));

        Assert.Equal(new PipelineBudget { MemoryBytes = 1_000_000, Threads = 2, Share = 0.5 }, options.Pipelines["Digits"]);
        Assert.Equal(new PipelineBudget { Share = 3 }, options.Pipelines["other"]);
        Assert.Equal((6, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2.5)), (options.Threads, options.IdleTime, options.MaximumWait));
    }

    [Fact]
    public void Read_IdleMinutesOfZero_KeepsSessionsOpen() => Assert.Null(Read(("IdleMinutes", "0")).IdleTime);

    [Theory]
    [InlineData("Threads", "0", "Onnx:Threads is 0; it must be 1 or more.")]
    [InlineData("IdleMinutes", "-1", "Onnx:IdleMinutes is -1; it must be above 0, or 0 to keep sessions open.")]
    [InlineData("MaximumWaitSeconds", "0", "Onnx:MaximumWaitSeconds is 0; it must be above 0, and a million at the most.")]
    [InlineData("MaximumWaitSeconds", "NaN", "Onnx:MaximumWaitSeconds is NaN; it must be above 0, and a million at the most.")]
    [InlineData("Pipelines:digits:Threads", "0", "Onnx:Pipelines:digits:Threads is 0; it must be 1 or more.")]
    [InlineData("Pipelines:digits:MemoryBytes", "-5", "Onnx:Pipelines:digits:MemoryBytes is -5; it must be 1 or more.")]
    [InlineData("Pipelines:digits:Share", "0", "Onnx:Pipelines:digits:Share is 0; it must be above 0, and a million at the most.")]
    [InlineData("Pipelines:digits:Memory", "5", "Onnx:Pipelines:digits holds something else than MemoryBytes, Threads, Share. Set Onnx__Pipelines__digits__MemoryBytes, for example.")]
    [InlineData("Pipelines:digits", "5", "Onnx:Pipelines:digits holds something else than MemoryBytes, Threads, Share. Set Onnx__Pipelines__digits__MemoryBytes, for example.")]
    public void Read_WhatCannotBeUsed_IsNamed(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read((key, value))).Message);

    private static OnnxOptions Read(params (string Key, string Value)[] settings) => OnnxOptionsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Onnx:{setting.Key}", (string?)setting.Value)))
        .Build()
        .GetSection("Onnx"));
}
