using System.Text;
using Multimodal.Local.Evaluation.Randomness;

namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>Degrades texts: a share of the letters and digits, exactly counted, is replaced by random letters from a to z.</summary>
internal sealed class TextDegrader(DegradationLevel level, long seed)
{
    /// <summary>Degrades.</summary>
    /// <param name="text">The text; what is neither letter nor digit stays.</param>
    /// <param name="item">The text's number among those tested: it chooses places and letters.</param>
    public string Degrade(string text, int item)
    {
        var runes = text.EnumerateRunes().ToArray();
        int[] places = [.. Enumerable.Range(0, runes.Length).Where(i => Rune.IsLetterOrDigit(runes[i]))];
        var random = RandomStream.For(seed, RandomPurpose.Characters, item);
        foreach (var chosen in random.Choose((int)Math.Round(level.Characters * places.Length), places.Length))
        {
            runes[places[chosen]] = new Rune('a' + random.Next(26));
        }

        return string.Concat(runes);
    }
}
