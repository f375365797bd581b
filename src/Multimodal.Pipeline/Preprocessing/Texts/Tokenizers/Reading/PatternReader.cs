using System.Text;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>pattern</c>: <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    public static ITextPattern Read(ConfigNode pattern)
    {
        if (pattern.FindText("String") is { } literal)
        {
            return new LiteralPattern(literal);
        }

        var expression = pattern.Text("Regex");
        return expression == @"\s+" ? new RunePattern(Rune.IsWhiteSpace, inRuns: true) : new RegexPattern(expression, pattern.Place);
    }
}
