using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

public sealed class TokenPreprocessorTests
{
    [Fact]
    public void Preprocess_Text_GivesTensorsAndFacts()
    {
        var features = Preprocess(new TokenSettings { Tokenizer = "t", MaximumLength = 6, Padding = TokenPadding.MaxLength }, "bert-uncased", "The old fisherman repairs his nets at night");

        Assert.Equal(["attention_mask", "input_ids", "token_type_ids"], features.Tensors.Keys.Order());
        Assert.All(features.Tensors.Values, tensor => Assert.Equal([6], tensor.Shape));
        Assert.Equal((43, 6, "The old fisherman repairs his nets at night"), (features.Facts.Characters, features.Facts.Tokens, features.Facts.Excerpt));
        Assert.Contains("cut to 6 tokens", Assert.Single(features.Facts.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocess_ShortPaddedText_CountsNoPadding()
    {
        var features = Preprocess(new TokenSettings { Tokenizer = "t", MaximumLength = 8, Padding = TokenPadding.MaxLength }, "bert-uncased", "the old");

        Assert.Equal(4, features.Facts.Tokens);
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 0], features.Tensors[TokenPreprocessor.AttentionMask].AsSpan<long>());
        Assert.Empty(features.Facts.Notes);
    }

    [Theory]
    [InlineData(TextNormalization.Nfc, false, false, "e\u0301 ﬁ", "é ﬁ")]
    [InlineData(TextNormalization.Nfkc, false, false, "e\u0301 ﬁ", "é fi")]
    [InlineData(TextNormalization.None, true, false, "a\u200Bb\u00ADc\td", "abc\td")]
    [InlineData(TextNormalization.None, false, true, "&amp;lt;b", "<b")]
    [InlineData(TextNormalization.None, false, false, "e\u0301\u200B&lt;", "e\u0301\u200B&lt;")]
    public void Preprocess_CleaningBySettings_GivesTheTokensOfTheCleanedText(
        TextNormalization normalization, bool dropInvisible, bool unescapeHtml, string text, string cleaned)
    {
        var settings = new TokenSettings
        {
            Tokenizer = "t",
            Normalization = normalization,
            DropInvisible = dropInvisible,
            UnescapeHtml = unescapeHtml,
        };

        var features = Preprocess(settings, "gpt2", text);

        Assert.Equal(TokenizerFixtures.Load("gpt2").EncodePlain(cleaned).Select(id => (long)id), features.Tensors[TokenPreprocessor.InputIds].AsSpan<long>().ToArray());
        Assert.Equal(cleaned, features.Facts.Excerpt);
    }

    [Fact]
    public void Preprocess_ClipsTokenizer_UnescapesHtmlUnlessToldNotTo()
    {
        Assert.Equal("<b", Preprocess(new TokenSettings { Tokenizer = "t" }, "clip", "&lt;b").Facts.Excerpt);
        Assert.Equal("&lt;b", Preprocess(new TokenSettings { Tokenizer = "t", UnescapeHtml = false }, "clip", "&lt;b").Facts.Excerpt);
        Assert.Equal("&lt;b", Preprocess(new TokenSettings { Tokenizer = "t" }, "gpt2", "&lt;b").Facts.Excerpt);
    }

    [Fact]
    public void Preprocess_AssumedEncodingAndFormat_AreNoted()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("1\n00:00:01,000 --> 00:00:02,000\nDer alte Leuchtturm, grün und müde.\n");
        var preprocessor = new TokenPreprocessor(new TokenSettings { Tokenizer = "t", Format = TextFormat.Auto }, TokenizerFixtures.Load("gpt2"), new InputLimits());

        var facts = preprocessor.Preprocess(new InputContent("a.srt", bytes), MediaTypes.Text).Facts;

        Assert.Equal("Der alte Leuchtturm, grün und müde.", facts.Excerpt);
        Assert.Collection(
            facts.Notes,
            note => Assert.Contains("windows-1252", note, StringComparison.Ordinal),
            note => Assert.Contains("subtitles", note, StringComparison.Ordinal));
    }

