namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>Texts such as people write, marked by hand: what stands between ⟦kind: and ⟧ is to be found, and nothing else.</summary>
public sealed class HandWrittenTests(ITestOutputHelper output)
{
    private static readonly (string? Region, string Text)[] Texts =
    [
        (null, "Hi Tom, could you forward this to ⟦email:claire.dubois@example.fr⟧ and cc ⟦email:Support@Example.COM⟧? Thanks! Sent 12/11/2026 at 09:41."),
        (null, "If you need me over the weekend my number is ⟦phone:+44 7911 123456⟧ (after 6pm). The gate code is 4711."),
        ("US", "Please call our office at ⟦phone:(415) 862-3300⟧, Monday to Friday 9-5, and mention ticket 20261126-0042."),
        ("DE", "Sie erreichen mich unter ⟦phone:030 90182017⟧ oder mobil ⟦phone:0151 23456789⟧; die Kundennummer lautet 4471 1180."),
        ("FR", "Rappelez-moi au ⟦phone:06 12 34 56 78⟧ avant le 03/12/2026, référence de commande 2026112600415."),
        (null, "Bitte überweisen Sie 249,90 € auf ⟦iban:DE89 3704 0044 0532 0130 00⟧ (BIC COBADEFFXXX), Verwendungszweck RE-2026-00417."),
        (null, "Our account: ⟦iban:GB82 WEST 1234 5698 7654 32⟧. Sort code 12-34-56, VAT GB 123 4567 73."),
        (null, "He read it out to me: ⟦card:4111 1111 1111 1111⟧, good thru 04/29, and the three digits 737."),
        (null, "Amex ending 1005? The full one is ⟦card:378282246310005⟧."),
        (null, "sshd[2211]: Failed password for root from ⟦ip:203.0.113.77⟧ port 52144 ssh2"),
        (null, "⟦ip:198.51.100.4⟧ - - [26/Nov/2026:10:11:12 +0000] \"GET /a.php?id=3 HTTP/1.1\" 200 5316"),
        (null, "ping6 ⟦ip:2001:db8:85a3::8a2e:370:7334⟧ works, 10.4.2 does not resolve, build 7.0.1.2 neither"),
        (null, "Reset it here: ⟦link:https://accounts.example.com/reset?token=9fJx81kLmQ2Zt7VbN4⟧. The link is valid for 24 h."),
        (null, "Download: ⟦link:https://acme.blob.example.net/c/a.zip?sv=2023-11-03&st=2026-01-01&se=2027-01-01&sr=b&sp=r&sig=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA%3D%3D⟧"),
        (null, "More in the manual: https://docs.example.com/guide/v2/install?lang=en#step-3 and https://example.org/?page=2&sort=price"),
        (null, "The cabin is at ⟦coordinates:46.53890, 7.96234⟧, a red roof behind the pines. Altitude 1420.5 m."),
        (null, "Last seen ⟦coordinates:48°51'30\"N 2°17'40\"E⟧ heading 270° at 12.5 kn."),
        (null, "loss 0.0312, accuracy 0.9841, f1 0.9712 after 20.000 steps; lr 3.0e-4, betas 0.9000, 0.9990"),
        (null, "Release 10.0.13 (build 10.0.13.4471) fixes CVE-2026-11234; SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        (null, "ISBN 978-0-306-40615-7, DOI 10.1000/182, arXiv 2106.09685, PMID 31452104"),
        (null, "UUID 550e8400-e29b-41d4-a716-446655440000, MAC 00:1b:44:11:3a:b7, IMEI 490154203237518, VIN 1HGCM82633A004352"),
        (null, "from: \"Müller, Jörg\" <⟦email:joerg.mueller@uni-köln.example⟧>\nto: undisclosed\ndate: Thu, 26 Nov 2026 10:00:00 +0100"),
        (null, "連絡先は⟦email:sato.hanako@example.co.jp⟧、電話は⟦phone:+81 3-3210-5678⟧です。2026年11月26日"),
        (null, "Напишите на ⟦email:ivan.petrov@example.ru⟧ или позвоните ⟦phone:+7 912 345-67-89⟧ до 18:00."),
        (null, "{\"user\":\"⟦email:a.b@example.com⟧\",\"ip\":\"⟦ip:192.0.2.146⟧\",\"amount\":1250.00,\"ts\":1764151200,\"version\":\"2.4.1.0\"}"),
        (null, "The meeting was at 10:30-11:15 in room 4.217; we had 1,204 visitors, 3.7 % more than in 2025."),
        (null, "Tracking no. 1Z999AA10123456784, parcel 00340434161094042557, order 114-3941689-8772232"),
        (null, "@anna see @tools/cli@4.2.0, icon@2x.png and rsync user@host:/data"),
        (null, "Er wohnt Hauptstraße 12, 10115 Berlin, geboren am 03.07.1984; Steuernummer 21/815/08150."),
    ];

    [Fact]
    public void Find_TextsAsPeopleWriteThem_FindsWhatIsMarkedAndNothingElse()
    {
        var scoring = new Scoring();
        foreach (var (region, text) in Texts)
        {
            scoring.Add(CorpusText.Parse(text, region));
        }

        output.WriteLine(scoring.ToTable());
        Assert.Empty(scoring.Faults);
    }
}
