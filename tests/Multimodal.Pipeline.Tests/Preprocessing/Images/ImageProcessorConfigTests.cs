using System.Text;
using CsCheck;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Pipeline.Tests.Preprocessing.Images;

public sealed class ImageProcessorConfigTests
{
    [Theory]
    [InlineData("CLIPImageProcessor", 224, null, ResamplingFilter.Bicubic, 224, 0.48145466f)]
    [InlineData("CLIPFeatureExtractor", 224, null, ResamplingFilter.Bicubic, 224, 0.48145466f)]
    [InlineData("ChineseCLIPImageProcessor", 224, null, ResamplingFilter.Bicubic, 224, 0.48145466f)]
    [InlineData("BitImageProcessor", 224, null, ResamplingFilter.Bicubic, 224, 0.48145466f)]
    [InlineData("SiglipImageProcessor", null, 224, ResamplingFilter.Bicubic, null, 0.5f)]
    [InlineData("ViTImageProcessorFast", null, 224, ResamplingFilter.Bilinear, null, 0.5f)]
    [InlineData("ViTFeatureExtractor", null, 224, ResamplingFilter.Bilinear, null, 0.5f)]
    [InlineData("DeiTImageProcessor", null, 256, ResamplingFilter.Bicubic, 224, 0.5f)]
    [InlineData("BlipImageProcessor", null, 384, ResamplingFilter.Bicubic, null, 0.48145466f)]
    [InlineData("ConvNextImageProcessor", null, 384, ResamplingFilter.Bicubic, null, 0.5f)]
    public void Parse_KindAlone_HasItsDefaults(string type, int? shorter, int? side, ResamplingFilter filter, int? crop, float mean)
    {
        var config = Parse($$"""{"image_processor_type":"{{type}}"}""");

        Assert.Equal((shorter, side, side), (config.Resize!.ShorterEdge, config.Resize.Width, config.Resize.Height));
        Assert.Equal(filter, config.Filter);
        Assert.Equal(crop, config.Crop?.Width);
        Assert.Equal(crop, config.Crop?.Height);
        Assert.Equal(1 / 255.0, config.RescaleFactor);
        Assert.Equal(mean, config.Mean![0]);
    }

    [Fact]
    public void Parse_Published_IsReadAsItIs()
    {
        var config = Parse(
            """
            {
              "_valid_processor_keys": ["images", "do_resize"], "crop_size": {"height": 224, "width": 200}, "do_center_crop": true,
              "do_convert_rgb": true, "do_normalize": true, "do_rescale": true, "do_resize": true, "do_pad": false, "pad_size": null,
              "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "BitImageProcessor", "image_std": [0.229, 0.224, 0.225],
              "processor_class": "X", "resample": 1, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 256}
            }
            """);

        Assert.Equal("BitImageProcessor", config.Type);
        Assert.Equal(256, config.Resize!.ShorterEdge);
        Assert.Equal((200, 224), config.Crop);
        Assert.Equal(ResamplingFilter.Lanczos, config.Filter);
        Assert.Equal([0.485f, 0.456f, 0.406f], config.Mean!);
        Assert.Equal([0.229f, 0.224f, 0.225f], config.Deviation!);
    }

    [Fact]
    public void Parse_WithinAProcessorConfig_FindsIt()
    {
        var config = Parse("""{"image_processor":{"image_processor_type":"SiglipImageProcessor","size":{"height":384,"width":378}},"processor_class":"P"}""");

        Assert.Equal((378, 384), (config.Resize!.Width, config.Resize.Height));
    }

    [Fact]
    public void Parse_NoKindButEverythingSaid_IsRead()
    {
        var config = Parse("""{"size":{"shortest_edge":9},"resample":2,"image_mean":0.5,"image_std":0.25}""");

        Assert.Equal(9, config.Resize!.ShorterEdge);
        Assert.Null(config.Crop);
        Assert.Equal([0.25f, 0.25f, 0.25f], config.Deviation!);
    }

    // From 384 on nothing is cut off; below, the shorter edge is cut to whole pixels.
    [Theory]
    [InlineData(384, 0.875, null, 384, null)]
    [InlineData(383, 0.875, 437, null, 383)]
    [InlineData(224, 0.875, 256, null, 224)]
    [InlineData(224, 0.95, 235, null, 224)]
    public void Parse_ConvNext_FollowsItsRule(int size, double share, int? shorter, int? side, int? crop)
    {
        var config = Parse(FormattableString.Invariant(
            $$"""{"image_processor_type":"ConvNextImageProcessor","size":{"shortest_edge":{{size}}},"crop_pct":{{share}}}"""));

        Assert.Equal((shorter, side, crop), (config.Resize!.ShorterEdge, config.Resize.Width, config.Crop?.Width));
    }

