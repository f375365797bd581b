using System.Globalization;

namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>Makes what looks like personal data and is none.</summary>
internal sealed class NegativeMaker(Random random, ItemMaker items)
{
    private static readonly string[] Fixed =
    [
        "ISBN 978-3-16-148410-0", "ISBN 0-306-40615-2", "ISSN 2049-3630", "a ratio of 16:9", "10:30-12:45", "user@localhost", "logo@2x.png", "react@18.2.0", "@handle", "C++ std::vector<int>",
        "face::detect(a)", "00:1A:2B:3C:4D:5E", "https://example.com/news/2026/11/26/story-of-a-city", "https://example.com/search?q=harbour+seals&page=2",
        "http://www.example.org/index.html#chapter-3", "§ 3.2.1.4", "section 1.2.3.4", "OID 1.3.6.1.4.1.311", "IBAN (22 characters)", "DE00 0000 0000 0000 0000 00", "3.14159, 2.71828, 1.41421",
        "0.9841, 0.9712", "€ 1.234,56", "$1,234,567.89", "1 000 000 000", "(555)", "25 °C", "21.5 °C, 19.8 °C", "90° turn", "5'11\"", "1600×1200", "24/7", "H2O2", "UTF-8", "2026-W48-4",
        "Pi is 3.14159265358979", "0x7fffffffdc40", "#ff8800", "50-50-100", "1-2-3-4-5-6-7", "chapter 12, verses 3-17", "MH370", "A380-800", "RFC 2616", "ISO 8601-1:2019", "EUR/USD 1.0842",
        "https://example.com/a?id=42&sort=asc", "https://example.com/watch?v=dQw4w9WgXcQ", "git clone git://example.com/repo", "4.0.30319", "EN 60529 IP67", "12.5, 13.75, 14.0", "abc::def",
        "1234 5678 9012 3456", "page 4111", "https://example.com/login?next=/home", "rgb(12, 34, 56)", "2001:2002", "08:15:30", "::", "v4.0.0-alpha.1", "10.000,00", "100.000.000",
    ];

    public string Make() => random.Next(16) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"order {items.Fill("nddddddddd")}"),
        1 => string.Create(CultureInfo.InvariantCulture, $"invoice no. {items.Fill("dddddddddddd")}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1990, 2030)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}Z"),
        3 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 29):00}.{random.Next(1, 13):00}.{random.Next(1950, 2030)}"),
        4 => string.Create(CultureInfo.InvariantCulture, $"v{random.Next(20)}.{random.Next(20)}.{random.Next(200)}.{random.Next(200)}"),
        5 => string.Create(CultureInfo.InvariantCulture, $"version {random.Next(20)}.{random.Next(20)}.{random.Next(99)}"),
        6 => $"sha1 {items.Hex(40)}",
        7 => items.Hex(64),
        8 => Guid.Parse(items.Hex(32)).ToString(),
        9 => string.Create(CultureInfo.InvariantCulture, $"timestamp {1_600_000_000L + random.Next(300_000_000)}"),
        10 => string.Create(CultureInfo.InvariantCulture, $"${random.Next(1, 999)},{random.Next(1000):000}.{random.Next(100):00}"),
        11 => string.Create(CultureInfo.InvariantCulture, $"SKU {items.Fill("dddd-dddd")}"),
        _ => items.Pick(Fixed),
    };
}
