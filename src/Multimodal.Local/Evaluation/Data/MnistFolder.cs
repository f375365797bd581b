using System.Globalization;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>MNIST's 10,000 test pictures, split here: the first 8,000 train, the last 2,000 test.</summary>
/// <param name="FittingPictures">The training pictures' pixels, 28×28.</param>
/// <param name="TestPictures">The pictures that are tested, named <c>t10k-8000</c> and so on.</param>
/// <param name="ImagesDigest">SHA-256 of the file of pictures.</param>
/// <param name="LabelsDigest">SHA-256 of the file of labels.</param>
internal sealed record MnistFolder(
    IReadOnlyList<byte[]> FittingPictures, IReadOnlyList<LabelledPicture> TestPictures, string ImagesDigest, string LabelsDigest)
{
    /// <summary>Pixels a side.</summary>
    public const int Side = 28;

    /// <summary>The index of the first picture that is tested.</summary>
    public const int FirstTest = 8000;

    private const int Count = 10_000;

    /// <exception cref="UsageException">A file is missing or malformed.</exception>
    public static MnistFolder Read(string folder)
    {
        var images = IdxFile.Read(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), DataRemedies.Mnist);
        var labels = IdxFile.Read(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"), DataRemedies.Mnist);
        if (images.Extents is not [Count, Side, Side] || labels.Extents is not [Count])
        {
            throw new UsageException($"The files in '{folder}' do not hold {Count} pictures of {Side}×{Side} and their labels. {DataRemedies.Mnist}");
        }

        var pictures = images.Values.Chunk(Side * Side).ToArray();
        return new MnistFolder(
            pictures[..FirstTest],
            [
                .. Enumerable.Range(FirstTest, Count - FirstTest).Select(i => new LabelledPicture(
                    string.Create(CultureInfo.InvariantCulture, $"t10k-{i}"),
                    new PixelBuffer(Side, Side, 1, pictures[i]),
                    labels.Values[i].ToString(CultureInfo.InvariantCulture)))
            ],
            images.Digest,
            labels.Digest);
    }
}
