namespace Multimodal.Benchmarks.Compare;

/// <summary>One way to do the work that is compared, warmed up and run again and again.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Does the work once.</summary>
    /// <param name="work">What to do: a file, or another name that the comparison's contenders agree on.</param>
    /// <returns>How long it took, in milliseconds, by its own clock: what carries the request to it does not count.</returns>
    double Run(string work);
}
