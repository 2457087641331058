using System.Net;
using System.Security.Cryptography;
using Gatehouse.Scenarios.Harness;

namespace Gatehouse.Scenarios;

/// <summary>A file that no route carries goes as a link, by the real program.</summary>
public sealed class LargeFileTests
{
    private const int Bytes = 50_000_000;

    /// <summary>What the process may still grow by in its first uploads: by themselves 50 MB add 1 to 3 MB (docs/storage.md).</summary>
    private const int StillWarmingUp = 24_000_000;

    [Fact]
    public async Task A_50_MB_PDF_arrives_as_a_link_and_the_whole_of_it_is_never_in_memory()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            simulator: null, ("Delivery:Route", "open-messaging"), ("OpenMessaging:IntegrationId", "i-1"), ("Limits:MaxFileBytes", "67108864"), ("LargeFiles:MaxFileBytes", "67108864"));
        await gateway.EmbeddedSimulator!.FaultsAsync(new { fetch = "all" });
        for (var i = 0; i < 30; i++) (await UploadForm.Sample("gatehouse.png", "small" + i).SendAsync(gateway.Http)).Expect(HttpStatusCode.OK);
        var before = await gateway.Process.PeakMemoryBytesAsync();

        var pdf = LargePdf.Of(Bytes);
        var id = (await new UploadForm(pdf, "drawings.pdf", "ada").SendAsync(gateway.Http)).Expect(HttpStatusCode.OK).Id;
        var received = Assert.Single(await gateway.EmbeddedSimulator.ReceivedAsync("ada"));
        Assert.Equal((id, pdf.LongLength, Convert.ToHexStringLower(SHA256.HashData(pdf))), (received.MessageId, received.Size, received.Sha256));
        Assert.InRange(await gateway.Process.PeakMemoryBytesAsync() - before, 0, StillWarmingUp);
    }
}
