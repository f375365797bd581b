using Azure;
using Azure.Storage.Blobs.Models;

namespace Multimodal.Storage.Azure.Blobs;

/// <summary>
/// Tells the refusals that the ports give back as values from those that are errors. Told by their codes, for one status
/// stands for several: a container that is missing is no blob that is missing, and a lease held by another no newer version.
/// </summary>
internal static class BlobFaults
{
    /// <summary>There is no such blob. The answer to HEAD has no body, so it is told by what it is not.</summary>
    public static bool IsBlobMissing(this RequestFailedException fault) =>
        fault.Status == 404 && fault.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <summary>Another version is there than the one asked for.</summary>
    public static bool IsOtherVersion(this RequestFailedException fault) => fault.ErrorCode == BlobErrorCode.ConditionNotMet;

    /// <summary>A conditional write was refused because its condition did not hold.</summary>
    public static bool IsConditionFailed(this RequestFailedException fault) =>
        fault.IsOtherVersion() || fault.ErrorCode == BlobErrorCode.BlobAlreadyExists || fault.IsBlobMissing();

    /// <summary>A lease is not ours, or no more.</summary>
    public static bool IsLeaseLost(this RequestFailedException fault) =>
        fault.IsBlobMissing()
        || fault.ErrorCode == BlobErrorCode.LeaseIdMismatchWithLeaseOperation
        || fault.ErrorCode == BlobErrorCode.LeaseIdMismatchWithBlobOperation
        || fault.ErrorCode == BlobErrorCode.LeaseNotPresentWithLeaseOperation
        || fault.ErrorCode == BlobErrorCode.LeaseNotPresentWithBlobOperation
        || fault.ErrorCode == BlobErrorCode.LeaseIsBrokenAndCannotBeRenewed
        || fault.ErrorCode == BlobErrorCode.LeaseLost;
}
