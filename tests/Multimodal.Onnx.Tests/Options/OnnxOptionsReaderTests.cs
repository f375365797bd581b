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
            ("Pipelines", "digits: MemoryBytes=1000000, threads = 2,Share=0.5;; clip-vit:Share=3 ;"),
            ("Threads", "6"), ("IdleMinutes", "0.5"), ("MaximumWaitSeconds", "2.5"));

        Assert.Equal(new PipelineBudget { MemoryBytes = 1_000_000, Threads = 2, Share = 0.5 }, options.Pipelines["Digits"]);
        Assert.Equal(new PipelineBudget { Share = 3 }, options.Pipelines["CLIP-ViT"]);
        Assert.Equal((6, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2.5)), (options.Threads, options.IdleTime, options.MaximumWait));
    }

    [Fact]
    public void Read_IdleMinutesOfZero_KeepsSessionsOpen() => Assert.Null(Read(("IdleMinutes", "0")).IdleTime);

    [Theory]
    [InlineData("Threads", "0", "Onnx:Threads is 0; it must be 1 or more.")]
    [InlineData("IdleMinutes", "-1", "Onnx:IdleMinutes is -1; it must be above 0, or 0 to keep sessions open.")]
    [InlineData("MaximumWaitSeconds", "0", "Onnx:MaximumWaitSeconds is 0; it must be above 0, and a million at the most.")]
    [InlineData("MaximumWaitSeconds", "NaN", "Onnx:MaximumWaitSeconds is NaN; it must be above 0, and a million at the most.")]
    [InlineData("Pipelines", "digits: Threads=0", "Onnx:Pipelines sets Threads of 'digits' to '0'; it must be a whole number, 1 or more.")]
    [InlineData("Pipelines", "digits: MemoryBytes=1e9", "Onnx:Pipelines sets MemoryBytes of 'digits' to '1e9'; it must be a whole number, 1 or more.")]
    [InlineData("Pipelines", "digits: Threads", "Onnx:Pipelines sets Threads of 'digits' to ''; it must be a whole number, 1 or more.")]
    [InlineData("Pipelines", "digits: Share=0", "Onnx:Pipelines sets Share of 'digits' to '0'; it must be above 0, and a million at the most.")]
    [InlineData("Pipelines", "digits: Share=NaN", "Onnx:Pipelines sets Share of 'digits' to 'NaN'; it must be above 0, and a million at the most.")]
    [InlineData("Pipelines", "digits: Memory=5", "Onnx:Pipelines sets 'Memory' of 'digits', which is not known; known: MemoryBytes, Threads, Share.")]
    [InlineData("Pipelines", "digits", "Onnx:Pipelines holds 'digits', which is no budget. Write a pipeline, a colon and settings: digits: Threads=2, Share=3.")]
    [InlineData("Pipelines", "a: Share=2; A: Threads=1", "Onnx:Pipelines names the pipeline 'A' twice. Write its settings together, with commas between.")]
    public void Read_WhatCannotBeUsed_IsNamed(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read((key, value))).Message);

    private static OnnxOptions Read(params (string Key, string Value)[] settings) => OnnxOptionsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Onnx:{setting.Key}", (string?)setting.Value)))
        .Build()
        .GetSection("Onnx"));
}
