using Multimodal.Functions.Uploads;

namespace Multimodal.Functions.Tests.Uploads;

public sealed class PoisonMessageTests
{
    // As the host writes it.
    [Fact]
    public void TryParse_MessageOfTheHost_GivesTheBlob()
    {
        const string Text = """
            {"Type":"BlobTrigger","FunctionId":"Host.Functions.PreprocessUpload","BlobType":"BlockBlob","ContainerName":"uploads","BlobName":"a-job/a.png","ETag":"\"0x1\""}
            """;

        Assert.Null(PoisonMessage.TryParse(Text, out var message));

        Assert.Equal(new PoisonMessage("uploads", "a-job/a.png"), message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("a text")]
    public void TryParse_AnythingElse_SaysWhatIsWrong(string text) => Assert.NotEmpty(PoisonMessage.TryParse(text, out _)!);
}
