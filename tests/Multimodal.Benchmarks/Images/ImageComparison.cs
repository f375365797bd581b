using System.Globalization;
using Multimodal.Benchmarks.Compare;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Benchmarks.Images;

/// <summary>Five pictures to a normalised tensor of 224×224: ours beside sharp and Pillow, and beside the decoding alone.</summary>
internal static class ImageComparison
{
    private const int Ours = 0;
    private const int Bare = 2;
    private const int FirstPeer = 3;
    private const int Warmups = 5;

    public static void Run(CompareSettings settings)
    {
        using var ours = Preprocess("ours", fastJpeg: true);
        using var exact = Preprocess("ours, fastJpeg off", fastJpeg: false);
        using var bare = new LocalContender("libvips, decoding alone", ClipImages.DecodeBare);
        using var sharp = PeerContender.Start("sharp", "images.mjs", settings.Modules);
        using var draft = PeerContender.Start("Pillow, draft", "images.py", modules: null, "draft");
        using var pillow = PeerContender.Start("Pillow", "images.py", modules: null);
        var works = ClipImages.Names.Select(name => Path.Combine(settings.Data, "images", name)).ToList();
        var medians = new Comparison([ours, exact, bare, sharp, draft, pillow], Warmups, settings.Runs).Run(works);
        PrintRatios(works.ConvertAll(work => medians[work]), works);
    }

    private static LocalContender Preprocess(string name, bool fastJpeg)
    {
        var preprocessor = ClipImages.Create(fastJpeg);
        return new LocalContender(name, work =>
        {
            var content = new InputContent(Path.GetFileName(work), ClipImages.Read(work));
            _ = preprocessor.Preprocess(content, ContentDetector.Detect(content).MediaType);
        });
    }

    private static void PrintRatios(List<double[]> medians, List<string> works)
    {
        var table = new Table().AddColumn("work").AddColumn("ours ÷ decoding alone").AddColumn("faster peer ÷ ours");
        var product = 1.0;
        for (var i = 0; i < works.Count; i++)
        {
            var gain = medians[i][FirstPeer..].Min() / medians[i][Ours];
            product *= gain;
            table.AddRow(Markup.Escape(Path.GetFileName(works[i])), Show(medians[i][Ours] / medians[i][Bare]), Show(gain));
        }

        AnsiConsole.Write(table.AddRow("geometric mean", "", Show(Math.Pow(product, 1.0 / works.Count))));
    }

    private static string Show(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
