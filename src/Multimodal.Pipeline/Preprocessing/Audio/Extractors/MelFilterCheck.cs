using System.Text.Json;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Spectra;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>
/// Some of Whisper's configurations bring along their mel bands as numbers. transformers computes its own all the same; here they must
/// agree, so that nobody's other bands are passed over in silence.
/// </summary>
internal static class MelFilterCheck
{
    // They are written in single precision and rounded; the weights reach some 0.03.
    private const double Tolerance = 1e-5;

    /// <exception cref="PipelineException">The bands are not those of the configuration.</exception>
    public static void Check(JsonElement filters, MelBands bands, int bins, ConfigMembers members)
    {
        var agree = filters.ValueKind == JsonValueKind.Array && filters.GetArrayLength() == bands.Count;
        for (var band = 0; agree && band < bands.Count; band++)
        {
            agree = Agree(filters[band], bands.FirstBins[band], bands.Weights[band], bins);
        }

        if (!agree)
        {
            throw members.Fault("mel_filters are not Slaney's bands from 0 Hz to 8 kHz, which are the only ones read");
        }
    }

    private static bool Agree(JsonElement row, int first, double[] weights, int bins)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != bins)
        {
            return false;
        }

        var bin = 0;
        foreach (var weight in row.EnumerateArray())
        {
            var expected = bin >= first && bin < first + weights.Length ? weights[bin - first] : 0;
            if (weight.ValueKind != JsonValueKind.Number || !(Math.Abs(weight.GetDouble() - expected) <= Tolerance))
            {
                return false;
            }

            bin++;
        }

        return true;
    }
}
