using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Tests.Golden;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

public sealed class VocabularyFilesTests
{
    [Theory]
    [InlineData("clip", "vocab.json")]
    [InlineData("gpt2", "vocab.json")]
    [InlineData("roberta", "vocab.json")]
    [InlineData("bert-uncased", "vocab.txt")]
    [InlineData("bert-cased", "vocab.txt")]
    public void Encode_VocabularyAlone_GivesWhatTokenizerJsonGives(string name, string file)
    {
        var tokenizer = TokenizerFixtures.Load(name, file);

        Assert.All(TokenizerFixtures.Golden(name), golden =>
        {
            // <mask> takes the space before it in tokenizer.json alone.
            if (name != "roberta" || !golden.Text.Contains("<mask>", StringComparison.Ordinal))
            {
                Assert.Equal(golden.Ids.Where((_, i) => golden.Mask[i] == 1), tokenizer.Encode(golden.Text, name == "roberta" ? 24 : 1000).Ids);
            }
        });
    }

    [Theory]
    [InlineData("llama", "tokenizer.model")]
    [InlineData("xlm-roberta", "sentencepiece.bpe.model")]
    public void EncodePlain_SentencePieceModel_GivesTheIdsOfSentencePiece(string name, string file)
    {
        var tokenizer = TokenizerFixtures.Load(name, file);
        var golden = GoldenFile.Read<GoldenTokens>("Tokenizers/sentencepiece.json").Where(golden => golden.Tokenizer == name).ToArray();

        // fairseq's order of XLM-R: one further than the model's own, the unknown piece 3.
        Assert.Equal(38, golden.Length);
        Assert.All(golden, expected => Assert.Equal(
            name == "llama" ? expected.Ids : expected.Ids.Select(id => id == 0 ? 3 : id + 1), tokenizer.EncodePlain(expected.Text)));
    }

    [Theory]
    [InlineData("llama", "tokenizer.model")]
    [InlineData("xlm-roberta", "sentencepiece.bpe.model")]
    public void Encode_SentencePieceModel_SetsTheSpecialTokensThatTokenizerJsonSets(string name, string file) =>
        Assert.Equal(TokenizerFixtures.Load(name).Encode("The old fisherman").Ids, TokenizerFixtures.Load(name, file).Encode("The old fisherman").Ids);

    [Fact]
    public void Encode_NoConfigBeside_TellsTheFamilyByTheVocabulary()
    {
        string[] families = ["clip", "gpt2", "roberta"];
        Assert.All(families, name => Assert.Equal(
            TokenizerFixtures.Load(name).EncodePlain("The old Fisherman's nets"),
            TokenizerFiles.Load(
                TokenizerFixtures.PathOf(name, "vocab.json"),
                sibling => sibling == "merges.txt" ? TokenizerFixtures.PathOf(name, sibling) : null).EncodePlain("The old Fisherman's nets")));

        var cased = TokenizerFiles.Load(TokenizerFixtures.PathOf("bert-cased", "vocab.txt"), _ => null);
        Assert.Equal(TokenizerFixtures.Load("bert-cased").Encode("The old Ångström").Ids, cased.Encode("The old Ångström").Ids);
    }
}
