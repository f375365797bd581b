using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Testing.Imaging;

/// <summary>
/// A small AVIF: 13×9 pixels of red 19x, green 28y and blue 7xy mod 256, written lossless and without subsampling by sharp 0.35
/// (<c>sharp(pixels, { raw }).avif({ lossless: true, chromaSubsampling: "4:4:4" })</c>); Pillow 9.4 writes none.
/// </summary>
public static class AvifSample
{
    /// <summary>Width in pixels.</summary>
    public const int Width = 13;

    /// <summary>Height in pixels.</summary>
    public const int Height = 9;

    /// <summary>The file.</summary>
    public static InputContent Content => new("rgb.avif", Convert.FromBase64String(
        "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAA" +
        "AAABDgABAAAAAAAAAPAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAamlwcnAAAABLaXBjbwAAAAxhdjFDgSACAAAAABNj" +
        "b2xybmNseAABAA0AAIAAAAAUaXNwZQAAAAAAAAANAAAACQAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAPhtZGF0EgAKCDgM8hhAQ0AIMuEB" +
        "EAAAoQ2j+PY38Ks8QCGJqBCJ4ggzrKbUUdRlYFIU1aPuuuGqYN+CECykwGTm5Vm/KRCy70EVJUnL0/kEkSJf+iv1S6ggX0Mi81EDmG92dCFDCgUA/YS5FFCknrr3OkaD" +
        "4s3/wzs49G+Jd4D3y7WDH45kSSZROimjJFBzQfOjD/+N8JX/xmDSIaF8/29CmqtyAmVptGD1Wy0ZIV+FM09UQs16Y6gKgJd3vlEczPvCSeBuF2MAlvMl6ODck6Ft9xmV" +
        "ddOH7ZZIw1VeKgvq+tpNKhJmSGoISsGaS3apwl0HBoiA"));

    /// <summary>Its pixels.</summary>
    public static byte[] Pixels =>
        [.. from y in Enumerable.Range(0, Height) from x in Enumerable.Range(0, Width) from level in new[] { x * 19, y * 28, x * y * 7 % 256 } select (byte)level];
}
