using System.Net;

namespace Gatehouse.Simulator.Tests.Desk;

public sealed class PageTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/simulator", "text/html")]
    [InlineData("/simulator/page.css", "text/css")]
    [InlineData("/simulator/page.js", "text/javascript")]
    public async Task The_page_needs_nothing_from_elsewhere_and_runs_nothing_inline(string path, string type)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        using var reply = await simulator.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(type, reply.Content.Headers.ContentType!.MediaType);
        var policy = RunningSimulator.HeaderOf(reply, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.NotEmpty(text);
        Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrived_is_shown_newest_first_with_its_image()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var pdf = await simulator.AttachAsync([1, 2], messageId: "m-1", mime: "application/pdf");
        using var png = await simulator.AttachAsync(Png, messageId: "m-2", mime: "image/png");

        var newest = (await simulator.GetAsync("/simulator/overview")).GetProperty("newest");
        Assert.Equal(["m-2", "m-1"], newest.EnumerateArray().Select(n => n.GetProperty("message_id").GetString()!), StringComparer.Ordinal);
        Assert.Null(newest[1].GetProperty("image").GetString());
        using var image = await simulator.Http.GetAsync(newest[0].GetProperty("image").GetString());
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", RunningSimulator.HeaderOf(image, "X-Content-Type-Options"));
        Assert.Equal(Png, await image.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml")]
    [InlineData("<script>alert(1)</script>", "image/png")]
    public async Task What_a_browser_might_run_is_never_served(string content, string mime)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SignInAsync();
        using var reply = await simulator.AttachAsync(System.Text.Encoding.ASCII.GetBytes(content), mime: mime);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        using var image = await simulator.Http.GetAsync("/simulator/images/1");
        Assert.Equal(HttpStatusCode.NotFound, image.StatusCode);
    }

    [Fact]
    public async Task Only_the_newest_images_are_kept()
    {
        // Room for two pieces of 64 KB: each of these images takes one.
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { KeepImageBytes = 128 * 1024 });
        await simulator.SignInAsync();
        for (var i = 0; i < 3; i++)
        {
            using var reply = await simulator.AttachAsync(Png, mime: "image/png");
        }

        HttpStatusCode[] found = [await StatusAsync(1), await StatusAsync(2), await StatusAsync(3)];
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK], found);

        async Task<HttpStatusCode> StatusAsync(int number)
        {
            using var image = await simulator.Http.GetAsync($"/simulator/images/{number}");
            return image.StatusCode;
        }
    }

    [Fact]
    public async Task An_image_larger_than_the_room_is_received_without_a_picture()
    {
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { KeepImageBytes = 128 * 1024 });
        await simulator.SignInAsync();
        using var reply = await simulator.AttachAsync([.. Png, .. new byte[200_000]], mime: "image/png");
        Assert.Equal(200_011, Assert.Single(await simulator.ReceivedAsync()).GetProperty("size").GetInt32());
        using var image = await simulator.Http.GetAsync("/simulator/images/1");
        Assert.Equal(HttpStatusCode.NotFound, image.StatusCode);

        using var small = await simulator.AttachAsync(Png, mime: "image/png");
        using var shown = await simulator.Http.GetAsync("/simulator/images/2");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }
}
