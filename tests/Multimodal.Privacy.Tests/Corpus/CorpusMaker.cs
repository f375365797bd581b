using System.Text;

namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>Makes texts of many kinds and languages, with personal data and its likenesses in them. The same seed makes the same texts.</summary>
internal sealed class CorpusMaker
{
    // What stands before and behind an item, in the words of many languages; '*' fits every kind.
    private static readonly (string Kind, string Before, string After)[] Contexts =
    [
        ("*", "Please note ", " for later."), ("*", "(", ")"), ("*", "– ", " –"), ("*", "\"", "\""), ("*", "'", "'"), ("*", "value=", ";"), ("*", "<td>", "</td>"), ("*", "| ", " |"), ("*", "\t", "\t"),
        ("*", "{\"value\": \"", "\"}"), ("*", "Siehe ", "."), ("*", "Voir ", " !"), ("*", "Ver: ", "?"), ("*", "- ", "\n"), ("*", "> ", "\n"), ("*", "**", "**"), ("*", "这是 ", " 。"), ("*", "», «", "»"),
        ("email", "Write to ", " today."), ("email", "Schreiben Sie an ", ", wenn"), ("email", "Écrivez à ", "."), ("email", "Escribe a ", " ya"), ("email", "Пишите на ", "."), ("email", "メールは", "まで。"),
        ("email", "请联系", "，谢谢"), ("email", "mailto:", ""), ("email", "From: Alice <", ">"), ("email", "email,", ",yes"), ("email", "EMAIL;TYPE=work:", "\n"),
        ("phone", "Call ", " now."), ("phone", "Tel.: ", "\n"), ("phone", "Telefon ", ", werktags"), ("phone", "Tél. ", " (bureau)"), ("phone", "Teléfono: ", "."), ("phone", "тел. ", ","), ("phone", "電話 ", "。"),
        ("phone", "手机：", "。"), ("phone", "TEL;TYPE=cell:", "\n"), ("phone", "tel:", "\n"), ("phone", "Ring mig på ", "!"), ("phone", "मोबाइल ", " पर"), ("phone", "Mobile: ", " or email"),
        ("card", "Card ", ", exp 12/27"), ("card", "Kreditkarte: ", "."), ("card", "carte bancaire ", " CVC 123"), ("card", "tarjeta nº ", "."), ("card", "pan=", "&cvv=1"), ("card", "カード番号 ", "。"),
        ("iban", "IBAN ", " BIC"), ("iban", "IBAN: ", "."), ("iban", "Kontoverbindung ", ", danke"), ("iban", "virement sur ", "."), ("iban", "Überweisung auf ", "."), ("iban", "счёт ", ";"),
        ("ip", "from ", " port 22"), ("ip", "client ", " - - [26/Nov/2026]"), ("ip", "Login von ", "."), ("ip", "ip=", ","), ("ip", "connexion depuis ", "."), ("ip", "X-Forwarded-For: ", "\n"),
        ("link", "Open ", " to go on"), ("link", "Klick auf ", "."), ("link", "href=\"", "\""), ("link", "Cliquez ici : ", "\n"), ("link", "[link](", ")"), ("link", "点击 ", " 登录"),
        ("coordinates", "at ", "."), ("coordinates", "Treffpunkt ", ", 18 Uhr"), ("coordinates", "position ", "\n"), ("coordinates", "GPS ", ";"), ("coordinates", "位于 ", "。"), ("coordinates", "punto ", " ok"),
    ];

    private static readonly string[] Filler =
    [
        "The meeting was moved to the large room on the second floor", "Das Paket kam am Dienstag an und war nass", "La réunion commence à l'heure", "El tren sale a las cinco", "Il libro ha trecento pagine",
        "Поезд прибыл вовремя", "今日は天気がいいです", "我们明天见面", "오늘은 비가 옵니다", "الطقس جميل اليوم", "मौसम अच्छा है", "Het is koud buiten", "Vi ses i morgen", "Pogoda jest ładna", "Hava bugün güzel",
        "Nothing else happened that day, as far as anybody knows", "We shipped 12 boxes of 40 kg", "He paid 12.50 for two", "In 1998 there were 3 of them", "Chapter 7 is on page 214",
    ];

    private static readonly string[] Breaks = [" ", "\n", ". ", ", ", "; ", "\r\n", "\n\n", " "];

    /// <summary>Makes one text.</summary>
    public static CorpusText Make(int seed)
    {
        var random = new Random(seed);
        var items = new ItemMaker(random);
        var negatives = new NegativeMaker(random, items);
        var text = new StringBuilder();
        var planted = new List<PlantedItem>();
        var wantsRegion = random.Next(2) == 0;
        string? region = null;
        for (var part = random.Next(3, 9); part > 0; part--)
        {
            switch (random.Next(5))
            {
                case 0:
                    text.Append(items.Pick(Filler));
                    break;
                case 1 or 2:
                    text.Append(items.Pick(Filler)).Append(' ').Append(negatives.Make());
                    break;
                default:
                    Plant(items, text, planted, wantsRegion, ref region);
                    break;
            }

            text.Append(items.Pick(Breaks));
        }

        return new CorpusText(text.ToString(), planted, region);
    }

    private static void Plant(ItemMaker items, StringBuilder text, List<PlantedItem> planted, bool wantsRegion, ref string? region)
    {
        var kind = items.Pick((string[])["email", "phone", "card", "iban", "ip", "link", "coordinates"]);
        var (_, before, after) = items.Pick([.. Contexts.Where(context => context.Kind == kind || context.Kind == "*")]);

        // One text has one country: what is written as within another is not to be found.
        var asked = wantsRegion && region is null ? "any" : null;
        var value = kind switch
        {
            "email" => items.Email(),
            "phone" => items.Phone(ref asked),
            "card" => items.Card(),
            "iban" => items.Iban(),
            "ip" => items.Ip(),
            "link" => items.Link(),
            _ => items.Coordinates(),
        };
        region ??= asked is "any" ? null : asked;
        text.Append(before);
        planted.Add(new PlantedItem(text.Length, text.Length + value.Length, kind));
        text.Append(value).Append(after);
    }
}
