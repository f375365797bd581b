namespace Multimodal.Testing.Storage.Faults;

/// <summary>Draws what goes wrong with each call, from a seed. Which call gets which draw depends on how the calls fall.</summary>
/// <param name="seed">The seed.</param>
/// <param name="share">The share of calls that go wrong, 0 to 1; each kind is as likely as the others.</param>
public sealed class FaultPlan(int seed, double share)
{
    private static readonly StorageFault[] Kinds = [.. Enum.GetValues<StorageFault>().Where(kind => kind != StorageFault.None)];
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly int[] _counts = new int[Kinds.Length + 1];

    /// <summary>How many calls there were.</summary>
    public int Calls => _counts.Sum();

    /// <summary>How many of them went wrong, by kind.</summary>
    public IReadOnlyDictionary<StorageFault, int> Faults => Kinds.ToDictionary(kind => kind, kind => _counts[(int)kind]);

    /// <summary>What goes wrong with the next call.</summary>
    public StorageFault Next()
    {
        lock (_lock)
        {
            var fault = _random.NextDouble() < share ? Kinds[_random.Next(Kinds.Length)] : StorageFault.None;
            _counts[(int)fault]++;
            return fault;
        }
    }

    /// <summary>Makes a call, or has it go wrong as the plan says.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call, Func<T, ValueTask>? lose = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        switch (Next())
        {
            case StorageFault.None:
                return await call();
            case StorageFault.TimesOut:
                throw new TimeoutException("The storage did not answer in time.");
            case StorageFault.Throttles or StorageFault.Refuses:
                throw new IOException("The storage is busy.");
            case StorageFault.LosesAnswer:
                var answer = await call();
                await (lose?.Invoke(answer) ?? ValueTask.CompletedTask);
                throw new IOException("The connection broke after the call.");
            default:
                throw new IOException("The connection broke before the call.");
        }
    }
}
