using System.Globalization;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>Signatures for people.</summary>
internal static class SignatureText
{
    // As many digits as tell keys apart for people; findings hold them all.
    private const int ShownDigits = 12;

    /// <summary>What a pipeline's signature is worth; where no key is known, still whether the definition is the one that was signed.</summary>
    public static SignatureVerdict Judge(ModelFolder folder) => folder.Signature
        ?? new SignatureVerifier(folder.Path, TrustedKeys.None).Judge(File.ReadAllBytes(Path.Combine(folder.Path, ModelRepository.DefinitionFile)));

    /// <summary>In a word, with the key where a trusted one signed.</summary>
    public static Text Of(SignatureVerdict verdict) => verdict.State switch
    {
        SignatureState.Trusted => new Text(Describe(verdict), new Style(Color.Green)),
        SignatureState.Unsigned => new Text("unsigned"),
        SignatureState.Untrusted => new Text("by an unknown key", new Style(Color.Yellow)),
        SignatureState.Wrong => new Text("wrong", new Style(Color.Red)),
        _ => new Text("revoked", new Style(Color.Red)),
    };

    private static string Describe(SignatureVerdict verdict) => string.Create(
        CultureInfo.InvariantCulture, $"by {verdict.Key!.Name} ({verdict.Key.Id[..ShownDigits]}), {verdict.SignedAt:yyyy-MM-dd}");
}
