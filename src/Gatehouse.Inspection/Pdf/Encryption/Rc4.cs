namespace Gatehouse.Inspection.Pdf.Encryption;

/// <summary>RC4, which PDF used to 1.5 and the framework does not have.</summary>
internal static class Rc4
{
    public static byte[] Apply(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (var i = 0; i < 256; i++)
            state[i] = (byte)i;
        byte j = 0;
        for (var i = 0; i < 256; i++)
        {
            j += (byte)(state[i] + key[i % key.Length]);
            (state[i], state[j]) = (state[j], state[i]);
        }

        var output = new byte[data.Length];
        byte a = 0, b = 0;
        for (var i = 0; i < data.Length; i++)
        {
            b += state[++a];
            (state[a], state[b]) = (state[b], state[a]);
            output[i] = (byte)(data[i] ^ state[(byte)(state[a] + state[b])]);
        }

        return output;
    }
}