    [Theory]
    [InlineData("""{"image_processor_type":"PixtralImageProcessor"}""", "PixtralImageProcessor")]
    [InlineData("""{"image_processor_type":"CLIPTokenizer"}""", "CLIPTokenizer")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","do_pad":true}""", "do_pad")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","rescale_offset":true}""", "rescale_offset")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","patch_size":14}""", "patch_size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","crop_pct":0.9}""", "crop_pct")]
    [InlineData("""{"image_processor_type":"ViTImageProcessor","do_center_crop":true}""", "do_center_crop")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","do_resize":1}""", "do_resize")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":{"max_height":9,"max_width":9}}""", "size.max_height")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":{"height":9}}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":{"shortest_edge":9,"height":9,"width":9}}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":0}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":99999}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":7.5}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","size":"9"}""", "size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","crop_size":{"height":9}}""", "crop_size")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","crop_size":{"shortest_edge":9}}""", "crop_size.shortest_edge")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","resample":6}""", "resample")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","resample":"bicubic"}""", "resample")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","image_mean":[0.5]}""", "image_mean")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","image_mean":[0.5,"x",0.5]}""", "image_mean")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","image_std":[1,0,1]}""", "image_std")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","rescale_factor":0}""", "rescale_factor")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","rescale_factor":"1/255"}""", "rescale_factor")]
    [InlineData("""{"image_processor_type":"CLIPImageProcessor","data_format":"channels_last"}""", "data_format")]
    [InlineData("""{"image_processor_type":"ConvNextImageProcessor","size":{"height":9,"width":9}}""", "shortest_edge")]
    [InlineData("""{"image_processor_type":"ConvNextImageProcessor","size":9,"crop_pct":0}""", "crop_pct")]
    [InlineData("""{"image_processor_type":5}""", "image_processor_type")]
    [InlineData("""{"resample":2,"image_mean":0.5,"image_std":0.25}""", "size")]
    [InlineData("""{"size":9,"resample":2,"image_mean":0.5,"image_std":0.25}""", "size")]
    [InlineData("""{"size":{"shortest_edge":9},"image_mean":0.5,"image_std":0.25}""", "resample")]
    [InlineData("[1]", "object")]
    [InlineData("{", "JSON")]
    public void Parse_NotUnderstood_NamesTheMember(string json, string named)
    {
        var e = Assert.Throws<PipelineException>(() => Parse(json));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Contains("preprocessor_config.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyBytes_AreReadOrRefusedInOneWay() =>
        Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample((at, value, cut) =>
        {
            var bytes = Encoding.UTF8.GetBytes("""{"image_processor_type":"CLIPImageProcessor","size":{"shortest_edge":224},"crop_size":{"height":224,"width":224},"image_mean":[0.5,0.5,0.5]}""");
            bytes[at % bytes.Length] = value;
            try
            {
                _ = ImageProcessorConfig.Parse(bytes.AsMemory(0, Math.Min(bytes.Length, cut * 2)), "x").GeometryOf(30, 40);
            }
            catch (PipelineException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });

    [Fact]
    public void Load_FileAbsent_NamesIt() =>
        Assert.Contains("nowhere.json", Assert.Throws<PipelineException>(() => ImageProcessorConfig.Load("nowhere.json")).Message, StringComparison.Ordinal);

    // What get_resize_output_image_size and center_crop of transformers 4.57 give.
    [Theory]
    [InlineData(2725, 2225, 274, 224, 25, 0)]
    [InlineData(450, 600, 224, 298, 0, 37)]
    [InlineData(1024, 772, 297, 224, 36, 0)]
    [InlineData(258, 222, 260, 224, 18, 0)]
    [InlineData(21, 21, 224, 224, 0, 0)]
    [InlineData(1, 1000, 224, 224_000, 0, 111_888)]
    public void GeometryOf_ShorterEdgeAndCrop_CutsToWholePixels(int width, int height, int toWidth, int toHeight, int left, int top)
    {
        var geometry = Parse("""{"image_processor_type":"CLIPImageProcessor"}""").GeometryOf(width, height);

        Assert.Equal((toWidth, toHeight), (geometry.ResizedWidth, geometry.ResizedHeight));
        Assert.Equal(new ImageSpan(left, 224, 0, 224), geometry.Columns);
        Assert.Equal(new ImageSpan(top, 224, 0, 224), geometry.Rows);
    }

    [Fact]
    public void Centre_AnySides_KeepsTheMiddle() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500]).Sample((side, wanted) =>
        {
            var span = ImageSpan.Centre(side, wanted);

            Assert.Equal(wanted, span.Total);
            Assert.Equal(Math.Min(side, wanted), span.Count);
            Assert.InRange(side - span.Count - (2 * span.Kept), 0, 1);
            Assert.InRange((2 * span.Padding) - (wanted - span.Count), 0, 1);
        });

    private static ImageProcessorConfig Parse(string json) => ImageProcessorConfig.Parse(Encoding.UTF8.GetBytes(json), "preprocessor_config.json");
}
