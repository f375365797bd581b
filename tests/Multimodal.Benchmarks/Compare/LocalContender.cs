using System.Diagnostics;

namespace Multimodal.Benchmarks.Compare;

/// <summary>Work in this process.</summary>
internal sealed class LocalContender(string name, Action<string> run) : IContender
{
    public string Name => name;

    public double Run(string work)
    {
        var begun = Stopwatch.GetTimestamp();
        run(work);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    public void Dispose()
    {
    }
}
