namespace Multimodal.Capacity.Kernel;

/// <summary>Mean waits that are known in closed form, against which the simulation is held.</summary>
internal static class Queueing
{
    /// <summary>The mean wait before the service with one server and service times of any kind: Pollaczek and Khinchine, 1930.</summary>
    /// <param name="perSecond">Arrivals a second.</param>
    /// <param name="service">Mean service, in seconds; load below 1.</param>
    /// <param name="variation">Squared coefficient of variation of the service: 1 exponential, 0 constant.</param>
    public static double WaitOfOne(double perSecond, double service, double variation) =>
        perSecond * service * service * (1 + variation) / (2 * (1 - (perSecond * service)));

    /// <summary>The mean wait before the service with so many servers and exponential services (M/M/c): Erlang, 1917.</summary>
    public static double WaitOfMany(double perSecond, double service, int servers)
    {
        var offered = perSecond * service;

        // Erlang's B by its recursion, and C from it, which stays finite where factorials would not.
        var blocked = 1.0;
        for (var i = 1; i <= servers; i++)
        {
            blocked = offered * blocked / (i + (offered * blocked));
        }

        var waits = blocked / (1 - ((offered / servers) * (1 - blocked)));
        return waits * service / (servers - offered);
    }
}
