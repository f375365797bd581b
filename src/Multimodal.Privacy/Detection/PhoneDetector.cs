using System.Buffers;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds telephone numbers with libphonenumber: international ones always, those of a country as they are written within it where it is
/// named. A number of a country that is written in one piece, without its leading zero, is one only where a word says so.
/// </summary>
internal sealed partial class PhoneDetector : IDetector
{
    /// <summary>The region of none, as libphonenumber calls it.</summary>
    public const string NoRegion = "ZZ";

    // What a number needs around it to be judged, and the fewest digits of one.
    private const int Margin = 24;
    private const int FewestDigits = 7;

    // What may follow 00 of a number that is written with it.
    private const int LongestNumber = 40;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789 +-./()\u200b");

    private static readonly string[] Callers =
    [
        "tel", "telephone", "phone", "mobile", "cell", "call", "fax", "sms", "whatsapp", "text me", "telefon", "handy", "mobil", "rufen", "anruf", "ruf ",
        "tél", "téléphone", "portable", "appel", "teléfono", "móvil", "celular", "llam", "telefono", "cellulare", "chiam", "telefone", "telemóvel", "ligue",
        "тел", "моб", "звон", "电话", "手机", "電話", "携帯", "전화", "휴대", "هاتف", "फ़ोन", "फोन", "मोबाइल", "bel ", "telefoon", "ring ", "puh", "telefonu",
    ];

    private static readonly string[] OtherNumbers =
    [
        "order", "invoice", "ref", "reference", "ticket", "serial", "tracking", "isbn", "issn", "ean", "upc", "sku", "part", "item", "case", "id", "account",
        "konto", "customer", "bestell", "bestellung", "bestellnummer", "rechnung", "rechnungsnummer", "kunden", "kundennummer", "commande", "facture",
        "pedido", "factura", "ordine", "fattura", "encomenda", "заказ", "заказа", "счёт", "订单", "订单号", "注文", "注文番号", "주문", "timestamp", "epoch",
        "unix", "hash", "version", "build", "imei", "vin", "patent", "bytes", "size", "artikel", "artikelnummer", "sendung", "sendungsnummer", "vorgang",
        "batch", "lot", "transaction", "txn", "receipt", "claim", "policy", "contract", "vertrag", "dossier", "numéro de commande", "pid", "seed", "checksum",
        "bestelling", "ordernummer", "zamówienie", "tilaus", "sipariş",
    ];

    private readonly string[] _regions;

    /// <param name="regions">Countries by ISO 3166, as libphonenumber knows them.</param>
    public PhoneDetector(IReadOnlyCollection<string> regions) => _regions = regions.Count > 0 ? [.. regions] : [NoRegion];

