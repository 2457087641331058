using System.Text;
using Gatehouse.Gateway.Multipart;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Tests.Multipart;

public sealed class RecordedClientsTests
{
    private static readonly string[] Clients = ["chromium", "curl", "dotnet-httpclient", "java-httpclient", "node-fetch", "okhttp", "python-requests"];

    private static readonly (string Key, string Name)[] Names =
        [("ascii", "photo.png"), ("umlaut", "Müller.png"), ("cjk", "写真.png"), ("emoji", "party🎉.png"), ("quote", "say \"hi\".png"), ("space", "my photo.png")];

    public static TheoryData<string, string, string> Recordings()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var client in Clients)
            foreach (var (key, name) in Names) data.Add(client, key, name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task An_honest_clients_form_passes_and_the_file_keeps_its_name(string client, string key, string name)
    {
        var (contentType, body) = Load(client, key);
        var (problem, sink) = await Form.ReadAsync(body, contentType);
        Assert.Null(problem?.Detail);
        Assert.Null(problem);
        Assert.Equal(new FilePart("file", name, "image/png"), sink.File);
        Assert.Equal("ada", sink.Fields["contact_id"]);
        Assert.True(sink.FileEnded);
        // The same picture in every recording: signature to IEND.
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(sink.Bytes[..8]));
        Assert.Equal("AE426082", Convert.ToHexString(sink.Bytes[^4..]));
    }

    [Fact]
    public async Task A_browser_in_which_no_file_was_chosen_is_told_so()
    {
        var (contentType, body) = Load("chromium", "nothing-chosen");
        var (problem, _) = await Form.ReadAsync(body, contentType);
        Assert.Same(ProblemCodes.FilenameMissing, problem?.Code);
        Assert.Equal("No selected file", problem?.Error);
    }

    internal static (string ContentType, byte[] Body) Load(string client, string key)
    {
        var all = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Recorded", client, key + ".body"));
        var end = all.AsSpan().IndexOf("\r\n\r\n"u8);
        return (Encoding.ASCII.GetString(all, 0, end)["Content-Type: ".Length..], all[(end + 4)..]);
    }
}
