using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy.Redaction;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests.Redaction;

public sealed class RedactionTests
{
    private static readonly byte[] Key = SHA256.HashData("a key"u8);

    [Theory]
    [InlineData("Mail alice@example.com now.", "Mail [email] now.")]
    [InlineData("Call +44 7911 123456 or +49 151 23456789.", "Call [phone] or [phone].")]
    [InlineData("ａｌｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ!", "[email]!")]
    [InlineData("al\u200bice@exam\u00adple.com", "[email]")]
    [InlineData("card 4111\u00a01111\u00a01111\u00a01111, ok", "card [card], ok")]
    [InlineData("٤١١١ ١١١١ ١١١١ ١١١١", "[card]")]
    [InlineData("x😀alice@example.com😀y", "x😀[email]😀y")]
    [InlineData("Nothing here on 2026-11-26 at 10:30.", "Nothing here on 2026-11-26 at 10:30.")]
    [InlineData("", "")]
    public void Apply_Removing_LeavesTheKind(string text, string expected) => Assert.Equal(expected, Masks.Create(new MaskingOptions()).Apply(text));

    [Fact]
    public void Apply_TextWithoutAny_IsTheSameString()
    {
        const string Text = "Nothing of that kind.";

        Assert.Same(Text, Masks.Create(new MaskingOptions()).Apply(Text));
    }

    [Theory]
    [InlineData("alice@example.com", "Alice@EXAMPLE.com")]
    [InlineData("+44 7911 123456", "0044 7911-123456")]
    [InlineData("4111 1111 1111 1111", "4111-1111-1111-1111")]
    [InlineData("DE89 3704 0044 0532 0130 00", "de89370400440532013000")]
    [InlineData("2001:db8:0:0::1", "2001:0DB8::0001")]
    [InlineData("48.85840, 2.29450", "48.8584000,2.2945000")]
    public void Apply_Pseudonyms_AreTheSameForTheSameValueHoweverWritten(string one, string other)
    {
        var mask = Masks.Create(new MaskingOptions { Mode = MaskingMode.Pseudonym, Key = Key });

        Assert.Equal(mask.Apply(one), mask.Apply(other));
        Assert.Matches("^[a-z]+-[0-9a-f]{16}$", mask.Apply(one));
    }

    // HMAC-SHA256 by the framework itself, so that a pseudonym can be computed elsewhere under the same key.
    [Fact]
    public void Apply_Pseudonym_BeginsTheHmacOfTheNormalForm()
    {
        var mask = Masks.Create(new MaskingOptions { Mode = MaskingMode.Pseudonym, Key = Key });
        var hash = HMACSHA256.HashData(Key, Encoding.Unicode.GetBytes("alice@example.com"));

        Assert.Equal($"email-{Convert.ToHexStringLower(hash)[..16]}", mask.Apply("Alice@Example.com"));
    }

    [Fact]
    public void Apply_PseudonymsUnderAnotherKey_AreOthers()
    {
        var one = Masks.Create(new MaskingOptions { Mode = MaskingMode.Pseudonym, Key = Key });
        var other = Masks.Create(new MaskingOptions { Mode = MaskingMode.Pseudonym, Key = SHA256.HashData("another"u8) });

        Assert.NotEqual(one.Apply("alice@example.com"), other.Apply("alice@example.com"));
        Assert.NotEqual(one.Apply("alice@example.com"), one.Apply("bob@example.com"));
    }

    [Fact]
    public void Apply_MaskedTextAgain_ChangesNothing()
    {
        var mask = Masks.Create(new MaskingOptions { Mode = MaskingMode.Pseudonym, Key = Key });
        var once = mask.Apply("alice@example.com, +44 7911 123456, 4111 1111 1111 1111, 203.0.113.77, https://example.com/?token=a8Bc9dEf0");

        Assert.Equal(once, mask.Apply(once));
    }

    [Fact]
    public void Apply_KindsThatAreOff_AreLeft()
    {
        var mask = Masks.Create(new MaskingOptions { Kinds = [PersonalDataKinds.Email] });

        Assert.Equal("[email] at 203.0.113.77", mask.Apply("alice@example.com at 203.0.113.77"));
    }

    [Fact]
    public void UseMasking_Off_LeavesTheTextAsItIs()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ITextMask>(NoMask.Instance);
        new MultimodalBuilder(services).UseMasking(new MaskingOptions { Mode = MaskingMode.Off });

        Assert.Same(NoMask.Instance, services.BuildServiceProvider().GetRequiredService<ITextMask>());
    }

    [Fact]
    public void UseMasking_RedactorOfTheHosts_TakesThePlaceOfOurs()
    {
        var services = new ServiceCollection();
        new MultimodalBuilder(services).UseMasking();
        services.AddRedaction(redaction => redaction.SetRedactor<StarRedactor>(PersonalData.Of(PersonalDataKinds.Email)));

        var mask = services.BuildServiceProvider().GetRequiredService<ITextMask>();

        Assert.Equal("email-* at [ip]", mask.Apply("alice@example.com at 203.0.113.77"));
    }

    [Fact]
    public void Apply_OverlappingFindings_AreReplacedOnceAndWhole()
    {
        var mask = Masks.Create(new MaskingOptions { Patterns = new Dictionary<string, string> { ["staff"] = @"\bS-[0-9]{4}\b", ["long"] = "S-1234 alice" } });

        Assert.Equal("[link]", mask.Apply("https://bob:pw1@example.com/a?mail=alice@example.com"));
        Assert.Equal("see [email] and [staff]", mask.Apply("see S-1234 alice@example.com and S-4321"));
    }

    [Fact]
    public void Apply_PatternThatTakesTooLong_MasksTheWholeText()
    {
        // Looking ahead keeps it from being searched in linear time.
        var mask = Masks.Create(new MaskingOptions { Patterns = new Dictionary<string, string> { ["slow"] = "(?=a)(a+)+$" } });

        Assert.Equal("[slow]", mask.Apply(new string('a', 60) + "!"));
    }

    private sealed class StarRedactor : Redactor
    {
        public override int GetRedactedLength(ReadOnlySpan<char> input) => 1;

        public override int Redact(ReadOnlySpan<char> source, Span<char> destination)
        {
            destination[0] = '*';
            return 1;
        }
    }
}
