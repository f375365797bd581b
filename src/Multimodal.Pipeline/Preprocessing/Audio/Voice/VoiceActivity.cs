using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>Where a recording holds speech.</summary>
/// <param name="Share">Share of the windows that are speech, 0 to 1.</param>
/// <param name="From">Where the first window of speech begins, in seconds; null where there is none.</param>
/// <param name="To">Where the last one ends, in seconds.</param>
internal sealed record VoiceActivity(double Share, double? From, double? To)
{
    /// <summary>The section of a recording that is kept, in seconds, with the margin around the speech.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="seconds">Duration of the recording.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="notes">Says what is cut.</param>
    /// <exception cref="InputException"><see cref="InputErrorCodes.NoContent"/>: nobody speaks.</exception>
    public (double From, double To) Section(VoiceActivitySettings settings, double seconds, string name, out IReadOnlyList<string> notes)
    {
        if (From is not { } from || To is not { } to)
        {
            throw new InputException(InputErrorCodes.NoContent, $"'{name}' holds no speech.", "Send a recording in which somebody speaks.");
        }

        from = Math.Max(0, from - settings.Margin);
        to = Math.Min(seconds, to + settings.Margin);
        var cut = seconds - (to - from);
        notes = cut >= 0.1 ? [string.Create(CultureInfo.InvariantCulture, $"{cut:0.0} s without speech were cut from the ends")] : [];
        return (from, to);
    }
}
