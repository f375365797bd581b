namespace Multimodal.Local.Evaluation.Data;

/// <summary>What people can do about data that is not there.</summary>
internal static class DataRemedies
{
    public const string Mnist =
        "Put MNIST's test set there: t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz (LeCun, Cortes, Burges), " +
        "in the folder 'mnist' of the one that --data names.";

    public const string Fsdd =
        "Put the recordings of the Free Spoken Digit Dataset there ({digit}_{speaker}_{index}.wav, " +
        "https://github.com/Jakobovski/free-spoken-digit-dataset), in the folder 'fsdd' of the one that --data names.";
}
