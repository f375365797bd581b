using System.Globalization;
using System.Xml.Linq;

namespace Multimodal.Trials.Audit;

/// <summary>Reads <c>Directory.Audit.props</c>, which NuGet reads too.</summary>
internal static class AuditExceptions
{
    /// <summary>The file, in the root of the repository.</summary>
    public const string FileName = "Directory.Audit.props";

    /// <summary>For how many days an exception holds at most.</summary>
    public const int MaximumDays = 184;

    private const int ShortestReason = 20;

    /// <summary>Reads the exceptions.</summary>
    /// <exception cref="FormatException">One lacks something; the message names it.</exception>
    public static IReadOnlyList<AuditException> Read(string xml) =>
    [
        .. XDocument.Parse(xml).Descendants("NuGetAuditSuppress").Select(item =>
        {
            var advisory = Required(item, "Include", "");
            return new AuditException(
                Uri.TryCreate(advisory, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                    ? advisory
                    : throw new FormatException($"'{advisory}' is no address of an advisory."),
                Required(item, "Package", advisory),
                Required(item, "Reason", advisory) is { Length: >= ShortestReason } reason ? reason : throw new FormatException($"{advisory}: the reason says too little."),
                DateOnly.TryParseExact(Required(item, "Expires", advisory), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : throw new FormatException($"{advisory}: Expires must be a day, as 2027-03-31."));
        }),
    ];

    /// <summary>What is wrong with exceptions on a day: expired ones, and such as hold for too long.</summary>
    public static IReadOnlyList<string> FindFaults(IReadOnlyList<AuditException> exceptions, DateOnly today) =>
    [
        .. exceptions.Where(exception => exception.Expires < today)
            .Select(exception => $"The exception for {exception.Advisory} ({exception.Package}) expired on {exception.Expires:yyyy-MM-dd}. Update the package, or decide anew."),
        .. exceptions.Where(exception => exception.Expires > today.AddDays(MaximumDays))
            .Select(exception => $"The exception for {exception.Advisory} ({exception.Package}) holds until {exception.Expires:yyyy-MM-dd}; at most {MaximumDays} days are granted."),
    ];

    private static string Required(XElement item, string name, string of) => (string?)item.Attribute(name) is { Length: > 0 } value
        ? value
        : throw new FormatException($"An exception of {FileName} lacks {name}. {of}".TrimEnd());
}
