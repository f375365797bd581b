namespace Multimodal.Capacity.Kernel;

/// <summary>
/// A service with a limit a second, such as a scheduler's actions or a storage account's requests: units are served one after the
/// other in the order of their coming, each for 1/rate. With Poisson arrivals this is M/D/1.
/// </summary>
internal sealed class RateServer(Simulation clock, string name, double perSecond)
{
    private double _free;
    private double _asked;
    private double _begun;

    /// <summary>What it is, for reports.</summary>
    public string Name => name;

    /// <summary>What was asked of it since it was reset, as a share of what it can; beyond 1 its queue grows.</summary>
    public double Load => clock.Now > _begun ? _asked / ((clock.Now - _begun) * perSecond) : 0;

    /// <summary>Units that wait or are served.</summary>
    public double Backlog => Math.Max(0, (_free - clock.Now) * perSecond);

    /// <summary>Takes units in.</summary>
    /// <returns>When the last of them is served.</returns>
    public double Reserve(double units = 1)
    {
        _asked += units;
        _free = Math.Max(_free, clock.Now) + (units / perSecond);
        return _free;
    }

    /// <summary>Counts anew.</summary>
    public void Reset() => (_asked, _begun) = (0, clock.Now);
}
