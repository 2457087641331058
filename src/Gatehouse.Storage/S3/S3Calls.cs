using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Gatehouse.Actors;

namespace Gatehouse.Storage.S3;

/// <summary>Calls whose failures are the store's: time-outs, broken connections, refusals and faults become one exception, which the edge answers with 503 and a delivery waits out.</summary>
internal static class S3Calls
{
    /// <exception cref="StoreUnavailableException">It could not be done; another try may.</exception>
    public static async ValueTask<T> DoAsync<T>(this IAmazonS3 client, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(client, cancellationToken);
        }
        catch (Exception e) when (IsFault(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Fault(e);
        }
    }

    /// <summary>As <see cref="DoAsync"/>; null when there is no such object.</summary>
    public static async ValueTask<T?> FindAsync<T>(this IAmazonS3 client, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await client.DoAsync(call, cancellationToken);
        }
        catch (StoreUnavailableException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } said && !IsBucketMissing(said))
        {
            return null;
        }
    }

    public static string Said(Exception e) => e is AmazonServiceException said && (int)said.StatusCode > 0 ? $"{(int)said.StatusCode} {said.ErrorCode}: {said.Message}" : e.Message;

    private static bool IsBucketMissing(AmazonS3Exception e) => string.Equals(e.ErrorCode, "NoSuchBucket", StringComparison.Ordinal);

    private static bool IsFault(Exception e) => e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    private static StoreUnavailableException Fault(Exception e) => new($"The object store could not do it: {Said(e)}", e) { Answered = e is AmazonServiceException said && (int)said.StatusCode > 0 ? $"{(int)said.StatusCode} {said.ErrorCode}".TrimEnd() : null };
}
