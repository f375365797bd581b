using Microsoft.Extensions.Configuration;
using Multimodal.Functions.Composition;
using Multimodal.Onnx;

namespace Multimodal.Functions.Tests.Settings;

public sealed class AppSettingsTests
{
    [Fact]
    public void Read_ConnectionString_IsTakenForJobsToo()
    {
        var settings = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"));

        Assert.Equal("UseDevelopmentStorage=true", settings.Storage.ConnectionString);
        Assert.Equal(ImageDecoderChoice.ImageSharp, settings.Decoder);
        Assert.Null(settings.Onnx.ExecutionProviders);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models"), settings.Models);
    }

    [Fact]
    public void Read_IdentityConnection_NamesTheAccount()
    {
        var settings = Read(("AzureWebJobsStorage:accountName", "anaccount"), ("AzureWebJobsStorage:clientId", "an-id"));

        Assert.Null(settings.Storage.ConnectionString);
        Assert.Equal("anaccount", settings.Storage.AccountName);
        Assert.Equal("an-id", settings.Storage.ManagedIdentityClientId);
    }

    [Fact]
    public void Read_IdentityConnectionByAddresses_TakesThemInstead()
    {
        var settings = Read(
            ("AzureWebJobsStorage:blobServiceUri", "https://b.example"), ("AzureWebJobsStorage:queueServiceUri", "https://q.example"));

        Assert.Equal(new Uri("https://b.example"), settings.Storage.BlobServiceUri);
        Assert.Equal(new Uri("https://q.example"), settings.Storage.QueueServiceUri);
        Assert.Null(settings.Storage.AccountName);
    }

    [Fact]
    public void Read_Providers_KeepTheirOrder()
    {
        var settings = Read(("Onnx:ExecutionProviders", "TensorRT, cuda,cpu"), ("Onnx:IntraOpThreads", "4"), ("Limits:MaximumPixels", "1000"));

        Assert.Equal([ExecutionProvider.TensorRt, ExecutionProvider.Cuda, ExecutionProvider.Cpu], settings.Onnx.ExecutionProviders);
        Assert.Equal(4, settings.Onnx.IntraOpThreads);
        Assert.Equal(1000, settings.Limits.MaximumPixels);
    }

    [Theory]
    [InlineData("Imaging:Decoder", "gd")]
    [InlineData("Onnx:ExecutionProviders", "npu")]
    public void Read_SettingThatCannotBeUsed_IsNamed(string key, string value)
    {
        var e = Assert.Throws<FormatException>(() => Read((key, value)));

        Assert.Contains(value, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Vips_IsChosen() => Assert.Equal(ImageDecoderChoice.Vips, Read(("Imaging:Decoder", "vips")).Decoder);

    private static AppSettings Read(params (string Key, string Value)[] values) => AppSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());
}