    /// <summary>Whether libphonenumber knows a region.</summary>
    public static bool IsRegion(string region) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(region);

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        for (var i = 0; i < text.Length;)
        {
            var digit = text.AsSpan(i).IndexOfAnyInRange('0', '9');
            if (digit < 0)
            {
                return;
            }

            // What may belong to a number: the digits and signs around this one.
            var (start, end) = (i + digit, i + digit);
            while (start > i && OfNumbers.Contains(text[start - 1]))
            {
                start--;
            }

            // No country writes its numbers digit by digit.
            var (digits, pairs) = (0, 0);
            while (end < text.Length && OfNumbers.Contains(text[end]))
            {
                var isDigit = char.IsAsciiDigit(text[end]);
                digits += isDigit ? 1 : 0;
                pairs += isDigit && end > start && char.IsAsciiDigit(text[end - 1]) ? 1 : 0;
                end++;
            }

            if (digits >= FewestDigits && pairs > 0 && !Others.IsMatch(text.AsSpan(start, end - start).Trim(" .-/")))
            {
                Search(text, start, end, findings);
            }

            i = Math.Max(end, i + digit + 1);
        }
    }

    private void Search(string text, int start, int end, ICollection<Finding> findings)
    {
        var from = Math.Max(0, start - Margin);
        var window = text[from..Math.Min(text.Length, end + Margin)];
        foreach (var region in _regions)
        {
            // Without a country there are numbers with a plus alone, which saves a search that takes long.
            if (region != NoRegion || window.Contains('+', StringComparison.Ordinal))
            {
                Search(text, window, from, region, findings);
            }
        }

        // The way out of most countries, whatever the region: it counts as the plus that it stands for.
        for (var zero = window.IndexOf("00", StringComparison.Ordinal); zero >= 0; zero = window.IndexOf("00", zero + 1, StringComparison.Ordinal))
        {
            if ((zero == 0 || !char.IsLetterOrDigit(window[zero - 1])) && zero + 2 < window.Length && window[zero + 2] is ' ' or (>= '1' and <= '9'))
            {
                var rest = window.AsSpan(zero + 2, Math.Min(LongestNumber, window.Length - zero - 2));
                Search(text, $" +{rest}", from + zero, NoRegion, findings);
            }
        }
    }

    private static void Search(string text, string window, int from, string region, ICollection<Finding> findings)
    {
        var util = PhoneNumberUtil.GetInstance();
        foreach (var match in util.FindNumbers(window, region, PhoneNumberUtil.Leniency.VALID, long.MaxValue))
        {
            var (start, end) = (from + match.Start, from + match.Start + match.Length);

            // The plus that stands for 00 belongs to it.
            start -= match.RawString.StartsWith('+') && text[start] == '0' ? 1 : 0;
            if (Surroundings.StandsAlone(text, start, end)
                && !Surroundings.IsPartOfNumber(text, start, end, ".,:/")
                && IsLikely(text, start, match))
            {
                findings.Add(new Finding(start, end, PersonalDataKinds.Telephone, util.Format(match.Number, PhoneNumberFormat.E164)));
            }
        }
    }

    private static bool IsLikely(string text, int start, PhoneNumberMatch match)
    {
        var before = Surroundings.Before(text, start);
        var raw = match.RawString;
        if (before.EndsWith("#", StringComparison.Ordinal) || before.TrimEnd(' ').EndsWith("№", StringComparison.Ordinal)
            || ((Surroundings.EndsWithAny(before, OtherNumbers) || Surroundings.EndsWithAny(TrimNumberWord(before), OtherNumbers))
                && !Surroundings.HoldsAny(before, Callers)))
        {
            return false;
        }

        if (Others.IsMatch(raw) || IsSplitUp(raw))
        {
            return false;
        }

        if (raw.StartsWith('+'))
        {
            return true;
        }

        return raw.AsSpan().ContainsAny(" -./(") || raw[0] == '0' || Surroundings.HoldsAny(before, Callers);
    }

    // As in 1.3.6.1.4.1.311: no country writes its numbers digit by digit.
    private static bool IsSplitUp(string raw)
    {
        var digits = raw.Count(char.IsAsciiDigit);
        var groups = raw.Split(' ', '-', '.', '/', '(', ')').Count(group => group.Length > 0);
        return groups > 3 && digits < groups * 1.6;
    }

    // "order no. 4155550123", "Bestellung Nr. …", "commande n° …".
    private static ReadOnlySpan<char> TrimNumberWord(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" \t:;=#.,-(\"'№");
        foreach (var word in (string[])["number", "numbers", "no", "nr", "n°", "num", "code", "id", "nummer", "numéro", "número", "numero", "номер", "is", "was", "ist", "est"])
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (before.Length == word.Length || before[^(word.Length + 1)] is ' ' or '-' or '_'))
            {
                return before[..^word.Length].TrimEnd(" \t:;=#.,-_(\"'№");
            }
        }

        return before;
    }

    // Dates, and IP addresses.
    [GeneratedRegex(@"^\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9]{1,2}([./-])[0-9]{1,2}\1(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}([./-])[0-9]{1,2}\2[0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Others { get; }
}
