using System.Globalization;
using System.Numerics;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Range checks of preprocessing settings; the messages name the member as it stands in <c>pipeline.json</c>.</summary>
internal static class SettingsGuard
{
    /// <exception cref="PipelineException">The value is not within the bounds, both included, or is not a number.</exception>
    public static void InRange<T>(string kind, string member, T value, T minimum, T maximum)
        where T : INumber<T>
    {
        // Written so that NaN fails.
        if (!(value >= minimum && value <= maximum))
        {
            throw new PipelineException(string.Create(
                CultureInfo.InvariantCulture, $"preprocessing of kind '{kind}': {member} must be {minimum} to {maximum}, not {value}."));
        }
    }

    /// <exception cref="PipelineException">The condition does not hold.</exception>
    public static void Holds(string kind, bool condition, string rule)
    {
        if (!condition)
        {
            throw new PipelineException($"preprocessing of kind '{kind}': {rule}.");
        }
    }
}
