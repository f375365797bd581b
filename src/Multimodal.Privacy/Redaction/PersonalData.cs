using Microsoft.Extensions.Compliance.Classification;

namespace Multimodal.Privacy.Redaction;

/// <summary>The data classifications of what is found: a taxonomy with a value for each kind.</summary>
public static class PersonalData
{
    /// <summary>The taxonomy.</summary>
    public const string Taxonomy = "Multimodal.PersonalData";

    /// <summary>The classification of a kind.</summary>
    /// <param name="kind">One of <see cref="PersonalDataKinds"/>, or the name of a pattern of the user's.</param>
    public static DataClassification Of(string kind) => new(Taxonomy, kind);
}
