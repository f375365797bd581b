using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Measuring;
using Multimodal.Testing;

namespace Multimodal.Capacity.Tests.Measuring;

/// <summary>The job that the simulation works with is the job as the code runs it today.</summary>
public sealed class JobMeasurementTests
{
    private static readonly string Remedy = "Measure anew: dotnet run -c Release --project tests/Multimodal.Capacity -- measure, then simulate.";

    [Fact]
    public async Task RunAsync_SampleJobs_AreAsTheCommittedProfileSays()
    {
        var measured = await new JobMeasurement(TestPaths.Models, jobs: 3).RunAsync(_ => Task.FromResult(1.0), TestContext.Current.CancellationToken);

        var committed = CapacityFiles.Profile;
        Assert.Equal((committed.Pipeline, committed.Posted, committed.Uploaded, committed.SeenWakes), (measured.Pipeline, measured.Posted, measured.Uploaded, measured.SeenWakes));
        Assert.Equal(committed.MostOnOneBlob, measured.MostOnOneBlob);
        Same("submit", committed.Submit.At(3), measured.Submit.At(3));
        Same("submit of 24", committed.Submit.At(24), measured.Submit.At(24));
        Same("takeIn", committed.TakeIn, measured.TakeIn);
        Same("seen", committed.Seen, measured.Seen);
        Same("list", committed.List.At(3), measured.List.At(3));
        Same("encode", committed.Encode.At(1), measured.Encode.At(1));
        Same("encode of 8", committed.Encode.At(8), measured.Encode.At(8));
        Same("fuse", committed.Fuse.At(3), measured.Fuse.At(3));
        Same("publish", committed.Publish.At(3), measured.Publish.At(3));
    }

    // Counts are exact; times are the machine's.
    private static void Same(string phase, PhaseCost committed, PhaseCost measured)
    {
        Assert.True(
            Math.Abs(committed.Reads - measured.Reads) < 1e-6
            && Math.Abs(committed.Writes - measured.Writes) < 1e-6
            && Math.Abs(committed.Lists - measured.Lists) < 1e-6
            && Math.Abs(committed.Deletes - measured.Deletes) < 1e-6
            && Math.Abs(committed.Messages - measured.Messages) < 1e-6,
            $"The step '{phase}' asks for other requests than infra/capacity/job.json says: {measured} in place of {committed}. {Remedy}");
        Assert.True(measured.ProcessorMilliseconds >= 0);
        Assert.True(measured.Rounds <= measured.Requests + 1, $"{phase}: {measured.Rounds} rounds for {measured.Requests} requests.");
    }
}
