using Multimodal.Capacity.Kernel;
using Multimodal.Capacity.Service;
using Multimodal.Local.Bench;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Encoding;

/// <summary>Plays <c>multimodal bench</c>: callers that each send one request after the other to one replica.</summary>
internal static class CallerLoop
{
    /// <summary>Requests a second of so many callers.</summary>
    /// <param name="curve">The network.</param>
    /// <param name="setting">The engine's setting: the most items of a run, and runs at once.</param>
    /// <param name="callers">How many callers there are.</param>
    /// <param name="requests">For how many requests it runs.</param>
    public static double PerSecond(EncoderCurve curve, (int Batch, int Runs) setting, int callers, int requests = 20_000)
    {
        var clock = new Simulation();
        var curves = new Dictionary<Modality, EncoderCurve> { [Modality.Image] = curve };
        var replica = new EncoderReplica(clock, new Hardware("bench", false, setting.Runs, 0, setting.Batch, setting.Runs, curves));
        var (sent, done) = (0, 0);
        void Send()
        {
            if (sent < requests)
            {
                sent++;
                replica.Encode(Modality.Image, () =>
                {
                    done++;
                    Send();
                });
            }
        }

        for (var i = 0; i < callers; i++)
        {
            Send();
        }

        clock.Run();
        return done / clock.Now;
    }

    /// <summary>What a report measured, and what comes of its own calibration.</summary>
    public static IEnumerable<(string Encoder, int Callers, double Measured, double Simulated)> Compare(BenchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var encoder in report.Encoders)
        {
            var curve = EncoderCurve.Fit(BenchReader.Measured(report, encoder));
            foreach (var point in encoder.Points)
            {
                yield return (
                    $"{report.Pipeline.Name}/{encoder.Modality.ToName()}",
                    point.Callers,
                    point.PerSecond,
                    PerSecond(curve, (encoder.Setting.Batch, encoder.Setting.Runs), point.Callers));
            }
        }
    }
}
