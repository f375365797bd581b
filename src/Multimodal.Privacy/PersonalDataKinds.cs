namespace Multimodal.Privacy;

/// <summary>The kinds of personal data that are known; patterns of the user's own have kinds of their own names.</summary>
public static class PersonalDataKinds
{
    /// <summary>E-mail addresses.</summary>
    public const string Email = "email";

    /// <summary>Telephone numbers.</summary>
    public const string Telephone = "phone";

    /// <summary>Numbers of payment cards.</summary>
    public const string Card = "card";

    /// <summary>Numbers of bank accounts, as IBAN.</summary>
    public const string Iban = "iban";

    /// <summary>IP addresses, of version 4 or 6.</summary>
    public const string Ip = "ip";

    /// <summary>Links that let in whoever has them, and the tokens themselves (JWT).</summary>
    public const string Link = "link";

    /// <summary>Places on earth.</summary>
    public const string Coordinates = "coordinates";

    /// <summary>All of them, the most specific first.</summary>
    public static IReadOnlyList<string> All { get; } = [Link, Email, Iban, Card, Ip, Coordinates, Telephone];
}
