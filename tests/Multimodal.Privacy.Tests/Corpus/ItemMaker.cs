using System.Globalization;
using System.Numerics;
using System.Text;

namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>Makes values of each kind as people write them. What makes a value good is computed here another way than where it is found.</summary>
internal sealed class ItemMaker(Random random)
{
    private static readonly string[] Names =
    [
        "alice", "bob.smith", "j.doe", "maria-luisa", "o'brien", "anna_k", "info", "contact+news", "x", "jean.dupont", "müller", "søren", "иван", "李雷", "tanaka.yuki",
        "r.k.1984", "first.middle.last", "no-reply", "user%test", "Émile.Zola", "ADMIN", "a1b2c3",
    ];

    private static readonly string[] Domains =
    [
        "example.com", "mail.example.org", "firma.de", "uni-heidelberg.example", "posteo.de", "example.co.uk", "sub.dept.example.ac.jp", "xn--mller-kva.example", "müller.example",
        "correo.example.mx", "пример.рф", "例子.公司", "3m.example.com", "mail.museum", "a-b-c.io", "EXAMPLE.NET", "gov.br", "orange.fr", "travel.photography",
    ];

    // A country, how its numbers are written within it (d: any digit; 2 to 9 as in 'n'), and the same after its code.
    private static readonly (string Region, string Code, string[] National, string[] After)[] Numbers =
    [
        ("US", "1", ["(212) n55-dddd", "415-n62-dddd", "312.n44.dddd", "(617)n35-dddd", "206 n23 dddd"], ["212-n55-dddd", "415 n62 dddd", "(312) n44-dddd", "617.n35.dddd"]),
        ("GB", "44", ["020 7946 0ddd", "07911 12dddd", "(0161) 496 0ddd"], ["20 7946 0ddd", "7911 12dddd", "161 496 0ddd", "(0)20 7946 0ddd"]),
        ("DE", "49", ["030 901820dd", "0151 234567dd", "089/54321-dd", "(0221) 4712dd", "0171-39200dd"], ["30 901820dd", "151 234567dd", "(0)89 54321dd", "171-39200dd"]),
        ("FR", "33", ["06 12 34 dd dd", "01 42 68 dd dd", "06.98.76.dd.dd", "01-44-55-dd-dd"], ["6 12 34 dd dd", "1 42 68 dd dd", "(0)6 98 76 dd dd"]),
        ("ES", "34", ["612 34 dd dd", "91 123 dd dd", "699 45 dd dd"], ["612 34 dd dd", "911 23 dd dd", "612345ddd"]),
        ("IT", "39", ["06 6982 dddd", "347 12 34 ddd", "02 8646 dddd"], ["06 6982 dddd", "347 1234ddd", "02-8646dddd"]),
        ("NL", "31", ["06 1234 dddd", "020-555 dd dd", "010 270 dddd"], ["6 1234dddd", "20 555 dddd", "10-270dddd"]),
        ("PL", "48", ["512 34d ddd", "22 621 dd dd"], ["512 34d ddd", "22 621 dddd"]),
        ("SE", "46", ["070-123 dd dd", "08-506 dd ddd"], ["70 123 dd dd", "8 506 dd ddd"]),
        ("BR", "55", ["(11) 96123-dddd", "(21) 3512-dddd", "11 98765-dddd"], ["11 96123-dddd", "21 3512-dddd"]),
        ("RU", "7", ["8 (912) 345-dd-dd", "8 495 123-dd-dd"], ["912 345-dd-dd", "(495) 123-dd-dd", "9123456ddd"]),
        ("JP", "81", ["03-3210-dddd", "090-1234-dddd", "(06) 6345-dddd"], ["3-3210-dddd", "90-1234-dddd"]),
        ("CN", "86", ["138 1234 dddd", "010-6552 dddd", "139-1357-dddd"], ["138 1234 dddd", "10 6552 dddd", "1391357dddd"]),
        ("IN", "91", ["098765 4dddd", "022-2266 dddd", "98111-2dddd"], ["98765 4dddd", "22 2266 dddd", "981112dddd"]),
        ("AU", "61", ["0412 345 ddd", "(02) 9123 dddd", "03 9650 dddd"], ["412 345 ddd", "2 9123 dddd"]),
        ("KR", "82", ["010-2345-dddd", "02-312-dddd"], ["10-2345-dddd", "2-312-dddd"]),
        ("CH", "41", ["079 123 dd dd", "044 668 18 dd"], ["79 123 dd dd", "44 668 18 dd"]),
        ("TR", "90", ["0532 123 dd dd", "(0212) 251 dd dd"], ["532 123 dd dd", "212 251 dd dd"]),
        ("MX", "52", ["55 5123 dddd", "(33) 3669 dddd"], ["55 5123 dddd", "33 3669 dddd"]),
    ];

    private static readonly (string Prefix, int Length)[] Issuers =
    [
        ("4", 16), ("4532", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16), ("644", 16), ("36", 14), ("305", 14),
        ("38", 14), ("3530", 16), ("3566", 16), ("62", 16), ("4917", 19), ("2204", 16), ("6759", 16), ("62", 19),
    ];

