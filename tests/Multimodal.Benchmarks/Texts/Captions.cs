using System.Text.Json;

namespace Multimodal.Benchmarks.Texts;

/// <summary>A thousand captions such as people give to pictures, the same at each run: sentences over word lists, and the texts of the golden file.</summary>
internal static class Captions
{
    public const int Count = 1000;

    private static readonly string[] Openings =
        ["a photo of a", "A close-up of the", "an aerial view of a", "Black-and-white picture of the", "two people beside a", "My favourite shot of this", "a blurry screenshot of a", "Painting in oil of one"];

    private static readonly string[] Adjectives =
        ["small", "old", "red", "wooden", "rusty", "bright", "fluffy", "striped", "empty", "crowded", "misty", "golden", "broken", "tiny", "enormous", "shiny", "quiet", "colourful", "ancient", "overexposed", "handmade", "vintage", "weather-beaten", "half-finished"];

    private static readonly string[] Things =
        ["cat", "dog", "bicycle", "suspension bridge", "church", "motorcycle", "fisherman", "toddler", "skateboarder", "giraffe", "lighthouse", "sandwich", "umbrella", "typewriter", "locomotive", "saxophone", "windmill", "waterfall", "refrigerator", "butterfly", "marketplace", "violinist", "helicopter", "pineapple", "spiral staircase", "café", "piñata"];

    private static readonly string[] Doings =
        ["sitting", "standing", "jumping", "waiting", "leaning", "sleeping", "parked", "floating", "drifting", "being repaired", "that doesn't move", "running", "covered with snow"];

    private static readonly string[] Places =
        ["on the beach", "in a kitchen", "at the harbour", "under a railway bridge", "near the subway", "in the botanical garden", "on a rooftop", "at the stadium", "in an abandoned warehouse", "by the river Aare", "somewhere in Montevideo", "outside of Thessaloniki"];

    private static readonly string[] Endings =
        ["", ".", "!", " #travel #35mm", " (1987)", ", f/2.8, 1/250 s", " — for sale, $120", " 😀", " it's lovely...", " @ 7:45 pm"];

    public static string[] Make(string dataFolder)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(dataFolder, "golden", "clip-tokens.json")));
        var captions = golden.RootElement.EnumerateArray().Select(entry => entry.GetProperty("text").GetString()!).Where(text => text.Length > 0).ToList();
        var random = new Random(11);
        string Pick(string[] words) => words[random.Next(words.Length)];
        while (captions.Count < Count)
        {
            captions.Add(
                $"{Pick(Openings)} {Pick(Adjectives)} {Pick(Things)} {Pick(Doings)} next to a {Pick(Adjectives)}, {Pick(Adjectives)} {Pick(Things)} " +
                $"{Pick(Places)}{Pick(Endings)} IMG_{random.Next(10_000):0000}");
        }

        return [.. captions];
    }
}
