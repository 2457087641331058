using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Gatehouse.Storage.S3;

namespace Gatehouse.Testing.ObjectStores;

/// <summary>A real S3 API of the tests' own: OpenStack Swift's, in one process and a temporary folder.</summary>
internal sealed class S3Server : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Bucket = "files";

    private static readonly Lazy<S3Server> OfThisRun = new(() =>
    {
        var server = new S3Server();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("gatehouse-s3-").FullName;
    private readonly string _secret = RandomNumberGenerator.GetHexString(24);
    private readonly int _port = FreePort.Next();
    private ServerProgram? _server;

    private S3Server()
    {
        Start();
        using var client = Client();
        client.PutBucketAsync(Bucket).GetAwaiter().GetResult();
    }

    /// <summary>Null: tests that need it can run.</summary>
    public static string? Missing { get; } =
        File.Exists(Python) && File.Exists("/usr/lib/python3/dist-packages/swift/common/middleware/s3api/__init__.py") ? null : "Swift with s3api is not installed";

    /// <summary>One for all tests of this process.</summary>
    public static S3Server Shared => OfThisRun.Value;

    /// <summary>A server of one test's own, which it may stop.</summary>
    public static S3Server StartOwn() => new();

    /// <summary>Returns when it answers. What was put before a stop is there.</summary>
    public void Start()
    {
        _server = new ServerProgram(Python, Path.Combine(Repository.Root, "tests", "ObjectStores", "swift_s3.py"), Path.Combine(_folder, "swift"), $"{_port}", Options().AccessKeyId, _secret);
        _server.UntilListening(_port);
    }

    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <summary>In the one bucket there is, under a prefix of its own.</summary>
    public S3Options Options() => new()
    {
        Endpoint = new Uri($"http://127.0.0.1:{_port}"),
        Region = "us-east-1",
        Bucket = Bucket,
        Prefix = $"{RandomNumberGenerator.GetHexString(16, lowercase: true)}/",
        PathStyle = true,
        AccessKeyId = "test:gatehouse",
        SecretAccessKey = _secret,
    };

    /// <summary>Who looks into the bucket beside the store.</summary>
    public AmazonS3Client Client() => new(
        new BasicAWSCredentials(Options().AccessKeyId, _secret),
        new AmazonS3Config
        {
            ServiceURL = Options().Endpoint!.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Against a real S3 API.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsS3Attribute : NeedsAttribute
{
    public override string? Missing => S3Server.Missing;
}

/// <summary>A test that needs a real S3 API; skipped, and counted as skipped, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class S3FactAttribute : FactAttribute
{
    public S3FactAttribute() => Skip = S3Server.Missing;
}
