namespace Multimodal.Capacity.Kernel;

/// <summary>The mean of a quantity over time, such as the length of a queue or how many servers work.</summary>
internal sealed class Meter(Simulation clock)
{
    private double _area;
    private double _since;
    private double _begun;

    /// <summary>Its value now.</summary>
    public double Value { get; private set; }

    /// <summary>Its mean since the meter was reset.</summary>
    public double Mean => clock.Now > _begun ? (_area + (Value * (clock.Now - _since))) / (clock.Now - _begun) : Value;

    /// <summary>Changes the value.</summary>
    public void Add(double difference)
    {
        _area += Value * (clock.Now - _since);
        _since = clock.Now;
        Value += difference;
    }

    /// <summary>Begins anew with the value that there is.</summary>
    public void Reset() => (_area, _since, _begun) = (0, clock.Now, clock.Now);
}
