using System.Text;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>
/// Unicode normalisation that cannot silently be absent: with globalization invariant, <see cref="string.Normalize()"/> may return
/// its input unchanged, and the encoder would see characters that its training never did.
/// </summary>
internal static class UnicodeNormalization
{
    private static readonly bool Works = "e\u0301".Normalize(NormalizationForm.FormC).Length == 1;

    /// <exception cref="PipelineException">The runtime has no Unicode normalisation.</exception>
    public static void Require()
    {
        if (!Works)
        {
            throw new PipelineException(
                "Texts cannot be preprocessed: this process has no Unicode normalisation. " +
                "Install libicu and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT (InvariantGlobalization in the project file).");
        }
    }

    /// <summary>Normalises well-formed UTF-16.</summary>
    public static string Normalize(string text, NormalizationForm form) =>
        // .NET refuses to normalise U+FFFE. It is a noncharacter and in no vocabulary; its neighbour U+FFFF, one too, stands in for it.
        text.Replace('\uFFFE', '\uFFFF').Normalize(form);
}
