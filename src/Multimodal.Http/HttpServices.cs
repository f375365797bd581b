using Multimodal.Http.Health;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;

namespace Multimodal.Http;

/// <summary>What the routes are made of themselves.</summary>
internal sealed record HttpServices(
    SubmissionReader Reader, JobWait Wait, Readiness Readiness, ProblemResults Problems, HttpLimits Limits, IJobAdmission Admission, TimeProvider Time);
