using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;
using Multimodal.Privacy.Settings;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Storage;

namespace Multimodal.Privacy.Tests.Stored;

/// <summary>What is kept of a text for people, and what its encoder gets.</summary>
public sealed class StoredTextTests : IDisposable
{
    // The vocabulary has the letters a, b and c.
    private const string Text = "abba bob@acb.ca cab";
    private const string Masked = "abba [email] cab";

    private static readonly string Digest = new('d', 64);
    private static readonly JobId Job = JobId.Parse("a-job");
    private static readonly InputIdentity Input = new("a.txt", "1");

    private readonly TextPipeline _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Preprocess_Masking_ShowsTheMaskedTextAndEncodesTheText()
    {
        var features = Preprocess(Text, new MaskingOptions());

        Assert.Equal(Preprocess(Text, null).Tensors["input_ids"].AsSpan<long>(), features.Tensors["input_ids"].AsSpan<long>());
        Assert.Equal(Preprocess(Masked, null).Tensors["input_ids"].AsSpan<long>(), features.Shown!.AsSpan<long>());
        Assert.Equal(Masked, features.Facts.Excerpt);
    }

    [Fact]
    public void Preprocess_MaskingBeforeEncoding_EncodesTheMaskedText()
    {
        var features = Preprocess(Text, new MaskingOptions { BeforeEncoding = true });

        Assert.Equal(Preprocess(Masked, null).Tensors["input_ids"].AsSpan<long>(), features.Tensors["input_ids"].AsSpan<long>());
        Assert.Null(features.Shown);
        Assert.Equal(Masked, features.Facts.Excerpt);
    }

    [Fact]
    public void Preprocess_NothingToMask_KeepsNothingBesides() => Assert.Null(Preprocess("abba cab", new MaskingOptions()).Shown);

    [Fact]
    public void Preprocess_AddressThatTheExcerptCutsOff_ShowsNoPartOfIt()
    {
        var features = Preprocess(new string('a', 70) + " bob.acb.cab.bac@acb.ca", new MaskingOptions());

        Assert.Equal(new string('a', 70) + " [email]", features.Facts.Excerpt);
    }

    [Fact]
    public void ApplyToStart_LongText_EndsBehindWhatBeginsWithinIt()
    {
        var mask = Masks.Create(new MaskingOptions());
        var text = "abba bob@acb.ca" + string.Concat(Enumerable.Repeat(" cab", 3000));

        Assert.Equal("abba", mask.ApplyToStart(text, 4));
        Assert.Equal("abba [email]", mask.ApplyToStart(text, 7));
        Assert.Equal("abba [email] c", mask.ApplyToStart(text, 17));
        Assert.Equal(mask.Apply(text), mask.ApplyToStart(text, text.Length));
    }

    [Fact]
    public async Task WriteAsync_FeaturesWithShownIds_GivesBothBack()
    {
        var store = new FeatureStore(new InMemoryBlobStore(TimeProvider.System));
        var features = Preprocess(Text, new MaskingOptions());

        await store.WriteAsync(Job, Input, Digest, features, Token);
        var stored = (await store.FindAsync(Job, Input, Digest, Token))!;

        Assert.Equal(features.Tensors.Keys, stored.Tensors.Keys);
        Assert.Equal(features.Tensors["input_ids"].AsSpan<long>(), stored.Tensors["input_ids"].AsSpan<long>());
        Assert.Equal(features.Shown!.AsSpan<long>(), stored.Shown!.AsSpan<long>());
    }

    [Fact]
    public void Of_FeaturesOfAMaskedText_ShowsItsTokens()
    {
        var folder = new ModelRepository(_pipeline.Root).Load(TextPipeline.Name);

        var view = FeatureViews.Of(Preprocess(Text, new MaskingOptions()), folder.Definition.Encoders[Modality.Text].Preprocessing, folder);

        Assert.Equal("abba ", string.Concat(view.Tokens!.Take(5).Select(token => token.Text)));
        Assert.Equal(Masked.Length, view.Tokens!.Count);
    }

    private Features Preprocess(string text, MaskingOptions? options)
    {
        var folder = new ModelRepository(_pipeline.Root).Load(TextPipeline.Name);
        ITextMask mask = options is null ? NoMask.Instance : Masks.Create(options);
        return new PreprocessorFactory(new NoImages(), new InputLimits(), mask: mask)
            .Create(folder.Definition.Encoders[Modality.Text].Preprocessing, folder)
            .Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text);
    }
}
