using System.Text;

namespace Gatehouse.Inspection.Tests.Text;

/// <summary>Letters in every charset that is known.</summary>
internal static class TextSamples
{
    public static byte[] Random(Random random)
    {
        var samples = LegacyCharsetTests.Samples.Select(row => ((string)row[0], (int)row[1])).ToArray();
        var (letter, codePage) = samples[random.Next(samples.Length)];
        var text = string.Concat(Enumerable.Range(1, random.Next(1, 6)).Select(line => $"{line}. {letter}{(random.Next(2) == 0 ? "\r\n" : "\n")}"));
        return random.Next(4) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            1 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            2 => Encoding.UTF8.GetBytes(text),
            _ => LegacyCharsetTests.Encode(text, codePage),
        };
    }
}
