using System.Text;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Http.Tests;

/// <summary>Behind a server that has no limit of its own, such as the one in front of a Functions worker.</summary>
public sealed class SubmissionReaderTests
{
    [Theory]
    [InlineData(2000, 2000, false)]
    [InlineData(2000, 3001, true)]
    [InlineData(5001, 0, true)]
    public async Task ReadAsync_PartsTogether_AreBounded(int first, int second, bool refused)
    {
        await using var host = await HttpHost.StartAsync();
        var reader = new SubmissionReader(
            host.Get<JobManifests>(), new InputLimits { MaximumBytes = 100_000 }, new HttpLimits { MaximumBodyBytes = 5000, MemoryThreshold = 100 });
        var body = string.Concat(
            new[] { first, second }.Select(
                (length, i) => $"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{i}.txt\"\r\n\r\n{new string('a', length)}\r\n"))
            + "--x--\r\n";
        var context = new DefaultHttpContext();
        context.Request.ContentType = "multipart/form-data; boundary=\"x\"";
        context.Request.Body = new MemoryStream(Encoding.ASCII.GetBytes(body));

        if (refused)
        {
            var e = await Assert.ThrowsAsync<RequestException>(() => reader.ReadAsync(context.Request, TestContext.Current.CancellationToken));
            Assert.Equal(StatusCodes.Status413PayloadTooLarge, e.Status);
        }
        else
        {
            await using var job = await reader.ReadAsync(context.Request, TestContext.Current.CancellationToken);
            Assert.Equal([first, second], job.Files.Select(file => (int)file.Length));
            Assert.Equal(new string('a', first), Encoding.ASCII.GetString((await job.Files[0].ReadAllAsync(TestContext.Current.CancellationToken)).Span));
        }
    }
}