    private static readonly string[] Ibans =
    [
        "DE18n", "FR10n11a2n", "GB4A14n", "NL4A10n", "ES20n", "IT1A10n12a", "CH5n12a", "AT16n", "BE12n", "PL24n", "SE20n", "NO11n", "DK14n", "PT21n", "IE4A14n", "FI14n",
        "LU3n13a", "CZ20n", "GR7n16a", "TR5n1n16a", "SA2n18a", "AE3n16n", "MT4A5n18a", "HR17n", "RO4A16a", "HU24n", "BR23n1A1a", "IL19n", "UA6n19a", "KW4A22a",
    ];

    public string Email()
    {
        var name = Pick(Names);
        name += (random.Next(3) == 0 && name[0] < 0x2E80 ? random.Next(1, 999).ToString(CultureInfo.InvariantCulture) : "");
        var address = $"{name}@{Pick(Domains)}";
        return random.Next(20) switch
        {
            0 => address.Replace("@", "＠", StringComparison.Ordinal),
            1 => address.Insert(random.Next(1, address.Length - 1), "\u200b"),
            2 when address.All(char.IsAscii) => address.Replace("@", " [at] ", StringComparison.Ordinal),
            3 when address.All(char.IsAscii) => address.Replace("@", "(at)", StringComparison.Ordinal),
            4 => address.Replace("@", "%40", StringComparison.Ordinal),
            5 => "\"john smith\"@example.com",
            _ => address,
        };
    }

    public string Phone(ref string? region)
    {
        var (country, code, national, after) = Pick(Numbers);
        var asWithin = region is not null && random.Next(2) == 0;
        if (asWithin)
        {
            region = country;
            return Trick(Fill(Pick(national)));
        }

        var number = Fill(Pick(after));
        return Trick(random.Next(8) switch
        {
            0 => $"00{code} {number}",
            1 => $"00{code}{number.Replace(" ", "", StringComparison.Ordinal)}",
            2 => $"+{code}{Digits(number)}",
            3 => $"(+{code}) {number}",
            4 => $"+{code}-{number.TrimStart('(')}".Replace(")", "", StringComparison.Ordinal),
            _ => $"+{code} {number}",
        });
    }

    public string Card()
    {
        var (prefix, length) = Pick(Issuers);
        var digits = new StringBuilder(prefix);
        while (digits.Length < length - 1)
        {
            digits.Append((char)('0' + random.Next(10)));
        }

        // The digit that is good is tried, not computed.
        for (var check = '0'; ; check++)
        {
            var number = digits.ToString() + check;
            if (IsGood(number))
            {
                return Trick(Group(number));
            }
        }
    }

    public string Iban()
    {
        var pattern = Pick(Ibans);
        var country = pattern[..2];
        var account = new StringBuilder();
        for (var i = 2; i < pattern.Length; i++)
        {
            var count = 0;
            while (char.IsAsciiDigit(pattern[i]))
            {
                count = (count * 10) + (pattern[i++] - '0');
            }

            for (var k = 0; k < count; k++)
            {
                account.Append(pattern[i] switch
                {
                    'n' => (char)('0' + random.Next(10)),
                    'A' => (char)('A' + random.Next(26)),
                    _ => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random.Next(36)],
                });
            }
        }

