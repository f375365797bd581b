using Multimodal.Capacity.Encoding;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;
using Multimodal.Local.Bench;

namespace Multimodal.Capacity.Service;

/// <summary>
/// Plays the trial <c>load</c>: clients that each send a job to <c>multimodal serve</c> and wait for its result. What it knows is the measured
/// processor time of a job's steps and of the networks; the server's HTTP, the files and the clients themselves, which share the cores, it
/// does not.
/// </summary>
internal static class LocalServer
{
    private const int Clients = 50;
    private const int Jobs = 20_000;

    /// <summary>Jobs a second.</summary>
    public static double PerSecond(JobProfile profile, BenchReport bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var networks = bench.Encoders.Sum(encoder => EncoderCurve.Fit(BenchReader.Measured(bench, encoder)).RunSeconds(1));
        var inputs = bench.Encoders.Count;
        var steps = profile.Submit.At(inputs) + profile.List.At(inputs) + (inputs * profile.Encode.At(1)) + profile.Fuse.At(inputs) + profile.Publish.At(inputs);
        var service = networks + (steps.ProcessorMilliseconds / 1000);
        var clock = new Simulation();
        var cores = new Station(clock, "cores", bench.Cores);
        var sent = 0;
        void Send()
        {
            if (sent++ < Jobs)
            {
                cores.Serve(service, Send);
            }
        }

        for (var i = 0; i < Clients; i++)
        {
            Send();
        }

        clock.Run();
        return Jobs / clock.Now;
    }
}
