using Microsoft.Extensions.Configuration;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests.Settings;

public sealed class MaskingOptionsReaderTests
{
    private const string GoodKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public void Read_Nothing_RemovesAllKinds()
    {
        var options = Read();

        Assert.Equal(MaskingMode.Remove, options.Mode);
        Assert.Equal(PersonalDataKinds.All, options.Kinds);
        Assert.False(options.BeforeEncoding);
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        var options = Read(
            ("Mode", "pseudonym"), ("Key", GoodKey), ("Kinds", "phone, email"), ("Regions:0", "de"), ("Regions:1", "US"), ("BeforeEncoding", "true"), ("Patterns:staff", "S-[0-9]{4}"));

        Assert.Equal(MaskingMode.Pseudonym, options.Mode);
        Assert.Equal("01234567890123456789012345678901"u8.ToArray(), options.Key.ToArray());
        Assert.Equal(["email", "phone"], options.Kinds);
        Assert.Equal(["DE", "US"], options.Regions);
        Assert.True(options.BeforeEncoding);
        Assert.Equal("S-[0-9]{4}", options.Patterns["staff"]);
    }

    [Fact]
    public void Read_PatternsInOneValue_AreTaken() =>
        Assert.Equal("S-[0-9]{4}", Read(("Patterns", """{ "staff": "S-[0-9]{4}" }""")).Patterns["staff"]);

    [Fact]
    public void Read_KeyFile_IsRead()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, GoodKey + "\n");
        try
        {
            Assert.Equal(32, Read(("Mode", "pseudonym"), ("KeyFile", file)).Key.Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Mode", "hide", "Masking:Mode")]
    [InlineData("Mode", "pseudonym", "Masking:KeyFile")]
    [InlineData("Kinds", "email,names", "names")]
    [InlineData("Regions", "DE,XX", "XX")]
    [InlineData("BeforeEncoding", "perhaps", "Masking:BeforeEncoding")]
    [InlineData("Patterns:staff", "(", "Masking:Patterns:staff")]
    [InlineData("Patterns:staff", "x*", "Masking:Patterns:staff")]
    [InlineData("Patterns:email", "x", "Masking:Patterns:email")]
    [InlineData("Patterns:a b", "x", "a b")]
    [InlineData("Patterns", "[1]", "Masking:Patterns")]
    public void Read_WhatCannotBeUsed_IsRefusedByName(string name, string value, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => Read((name, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("c2hvcnQgc2VjcmV0")]
    [InlineData("not base64 secret!")]
    public void Read_BadKey_IsRefusedWithoutBeingSaid(string key)
    {
        var message = Assert.Throws<FormatException>(() => Read(("Mode", "pseudonym"), ("Key", key))).Message;

        Assert.Contains("Masking:Key", message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, message, StringComparison.Ordinal);
    }

    private static MaskingOptions Read(params (string Name, string Value)[] settings) => MaskingOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Masking:" + pair.Name, (string?)pair.Value))).Build().GetSection("Masking"));
}