        var expanded = string.Concat((account + country + "00").Select(character => char.IsAsciiDigit(character) ? character.ToString() : (character - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        var check = 98 - (int)(BigInteger.Parse(expanded, CultureInfo.InvariantCulture) % 97);
        var number = $"{country}{check:00}{account}";
        return random.Next(6) switch
        {
            0 => number,
            1 => Fours(number, '-'),
            2 => number.ToLowerInvariant(),
            3 => Fours(number, '\u00a0'),
            _ => Fours(number, ' '),
        };
    }

    public string Ip()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        switch (random.Next(8))
        {
            case 0:
                return "2001:db8::" + random.Next(1, 0xFFFF).ToString("x", CultureInfo.InvariantCulture);
            case 1:
                return $"fe80::{random.Next(1, 0xFFFF):x}:{random.Next(0xFFFF):x}:{random.Next(0xFFFF):x4}:1{random.Next(0xFFF):x3}";
            case 2:
                return string.Join(':', Enumerable.Range(0, 8).Select(i => ((bytes[2 * i] << 8) | bytes[(2 * i) + 1]).ToString(i == 3 ? "X4" : "x", CultureInfo.InvariantCulture)));
            case 3:
                return $"::ffff:{random.Next(1, 255)}.{random.Next(255)}.{random.Next(255)}.{random.Next(255)}";
            default:
                return $"{random.Next(1, 255)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}";
        }
    }

    public string Link()
    {
        var host = Pick(["example.com", "app.example.org:8443", "accounts.firma.de", "storage.example.net", "hooks.example.io", "München.example"]);
        return random.Next(14) switch
        {
            0 => $"https://{host}/reset?token={Secret(24)}",
            1 => $"https://{host}/login?user=7&access_token={Secret(32)}&lang=en",
            2 => $"https://{host}/files/a.pdf?sv=2024-11-04&se=2027-01-01&sr=b&sig={Secret(30)}%3D",
            3 => $"https://{host}/#access_token={Secret(40)}&token_type=bearer",
            4 => $"ftp://deploy:{Secret(10)}@{host}/pub",
            5 => $"https://{host}/api?api_key={Secret(20)}",
            6 => $"https://{host}/password-reset/{Secret(32)}",
            7 => $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ{Secret(30)}.{Secret(43)}",
            8 => $"https://{host}/bucket/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={Hex(64)}",
            9 => $"postgres://app:{Secret(12)}@{host}/db",
            10 => $"www.example.com/join?invite={Secret(12)}",
            11 => $"https://{host}/oauth/callback?code={Secret(22)}&state={Secret(10)}",
            12 => $"https://{host}/services/T0{Hex(6).ToUpperInvariant()}/B0{Hex(6).ToUpperInvariant()}/{Secret(24)}",
            _ => $"https://{host}/v?password={Secret(8)}",
        };
    }

    public string Coordinates()
    {
        var latitude = (random.NextDouble() * 160) - 80;
        var longitude = (random.NextDouble() * 340) - 170;
        if (Math.Abs(latitude) < 1.5)
        {
            latitude += 3;
        }

        var (north, east) = (latitude < 0 ? 'S' : 'N', longitude < 0 ? 'W' : 'E');
        var (a, b) = (Math.Abs(latitude), Math.Abs(longitude));
        return string.Create(CultureInfo.InvariantCulture, $"{random.Next(11)}") switch
        {
            "0" => string.Create(CultureInfo.InvariantCulture, $"{latitude:0.000000}, {longitude:0.000000}"),
            "1" => string.Create(CultureInfo.InvariantCulture, $"{latitude:0.00000},{longitude:0.00000}"),
            "2" => string.Create(CultureInfo.InvariantCulture, $"{a:0.0000}° {north}, {b:0.0000}° {east}"),
            "3" => Dms(a, north, "′", "″") + " " + Dms(b, east, "′", "″"),
            "4" => Dms(a, north, "'", "\"") + ", " + Dms(b, east, "'", "\""),
            "5" => string.Create(CultureInfo.InvariantCulture, $"{(int)a}° {(a % 1) * 60:0.000}' {north}, {(int)b}° {(b % 1) * 60:0.000}' {east}"),
            "6" => string.Create(CultureInfo.InvariantCulture, $"lat: {latitude:0.000}, lon: {longitude:0.000}"),
            "7" => string.Create(CultureInfo.InvariantCulture, $"\"lat\": {latitude:0.00000}, \"lng\": {longitude:0.00000}"),
            "8" => string.Create(CultureInfo.InvariantCulture, $"geo:{latitude:0.0000},{longitude:0.0000}"),
            "9" => string.Create(CultureInfo.InvariantCulture, $"{latitude:0.00000}; {longitude:0.00000}").Replace('.', ','),
            _ => string.Create(CultureInfo.InvariantCulture, $"{north} {a:0.0000} {east} {b:0.0000}"),
        };
    }

    public string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));

    public string Fill(string pattern) => string.Concat(pattern.Select(character => character switch
    {
        'd' => (char)('0' + random.Next(10)),
        'n' => (char)('2' + random.Next(8)),
        _ => character,
    }));

    public T Pick<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private string Secret(int length)
    {
        const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
        var middle = string.Concat(Enumerable.Range(0, length - 3).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
        return $"a{middle}7K";
    }

    private static string Dms(double value, char quarter, string minutes, string seconds)
    {
        var total = (int)Math.Round(value * 3600);
        return string.Create(CultureInfo.InvariantCulture, $"{total / 3600}°{total / 60 % 60:00}{minutes}{total % 60:00}{seconds}{quarter}");
    }

    // Now and then with signs that look like others.
    private string Trick(string value) => random.Next(16) switch
    {
        0 => string.Concat(value.Select(character => char.IsAsciiDigit(character) ? (char)(character + 0xFEE0) : character)),
        1 => value.Replace(' ', '\u00a0'),
        2 => value.Replace('-', '\u2011'),
        3 => value.Insert(value.Length / 2, "\u200d"),
        4 => string.Concat(value.Select(character => char.IsAsciiDigit(character) ? (char)(character - '0' + 0x660) : character)),
        _ => value,
    };

    private string Group(string number) => (number.Length, random.Next(4)) switch
    {
        (_, 0) => number,
        (15, _) => $"{number[..4]} {number[4..10]} {number[10..]}",
        (14, _) => $"{number[..4]} {number[4..10]} {number[10..]}",
        (_, 1) => Fours(number, '-'),
        _ => Fours(number, ' '),
    };

    private static string Fours(string text, char separator) => string.Join(separator, text.Chunk(4).Select(chunk => new string(chunk)));

    private static string Digits(string text) => string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit));

    // Luhn's rule by its table.
    private static bool IsGood(string number)
    {
        int[] doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        return number.Reverse().Select((digit, i) => i % 2 == 1 ? doubled[digit - '0'] : digit - '0').Sum() % 10 == 0;
    }
}
