using Multimodal.Local.Engine;
using Multimodal.Orchestration;
using Multimodal.Orchestration.Activities;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Tests.Engine;

public sealed class ActivityMessagesTests
{
    [Fact]
    public void Write_WithinTheLimit_RoundTrips()
    {
        var report = new EncodeReport(Modality.Audio, 2, 1, 3.5, new JobError("code", "message", "remedy"));

        var json = ActivityMessages.Write("Encode", "output", report, OrchestrationJson.Default.EncodeReport);

        Assert.Equal(report, ActivityMessages.Read(json, OrchestrationJson.Default.EncodeReport));
    }

    [Fact]
    public void Write_BeyondTheLimit_SaysWhatToDo()
    {
        var report = new PublishReport(new string('x', ActivityMessages.MaximumLength));

        var e = Assert.Throws<MessageTooLargeException>(
            () => ActivityMessages.Write("PublishResult", "output", report, OrchestrationJson.Default.PublishReport));

        Assert.Contains("PublishResult", e.Message, StringComparison.Ordinal);
        Assert.Contains("reference", e.Message, StringComparison.Ordinal);
    }
}