    [Fact]
    public void Preprocess_CharactersOfHtml_ReadsWhatIsShown()
    {
        var vocabulary = CharacterVocabulary.Parse("""{"[PAD]":0,"[UNK]":1,"a":2,"b":3}"""u8, "v.json");
        var preprocessor = new CharacterPreprocessor(new CharacterSettings { Vocabulary = "v.json", Format = TextFormat.Html }, vocabulary, new InputLimits());

        var features = preprocessor.Preprocess(new InputContent("a.html", "<i>a</i><script>b</script>b"u8.ToArray()), MediaTypes.Text);

        Assert.Equal([2, 3], features.Tensors[CharacterPreprocessor.InputIds].AsSpan<long>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1_000_000)]
    public void Create_MaximumLengthOutOfRange_IsRefused(int length) => Assert.Throws<PipelineException>(() =>
        new TokenPreprocessor(new TokenSettings { Tokenizer = "t", MaximumLength = length }, TokenizerFixtures.Load("bert-cased"), new InputLimits()));

    [Fact]
    public void Settings_InPipelineJson_AreReadAndWrittenAlike()
    {
        const string Json = """{"kind":"tokens","tokenizer":"text/tokenizer.json","maximumLength":64,"padding":"max_length","format":"json","fields":["a.b"],"normalization":"nfc","dropInvisible":true,"unescapeHtml":false}""";

        var settings = Assert.IsType<TokenSettings>(JsonSerializer.Deserialize(Json, PipelineJson.Default.PreprocessingSettings));
        Assert.Equal((TokenPadding.MaxLength, TextFormat.Json, TextNormalization.Nfc, 64), (settings.Padding, settings.Format, settings.Normalization, settings.MaximumLength));
        Assert.Equal(["a.b"], settings.Fields);
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize<PreprocessingSettings>(settings, PipelineJson.Default.PreprocessingSettings), PipelineJson.Default.PreprocessingSettings);
        Assert.Equal(settings with { Fields = null }, Assert.IsType<TokenSettings>(again) with { Fields = null });
        var defaults = Assert.IsType<TokenSettings>(JsonSerializer.Deserialize("""{"kind":"tokens","tokenizer":"t"}""", PipelineJson.Default.PreprocessingSettings));
        Assert.Equal(new TokenSettings { Tokenizer = "t" }, defaults);
    }

    [Fact]
    public void Create_FromAFolder_ReadsOnlyWhatThePipelineLists()
    {
        var factory = new PreprocessorFactory(new FakeImageDecoder(new ImageHeader(1, 1, 1, 1)), new InputLimits());
        var settings = new TokenSettings { Tokenizer = "vocab.json" };

        var preprocessor = factory.Create(settings, Folder("clip", "vocab.json", "merges.txt"));

        var features = preprocessor.Preprocess(new InputContent("a.txt", "The old fisherman"u8.ToArray()), MediaTypes.Text);
        Assert.Equal(TokenizerFixtures.Load("clip").Encode("The old fisherman").Ids.Select(id => (long)id), features.Tensors[TokenPreprocessor.InputIds].AsSpan<long>().ToArray());
        Assert.Contains("merges.txt", Assert.Throws<PipelineException>(() => factory.Create(settings, Folder("clip", "vocab.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("vocab.json", Assert.Throws<PipelineException>(() => factory.Create(settings, Folder("clip"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void View_Tokens_GivesIdAndTextOfEach()
    {
        var settings = new TokenSettings { Tokenizer = "tokenizer.json" };
        var folder = Folder("bert-uncased", "tokenizer.json", "tokenizer_config.json");
        var features = Preprocess(settings, "bert-uncased", "the sea");

        var tokens = FeatureViews.Of(features, settings, folder).Tokens!;

        Assert.Equal(["[CLS]", "the", "sea", "[SEP]"], tokens.Select(token => token.Text));
        Assert.Equal(features.Tensors[TokenPreprocessor.InputIds].AsSpan<long>().ToArray(), tokens.Select(token => token.Id));
    }

    private static Features Preprocess(TokenSettings settings, string tokenizer, string text) =>
        new TokenPreprocessor(settings, TokenizerFixtures.Load(tokenizer), new InputLimits())
            .Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text);

    private static ModelFolder Folder(string tokenizer, params string[] files)
    {
        var path = Path.GetDirectoryName(TokenizerFixtures.PathOf(tokenizer))!;
        var definition = new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = "test",
            Version = "1",
            Encoders = new Dictionary<Modality, EncoderDefinition>(),
            Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
            Tasks = [],
            Files = files.ToDictionary(file => file, file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(path, file))))),
        };
        return new ModelFolder(path, definition, "");
    }
}
