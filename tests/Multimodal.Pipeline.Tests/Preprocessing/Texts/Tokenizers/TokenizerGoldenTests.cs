
namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

public sealed class TokenizerGoldenTests
{
    [Theory]
    [InlineData("clip")]
    [InlineData("gpt2")]
    [InlineData("roberta")]
    [InlineData("whisper")]
    [InlineData("llama3")]
    [InlineData("bert-uncased")]
    [InlineData("bert-cased")]
    [InlineData("xlm-roberta")]
    [InlineData("t5")]
    [InlineData("llama")]
    public void Encode_TokenizerJson_GivesTheIdsOfTheReference(string name)
    {
        var tokenizer = TokenizerFixtures.Load(name);

        var golden = TokenizerFixtures.Golden(name).ToArray();
        Assert.Equal(40, golden.Length);
        Assert.All(golden, expected =>
        {
            // The library applies what tokenizer.json says (RoBERTa's here truncates and pads), not tokenizer_config.json.
            var actual = tokenizer.Encode(expected.Text, name == "roberta" ? null : 1000);
            Assert.Equal(expected.Ids, actual.Ids);
            Assert.Equal(expected.Types, actual.TypeIds);
            Assert.Equal(expected.Mask, actual.AttentionMask);
        });
    }
}
