using Multimodal.Pipeline.Tasks.ZeroShot;

namespace Multimodal.Pipeline.Tests.Tasks.ZeroShot;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void Set_BeyondTheBound_ForgetsWhatWasAskedForLongestAgo()
    {
        var kept = new RecentlyUsed<string, int>(2);
        kept.Set("a", 1);
        kept.Set("b", 2);
        Assert.True(kept.TryGet("a", out _));

        kept.Set("c", 3);

        Assert.False(kept.TryGet("b", out _));
        Assert.True(kept.TryGet("a", out var a));
        Assert.Equal((1, 2), (a, kept.Count));
    }

    [Fact]
    public void Set_AgainForAKey_ReplacesItsValue()
    {
        var kept = new RecentlyUsed<string, int>(2);
        kept.Set("a", 1);
        kept.Set("a", 2);

        Assert.True(kept.TryGet("a", out var value));
        Assert.Equal((2, 1), (value, kept.Count));
    }
}
